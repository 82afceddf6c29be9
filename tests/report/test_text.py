"""What the terminal shows of a finding."""

from __future__ import annotations

import pytest

from iamlint.access.evaluation.request import Caller, Request
from iamlint.finding import Finding, Fix, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.report.escape import width
from iamlint.report.look import Look
from iamlint.report.text import render
from iamlint.text.edit import AddMember, Remove
from iamlint.text.tree import Mapping, Place
from tests.report.sample import document, finding, outcome, place

VENDOR = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": [
          "arn:aws:iam::999988887777:root"
        ]
      },
      "Action": "sts:AssumeRole"
    },
    { "Effect": "Allow", "Principal": "*", "Action": "sts:TagSession" }
  ]
}
"""
OUTSIDER = Request("sts:AssumeRole", Caller(CallerKind.ROLE, "Outsider", account="999988887777"), None, {"sts:ExternalId": ()})


def shown(*findings: Finding, look: Look | None = None) -> str:
    return "".join(render(outcome(*findings), look or Look()))


def lines(one: Finding, look: Look | None = None) -> list[str]:
    return shown(one, look=look).splitlines()


def test_a_finding_is_its_message_text_marks_witness_help_and_note() -> None:
    policy = document(VENDOR, "policies/vendor-role.json")
    one = finding(
        policy,
        '"arn:aws:iam::999988887777:root"',
        "account 999988887777 can assume this role without an external id",
        "a third party's account",
        secondary=(('"sts:AssumeRole"', "granted here"),),
        witness=OUTSIDER,
        fix=Fix(Safety.MANUAL, "require the external id the vendor gave you"),
    )
    assert (
        shown(one)
        == """\
high[trust-missing-external-id]: account 999988887777 can assume this role
    without an external id
  --> policies/vendor-role.json:8:11
   |
 8 |           "arn:aws:iam::999988887777:root"
   |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a third party's account
...
11 |       "Action": "sts:AssumeRole"
   |                 ---------------- granted here
   |
   = witness: arn:aws:iam::999988887777:role/Outsider calls sts:AssumeRole with
              no sts:ExternalId
   = help: require the external id the vendor gave you
   = note: confidence high; see `iamlint explain trust-missing-external-id`
