"""Do imports go down only, and does each layer do only what is its own? See ARCHITECTURE.md."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# From the top down. A module imports its own layer and the rows below it.
ROWS = (
    ("cli",),
    ("api",),
    ("lint",),
    ("report", "sources", "settings"),
    ("rulebook", "checks"),
    ("case",),
    ("finding", "zone"),
    ("access",),
    ("policy", "knowledge"),
    ("text",),
    ("enumeration",),
)
# Within a layer, from the top down; what stands in the layer's own folder is above all of them.
FLOORS = {"access": ("search", "evaluation", "sets")}
SIDEWAYS = {("rulebook", "checks"), ("policy", "knowledge"), ("settings", "sources")}

# What the rows alone would allow, and the design does not: a report shows, a source finds, neither decides.
NEVER = {
    "report": (
        "iamlint.checks",
        "iamlint.access.evaluation.evaluate",
        "iamlint.access.search.solve",
        "iamlint.rulebook.query",
        "iamlint.rulebook.rule",
    ),
    "sources": ("iamlint.checks", "iamlint.rulebook", "iamlint.access", "iamlint.finding"),
}

# Who touches files, and why it may.
READS_FILES = (
    "cli/",  # writes what `-o FORMAT=PATH` names
    "sources/",
    "rulebook/book.py",  # our own cards
    "rulebook/index.py",
    "rulebook/pages.py",
    "rulebook/schema.py",
    "knowledge/data.py",  # our own tables
)
TOP = ("__init__.py", "__main__.py")
TALKS = ("cli/",)
CATCHES_ALL = ("lint/run.py",)
LONGEST = 400

TALKING = {
    *("sys.stdout", "sys.stderr", "sys.stdin", "sys.argv", "os.environ", "os.getenv", "os.get_terminal_size", "shutil.get_terminal_size"),
    *("time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
}
TALKING_CALLS = {"print", "input"}
FILE_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob"}
FILE_NAMES = {
    *(
        "os.walk",
        "os.scandir",
        "os.listdir",
        "os.stat",
        "os.lstat",
        "os.open",
        "os.remove",
        "os.replace",
        "os.rename",
        "os.makedirs",
        "os.mkdir",
    ),
    *("os.path.isfile", "os.path.isdir", "os.path.islink", "os.path.exists", "os.path.getsize", "os.path.realpath"),
}
FILE_MODULES = {"socket", "subprocess", "urllib.request", "http.client", "tempfile", "glob", "shutil", "boto3", "requests"}

Tree = Mapping[str, str]


def package() -> Tree:
    """Every module of the package: its path below `iamlint/` and its text."""
    folder = ROOT / "iamlint"
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))}


def layer(path: str) -> str:
    return path.split("/", 1)[0].removesuffix(".py")


def row(name: str) -> int | None:
    return next((number for number, names in enumerate(ROWS) if name in names), None)


def imported(path: str, text: str) -> Iterator[tuple[int, str]]:
    """The line and dotted name of every import, wherever it stands, and of modules imported by a literal name."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import():
                yield from ((node.lineno, alias.name) for alias in node.names)
            case ast.ImportFrom(level=0, module=str(module)):
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
            case ast.ImportFrom(level=level, module=module):
                above = ["iamlint", *path.split("/")][:-level]
                yield from ((node.lineno, ".".join([*above, *filter(None, [module]), alias.name])) for alias in node.names)
            case ast.Constant(value=str(name)) if name.startswith("iamlint.") and row(name.split(".")[1]) is not None:
                yield node.lineno, name


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(module + ".")


def upward_imports(tree: Tree) -> Iterator[str]:
    for path, text in tree.items():
        here = layer(path)
        for line, name in imported(path, text):
            there = name.removeprefix("iamlint.").split(".")[0] if name.startswith("iamlint.") else None
            if path in TOP or there is None or there == here or there.startswith("__") or there.isupper():
                continue
            if not may_import(here, there) or any(within(name, never) for never in NEVER.get(here, ())):
                yield f"{path}:{line}: {here} imports {name}"


def imports_within_a_layer(tree: Tree) -> Iterator[str]:
    for path, text in tree.items():
        floors = FLOORS.get(layer(path), ())
        here = path.split("/")[1] if path.count("/") > 1 else ""
        for line, name in imported(path, text) if here in floors else ():
            there = name.removeprefix(f"iamlint.{layer(path)}.").split(".")[0]
            if within(name, f"iamlint.{layer(path)}") and there not in floors[floors.index(here) :]:
                yield f"{path}:{line}: {here} imports {name}"


