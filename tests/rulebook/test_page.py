"""Is a card's page taken apart as it reads?"""

from __future__ import annotations

import pytest

from iamlint.rulebook.errors import CardError
from iamlint.rulebook.page import Page, read_page

CARD = """\
---
name: no-stars
---
# no-stars

## What it does

Looks for stars.

## Example

```json bad kind=trust trusted-account=1 trusted-account=2
{
  "Version": "2012-10-17"
}
```

It is reported so:

```text reports
high[no-stars]: a star
```

```yaml good
# not a heading
## What it does
Version: "2012-10-17"
```

## How to fix it

```json
{}
```
"""


def page(text: str = CARD) -> Page:
    return read_page(text, "x.md")


def refused(text: str) -> tuple[str, int]:
    with pytest.raises(CardError) as caught:
        read_page(text, "x.md")
    assert caught.value.help
    return caught.value.message, caught.value.line


def test_the_sections_are_in_order_with_their_texts() -> None:
    assert [section.title for section in page().sections] == ["What it does", "Example", "How to fix it"]
    assert page().sections[0].text == "Looks for stars."


def test_a_heading_in_an_example_is_part_of_the_example() -> None:
    assert page().examples[1].block.text == '# not a heading\n## What it does\nVersion: "2012-10-17"\n'


def test_only_blocks_with_a_verdict_are_examples() -> None:
    assert [(example.format, example.bad) for example in page().examples] == [("json", True), ("yaml", False)]


def test_an_example_has_the_flags_behind_its_fence() -> None:
    bad = page().examples[0]
    assert bad.flag("kind") == "trust"
    assert bad.every("trusted-account") == ("1", "2")
    assert bad.flag("account") is None


def test_a_reports_block_belongs_to_the_bad_example_before_it() -> None:
    bad, good = page().examples
    assert bad.reports is not None
    assert bad.reports.text == "high[no-stars]: a star\n"
    assert good.reports is None


def test_a_block_knows_the_lines_of_its_fences() -> None:
    block = page().examples[0].block
    lines = CARD.split("\n")
    assert lines[block.line - 1].startswith("```json bad")
    assert lines[block.end - 1] == "```"


def test_a_longer_fence_may_hold_fences() -> None:
    text = CARD.replace("```json\n{}\n```", "````md\n```json bad\n````")
    assert len(page(text).examples) == 2


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("---\nname", "name", "the card does not begin with front matter", 1),
        ("\n---\n# no", "\n# no", "the front matter does not end", 1),
        ("# no-stars\n", "# no-star\n", "the title `no-star` is not the rule's name", 4),
        ("# no-stars\n", "\n", "the page has no title", 0),
        ("## Example", "## Examples", "`Examples` is not a section of a card", 10),
        ("## How to fix it", "## What it does", "`What it does` stands behind `Example`", 30),
        ("## How to fix it", "# another", "the page has a second title", 30),
        ("kind=trust", "sort=trust", "`sort=trust` is not an attribute of an example", 12),
        ("kind=trust", "kind=", "`kind=` is not an attribute of an example", 12),
        ("json bad", "hcl bad", "`hcl` examples cannot be run", 12),
        ("```json bad", "```json", "the `reports` block follows no bad example", 20),
        ("{}\n```", "{}", "the fenced block does not end", 32),
    ],
)
def test_what_is_not_a_card_is_refused_at_its_line(old: str, new: str, message: str, line: int) -> None:
    assert old in CARD
    assert refused(CARD.replace(old, new, 1)) == (message, line)


def test_an_attribute_with_white_space_stands_between_quotation_marks() -> None:
    page = read_page(CARD.replace("kind=trust", 'expects="s3:GetObject on arn:aws:s3:::amber/*"', 1), "x.md")
    assert page.examples[0].flag("expects") == "s3:GetObject on arn:aws:s3:::amber/*"


def test_a_second_reports_block_is_refused() -> None:
    twice = CARD.replace("```yaml good", "```text reports\nmore\n```\n\n```yaml good")
    assert refused(twice)[0] == "the `reports` block follows no bad example"


BASE = '```json base\n{"Version": "2008-10-17"}\n```\n\n'


def test_a_base_block_is_what_the_example_below_it_was() -> None:
    bad, good = page(CARD.replace("```json bad", BASE + "```json bad")).examples
    assert bad.base is not None
    assert bad.base.text == '{"Version": "2008-10-17"}\n'
    assert good.base is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CARD + "\n" + BASE, "no example follows the `base` block"),
        (CARD.replace("```yaml good", BASE + BASE + "```yaml good"), "no example follows the `base` block"),
        (CARD.replace("```text reports", BASE + "```text reports"), "no example follows the `base` block"),
        (
            CARD.replace("```yaml good", BASE.replace("base", "base kind=trust") + "```yaml good"),
            "`json base kind=trust` is not how a base is written",
        ),
        (CARD.replace("```yaml good", BASE.replace("json", "text") + "```yaml good"), "`text base` is not how a base is written"),
    ],
)
def test_a_base_block_out_of_place_is_refused(text: str, message: str) -> None:
    assert refused(text)[0] == message