"""
    )


def test_two_findings_have_an_empty_line_between_them() -> None:
    policy = document(VENDOR)
    one = finding(policy, '"*"', severity=Severity.CRITICAL)
    parts = shown(one, one).split("\n\n")
    assert len(parts) == 2
    assert all(part.startswith("critical[trust-missing-external-id]: ") for part in parts)


def test_the_fix_is_shown_as_the_lines_it_changes_and_adds() -> None:
    policy = document(VENDOR)
    added = AddMember(Place((1, 0)), "Condition", Mapping((("StringEquals", Mapping((("sts:ExternalId", "<external-id>"),))),)))
    one = finding(policy, '"sts:AssumeRole"', fix=Fix(Safety.MANUAL, "require the external id the vendor gave you", (added,)))
    text = shown(one)
    mended = text[text.index("   = help") : text.index("   = note")]
    assert mended.splitlines()[:3] == [
        "   = help: require the external id the vendor gave you",
        "   |",
        '11 ~       "Action": "sts:AssumeRole",',
    ]
    assert mended.splitlines()[3].startswith('12 +       "Condition":')
    assert '"sts:ExternalId": "<external-id>"' in mended
    assert mended.splitlines()[-1] == "   |"


def test_a_removed_line_keeps_its_old_number_and_has_a_minus() -> None:
    policy = document(VENDOR)
    one = finding(policy, '"*"', fix=Fix(Safety.UNSAFE, "remove the statement", (Remove(place(policy, VENDOR.splitlines()[12].strip())),)))
    assert '13 -     { "Effect": "Allow", "Principal": "*", "Action": "sts:TagSession" }' in shown(one)


def test_of_a_place_that_spans_lines_the_first_is_underlined() -> None:
    policy = document(VENDOR)
    one = finding(policy, '{\n        "AWS": [\n          "arn:aws:iam::999988887777:root"\n        ]\n      }', label="who")
    assert lines(one)[3:5] == ['6 |       "Principal": {', "  |                    ^ who"]


def test_a_single_line_between_two_that_are_shown_is_shown_too() -> None:
    policy = document('{"Statement": [{\n"Effect": "Allow",\n"Action": "s3:*",\n"Resource": "*"\n}]}')
    one = finding(policy, '"Allow"', secondary=(('"*"', ""),))
    assert [line[0] for line in lines(one)[3:8]] == ["2", " ", "3", "4", " "]


def test_marks_in_one_line_have_a_row_each_and_the_primary_comes_first() -> None:
    policy = document('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}')
    one = finding(policy, '"*"', label="all", secondary=(('"s3:*"', "every action"),))
    assert lines(one)[3:6] == [
        '1 | {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}',
        "  |                                                                 ^^^ all",
        "  |                                             ------ every action",
    ]


def test_what_does_not_fit_beside_the_marks_stands_below_them() -> None:
    policy = document('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}')
    one = finding(policy, '"*"', label="this is every resource there is")
    assert lines(one)[4:6] == [
        "  |                                                                 ^^^",
        "  |                                              this is every resource there is",
    ]


def test_a_second_mark_that_is_out_of_sight_has_the_line_shown_again() -> None:
    policy = document('{"Statement": {"Effect": "Allow", "Action": "s3:*", "Sid": "' + "A" * 300 + '", "Resource": "*"}}')
    shown_lines = lines(finding(policy, '"s3:*"', secondary=(('"*"', "here"),)))
    assert shown_lines[3].startswith('1 | {"Statement"')
    assert shown_lines[5] == "..."
    assert shown_lines[6].startswith("1 | …AAA")
    assert shown_lines[7].endswith("   ---")
    assert shown_lines[8].endswith("  here")


@pytest.mark.parametrize("size", [100, 5_000, 1_000_000])
@pytest.mark.parametrize("look", [Look(80), Look(80, unicode=False), Look(43)])
def test_a_long_line_is_cut_around_the_marks(size: int, look: Look) -> None:
    policy = document('{"Statement": {"Sid": "' + "A" * size + '", "Effect": "Allow", "Action": "s3:*", "Resource": "' + "b" * size + '"}}')
    text = lines(finding(policy, '"s3:*"', "any action"), look)
    bar = text.index("  |")
    row, marks = text[bar + 1 : bar + 3]
    assert width(row) <= look.width
    assert row[marks.index("^") : marks.rindex("^") + 1] == '"s3:*"'
    assert row.startswith("1 | " + look.ellipsis)
    assert row.endswith(look.ellipsis)


@pytest.mark.parametrize("size", [100, 1_000_000])
def test_marks_longer_than_the_line_are_cut_with_it(size: int) -> None:
    policy = document('{"Statement": {"Sid": "' + "A" * size + '", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}}')
    row, marks = lines(finding(policy, '"' + "A" * size + '"'))[3:5]
    assert width(row) <= 80
    assert width(marks) <= 80
    assert marks.count("^") > 50


def test_tabs_are_expanded_and_the_marks_stand_under_their_text() -> None:
    policy = document('{"Statement": {\n\t"Effect":\t"Allow",\n\t"Action": "s3:*", "Resource": "*"}}')
    row, marks = lines(finding(policy, '"Allow"'))[3:5]
    assert row == '2 |     "Effect":   "Allow",'
    assert row[marks.index("^") : marks.rindex("^") + 1] == '"Allow"'


def test_carriage_returns_at_line_ends_are_not_shown() -> None:
    policy = document('{"Statement": {\r\n"Effect": "Allow",\r\n"Action": "s3:*", "Resource": "*"}}\r\n')
    assert lines(finding(policy, '"Allow"'))[3] == '2 | "Effect": "Allow",'


@pytest.mark.parametrize(
    ("text", "columns"),
    [("日本語", 6), ("ｗｉｄｅ", 8), ("e\u0301", 1), ("🔥🔥", 4), ("привет", 6)],
    ids=["wide", "fullwidth", "combining", "emoji", "narrow"],
)
def test_marks_are_as_wide_as_the_characters_above_them(text: str, columns: int) -> None:
    policy = document(f'{{"Statement": {{"Sid": "{text}", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}}')
    row, marks = lines(finding(policy, f'"{text}"'))[3:5]
    assert text in row
    assert marks.count("^") == columns + 2
    under = lines(finding(policy, '"Allow"'))[4]
    assert under.index("^") == width(row[: row.index('"Allow"')])


@pytest.mark.parametrize(
    "character", ["\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u2028", "\x7f", "\x9b", "\u00a0", "\u3164", "\U000e0041"]
)
def test_a_character_that_hides_or_turns_text_is_shown_as_its_number(character: str) -> None:
    number = ord(character)
    escaped = f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    policy = document(f'{{"Statement": {{"Sid": "a{character}b", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}}}}')
    text = shown(finding(policy, f'"a{character}b"', f"`{character}` is here", f"say {character}"))
    assert character not in text
    assert text.count(escaped) == 3
    row, marks = text.splitlines()[3:5]
    assert row[marks.index("^") : marks.rindex("^") + 1] == f'"a{escaped}b"'


def test_nothing_that_a_policy_says_reaches_the_terminal_as_a_control() -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\r\n\x00"
    policy = document(VENDOR, f"policies/{evil}.json")
    request = Request(evil, Caller(CallerKind.ROLE, evil, account=evil), evil, {evil: evil})
    one = finding(policy, '"*"', evil, evil, secondary=(('"sts:AssumeRole"', evil),), witness=request, fix=Fix(Safety.MANUAL, evil))
    text = shown(one)
    assert not [character for character in text if not character.isprintable() and character != "\n"]
    assert "\\u001b]0;owned\\u0007" in text


def test_a_stream_that_is_not_utf_8_gets_ascii() -> None:
    policy = document('{"Statement": {"Sid": "é日", "Effect": "Allow", "Action": "s3:*", "Resource": "' + "ü" * 200 + '"}}')
    text = shown(finding(policy, '"é日"', "`é` is here", fix=Fix(Safety.MANUAL, "use `e`… or `é`")), look=Look(unicode=False))
    assert text.isascii()
    assert '"\\u00e9\\u65e5"' in text


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    policy = document(VENDOR)
    one = finding(
        policy,
        '"arn:aws:iam::999988887777:root"',
        "word " * 40,
        "said " * 40,
        secondary=(('"sts:AssumeRole"', "more " * 40),),
        witness=OUTSIDER,
        fix=Fix(Safety.MANUAL, "help " * 40),
    )
    text = lines(one, Look(columns))
    # What cannot be broken (the note's rule name, an ARN) stands alone when it is too wide.
    assert all(width(line) <= columns for line in text if " " in line.strip("|= ").removeprefix("witness: ").removeprefix("note: "))


def test_without_colour_there_is_no_escape_sequence_and_with_it_the_words_are_the_same() -> None:
    import re

    policy = document(VENDOR)
    one = finding(policy, '"*"', label="everyone", fix=Fix(Safety.MANUAL, "name them"))
    plain, painted = shown(one), shown(one, look=Look(colour=True))
    assert "\x1b" not in plain
    assert "\x1b[1;31m^^^\x1b[0m" in painted
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain


def test_a_finding_without_witness_and_fix_has_only_its_note() -> None:
    assert lines(finding(document(VENDOR), '"*"'))[-2:] == [
        "   |",
        "   = note: confidence high; see `iamlint explain trust-missing-external-id`",
    ]


def test_the_fix_of_a_large_source_is_shown_too() -> None:
    many = VENDOR.replace(
        "    {\n", "    " + '{ "Effect": "Allow", "Principal": "*", "Action": "sts:TagSession" },\n    ' * 2_000 + "{\n", 1
    )
    policy = document(many)
    action = place(policy, '"sts:AssumeRole"')
    text = shown(finding(policy, action, fix=Fix(Safety.UNSAFE, "remove it", (Remove(action),))))
    assert '\n2011 -       "Action": "sts:AssumeRole"\n' in text


def test_a_fix_that_would_change_what_an_alias_repeats_is_only_advice() -> None:
    from iamlint.policy.read import find_documents
    from iamlint.text.edit import SetValue
    from iamlint.text.source import Source
    from iamlint.text.yaml import read_yaml

    text = "Statement:\n- &a\n  Effect: Allow\n  Action: s3:*\n  Resource: '*'\n- *a\n"
    [tree] = read_yaml(Source("policy.yaml", text.encode()))
    [policy] = find_documents(tree)
    action = place(policy, "s3:*")
    lines_shown = lines(finding(policy, action, fix=Fix(Safety.UNSAFE, "name the actions", (SetValue(action, "s3:GetObject"),))))
    assert lines_shown[-2:] == [
        "  = help: name the actions",
        "  = note: confidence high; see `iamlint explain trust-missing-external-id`",
    ]
