"""Are the rules in the wheel, with an index that a check can start from?"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from iamlint.rulebook.book import INDEX

ROOT = Path(__file__).parents[2]
CARDS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").glob("*/*.md"))

builder = pytest.importorskip("hatchling.builders.wheel", reason="hatchling builds the wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    [path] = builder.WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(path)


def test_every_card_is_in_the_wheel(wheel: Path) -> None:
    names = ZipFile(wheel).namelist()
    assert [name for name in names if names.count(name) > 1] == []
    assert {f"iamlint/{card}" for card in CARDS} <= set(names)


def test_the_index_names_every_card(wheel: Path) -> None:
    first, *cards = ZipFile(wheel).read(f"iamlint/rules/{INDEX}").decode().split("\n")[:-1]
    assert [f"rules/{family}/{name}.md" for family, name, *_ in json.loads(first)["rules"]] == CARDS
    assert [Path(card).stem for card in CARDS] == [json.loads(card)["name"] for card in cards]


def test_what_is_installed_starts_without_reading_yaml(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    program = (
        "import sys; from iamlint.rulebook.book import load_book; from iamlint.rulebook.pages import page_of; book = load_book();"
        "heavy = {'yaml', 'jsonschema', 'dataclasses', 'typing', 'pathlib'} & set(sys.modules);"
        "print(len(book.cards), sorted(heavy), page_of(book.cards[0]).title == book.cards[0].name)"
    )
    run = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {[str(tmp_path), *sys.path]!r}; {program}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split("\n")[0] == f"{len(CARDS)} [] True"


def test_a_checkout_keeps_no_index() -> None:
    assert not (ROOT / "rules" / INDEX).exists()