def may_import(here: str, there: str) -> bool:
    mine, theirs = row(here), row(there)
    if mine is None or theirs is None:
        return False
    return mine < theirs or (here, there) in SIDEWAYS


def unknown_layers(tree: Tree) -> Iterator[str]:
    yield from (f"{path} is in no layer" for path in tree if path not in TOP and row(layer(path)) is None)


def checks_that_import_checks(tree: Tree) -> Iterator[str]:
    for path, text in tree.items():
        if layer(path) == "checks":
            names = (name for _, name in imported(path, text) if within(name, "iamlint.checks"))
            yield from (f"{path}: a check imports {name}" for name in names)


def names_used(text: str) -> Iterator[tuple[int, str]]:
    """Dotted names as the standard library spells them: `from os import environ` and `os.environ` are both `os.environ`."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Attribute():
                yield node.lineno, ast.unparse(node)
            case ast.ImportFrom(level=0, module=str(module)):
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def calls(text: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield node.lineno, name


def ends_in(name: str, wanted: set[str]) -> bool:
    return any(name == one or name.endswith("." + one) for one in wanted)


def talk(tree: Tree) -> Iterator[str]:
    """Printing, and reading the environment or the clock, outside cli/."""
    for path, text in tree.items():
        if path.startswith(TALKS):
            continue
        yield from (f"{path}:{line}: uses {name}" for line, name in names_used(text) if ends_in(name, TALKING))
        yield from (f"{path}:{line}: calls {name}" for line, name in calls(text) if name in TALKING_CALLS)


def file_access(tree: Tree) -> Iterator[str]:
    """Anything that touches files, processes or the network, outside the modules that may."""
    for path, text in tree.items():
        if path.startswith(READS_FILES):
            continue
        yield from (f"{path}:{line}: imports {name}" for line, name in imported(path, text) if any(within(name, m) for m in FILE_MODULES))
        yield from (f"{path}:{line}: uses {name}" for line, name in names_used(text) if ends_in(name, FILE_NAMES))
        yield from (f"{path}:{line}: calls {name}" for line, name in calls(text) if name in FILE_CALLS)


def broad_excepts(tree: Tree) -> Iterator[str]:
    for path, text in tree.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ExceptHandler) and is_broad(node.type) and path not in CATCHES_ALL:
                yield f"{path}:{node.lineno}: catches everything"


def is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(is_broad(one) for one in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in {"Exception", "BaseException"})


def long_modules(tree: Tree) -> Iterator[str]:
    yield from (f"{path} has {text.count(chr(10))} lines" for path, text in tree.items() if text.count("\n") > LONGEST)


def unnamed_folders(tree: Tree, page: str) -> Iterator[str]:
    folders = sorted({path.split("/", 1)[0] for path in tree if "/" in path})
    yield from (f"{folder}/ is not in ARCHITECTURE.md" for folder in folders if f"`{folder}/`" not in page)


LAWS = (upward_imports, imports_within_a_layer, unknown_layers, checks_that_import_checks, talk, file_access, broad_excepts, long_modules)


@pytest.mark.parametrize("law", LAWS)
def test_the_package_keeps(law: object) -> None:
    assert callable(law)
    assert list(law(package())) == []


def test_every_folder_is_named_in_the_architecture() -> None:
    assert list(unnamed_folders(package(), (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))) == []


def test_the_package_is_not_empty() -> None:
    assert len(package()) > 30


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("text/tree.py", "from iamlint.policy.arn import split_arn"),
        ("text/tree.py", "import iamlint.policy.arn"),
        ("text/tree.py", "from iamlint import policy"),
        ("text/tree.py", "from ..policy import arn"),
        ("text/tree.py", "def late():\n    from iamlint.finding import Finding"),
        ("text/tree.py", "if TYPE_CHECKING:\n    from iamlint.finding import Finding"),
        ("text/tree.py", "import_module('iamlint.finding')"),
        ("access/search/solve.py", "from iamlint.rulebook.card import Card"),
        ("access/search/solve.py", "from iamlint.finding import Finding"),
        ("knowledge/keys.py", "from iamlint.policy.arn import split_arn"),
        ("policy/read.py", "from iamlint.finding import Finding"),
        ("checks/trust/one.py", "from iamlint.sources.files import read"),
        ("checks/trust/one.py", "from iamlint.settings import Settings"),
        ("checks/trust/one.py", "from iamlint.report.text import render"),
        ("checks/trust/one.py", "from iamlint.rulebook.card import Card"),
        ("report/text.py", "from iamlint.lint.run import lint"),
        ("report/text.py", "from iamlint.rulebook.query import find"),
        ("report/text.py", "from iamlint.access.search import solve"),
        ("report/text.py", "from iamlint.sources.files import read"),
        ("sources/files.py", "from iamlint.access.access import Access"),
        ("lint/run.py", "from iamlint.cli.main import main"),
        ("odd/one.py", "from iamlint.text.tree import Tree"),
    ],
)
def test_an_import_that_breaks_the_layers_is_caught(path: str, text: str) -> None:
    assert list(upward_imports({path: text}))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("policy/read.py", "from iamlint.text.tree import Tree\nfrom iamlint.knowledge.keys import key"),
        ("rulebook/rule.py", "from iamlint.checks.trust import one"),
        ("report/text.py", "from iamlint.access.evaluation.request import Request\nfrom iamlint.rulebook.card import Card"),
        ("cli/main.py", "from iamlint import __version__\nfrom iamlint.api import check"),
        ("text/tree.py", "import json\nfrom iamlint.text.source import Source"),
    ],
)
def test_an_import_that_goes_down_is_fine(path: str, text: str) -> None:
    assert list(upward_imports({path: text})) == []


@pytest.mark.parametrize(
    ("path", "text", "breaks"),
    [
        ("access/sets/glob.py", "from iamlint.access.search.solve import regions", True),
        ("access/sets/glob.py", "from iamlint.access.access import Access", True),
        ("access/evaluation/match.py", "if TYPE_CHECKING:\n    from iamlint.access.search.cube import Cube", True),
        ("access/evaluation/match.py", "from iamlint.access.sets.fits import fits", False),
        ("access/search/search.py", "from iamlint.access.evaluation.request import Request", False),
        ("access/search/search.py", "from iamlint.access.search.solve import regions\nfrom iamlint.policy.arn import split_arn", False),
        ("access/access.py", "from iamlint.access.search.search import Search", False),
    ],
)
def test_an_import_within_a_layer_goes_down_too(path: str, text: str, breaks: bool) -> None:
    assert bool(list(imports_within_a_layer({path: text}))) is breaks


def test_a_module_outside_every_layer_is_caught() -> None:
    assert list(unknown_layers({"utils.py": "", "text/tree.py": ""})) == ["utils.py is in no layer"]


def test_a_check_that_imports_another_check_is_caught() -> None:
    assert list(checks_that_import_checks({"checks/trust/one.py": "from iamlint.checks.trust.two import check"}))


@pytest.mark.parametrize(
    "text",
    [
        "print(1)",
        "import sys\nsys.stderr.write('')",
        "from os import environ",
        "import os\nos.getenv('A')",
        "time.time()",
        "datetime.datetime.now()",
    ],
)
def test_talk_outside_the_command_line_is_caught(text: str) -> None:
    assert list(talk({"lint/run.py": text}))
    assert not list(talk({"cli/main.py": text}))


@pytest.mark.parametrize(
    "text", ["open('a')", "import subprocess", "from os.path import isfile", "import os\nos.walk('.')", "path.read_text()"]
)
def test_file_access_outside_sources_is_caught(text: str) -> None:
    assert list(file_access({"policy/read.py": text}))
    assert not list(file_access({"sources/files.py": text}))


@pytest.mark.parametrize("caught", ["except Exception:", "except:", "except (ValueError, Exception):", "except BaseException:"])
def test_a_broad_except_is_caught_but_in_lint_run(caught: str) -> None:
    text = f"try:\n    pass\n{caught}\n    pass\n"
    assert list(broad_excepts({"lint/baseline.py": text}))
    assert not list(broad_excepts({"lint/run.py": text}))


def test_a_long_module_is_caught() -> None:
    assert list(long_modules({"text/tree.py": "\n" * (LONGEST + 1)}))


def test_a_folder_that_the_architecture_does_not_name_is_caught() -> None:
    assert list(unnamed_folders({"odd/one.py": "", "text/tree.py": ""}, "`text/` holds trees")) == ["odd/ is not in ARCHITECTURE.md"]
