"""Is the command line read as argparse reads it, which lays out the help pages from the same table?"""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlint.cli.arguments import parse
from iamlint.cli.ending import UsageError
from iamlint.cli.options import LIST, SHAPES, VALUE
from iamlint.cli.pages import parser_of
from iamlint.cli.terminal import Terminal

VERBS = sorted(SHAPES)
WORDS = st.one_of(
    st.sampled_from(sorted({name for shape in SHAPES.values() for name in shape.options} - {"-h", "--help", "--color"})),
    st.sampled_from(["a.json", "-", "", "json", "text=out.txt", "--kind=trust", "--exit-zero=x"]),
    st.sampled_from(["-ojson", "-o=json", "-qq", "-qv", "-qojson"]),
    st.sampled_from(["--nonsense", "-x", "-qx", "-q=", "--output=", "--set=a=b", "--sel", "--no-config=", "-vo"]),
)


def by_argparse(verb: str, argv: list[str]) -> dict[str, object] | None:
    """What argparse makes of the words; None when it has an error."""
    parser = parser_of(verb, 80)
    end = argv.index("--") if "--" in argv else len(argv)
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            found, rest = parser.parse_known_args(argv[:end])
        except SystemExit:
            return None
    if any(word.startswith("-") and word != "-" for word in rest):
        return None
    said = vars(found)
    said["color"] = said["color"] or "auto"
    return {**said, "paths": [*rest, *argv[end + 1 :]]}


def ours(verb: str, argv: list[str]) -> dict[str, object] | None:
    try:
        found = parse(verb, argv, Terminal("never"))
    except UsageError:
        return None
    assert found is not None
    return vars(found)


@given(st.sampled_from(VERBS), st.lists(WORDS, max_size=6))
def test_every_command_line_means_what_argparse_says(verb: str, argv: list[str]) -> None:
    assert ours(verb, argv) == by_argparse(verb, argv)


@given(st.sampled_from(VERBS), st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=3))
def test_after_two_dashes_nothing_is_an_option(verb: str, before: list[str], after: list[str]) -> None:
    assert ours(verb, [*before, "--", *after]) == by_argparse(verb, [*before, "--", *after])


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_has_a_type(verb: str) -> None:
    found = parse(verb, [], Terminal("never"))
    assert found is not None
    assert set(vars(found)) <= set(type(found).__annotations__)


@pytest.mark.parametrize(
    ("argv", "message", "help"),
    [
        (["--kin"], "unknown option `--kin`", "did you mean `--kind`?"),
        (["-x"], "unknown option `-x`", "`iamlint check --help` shows what there is"),
        (["--kind"], "`--kind` needs a value", "`iamlint check --help` shows what there is"),
        (["-o", "--quiet"], "`-o/--output` needs a value", "`iamlint check --help` shows what there is"),
        (["--exit-zero=yes"], "`--exit-zero` takes no value", "`iamlint check --help` shows what there is"),
    ],
)
def test_what_is_wrong_has_a_way_out(argv: list[str], message: str, help: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse("check", argv, Terminal("never"))
    assert (caught.value.message, caught.value.help) == (message, help)


@pytest.mark.parametrize("verb", VERBS)
def test_what_takes_a_value_says_which(verb: str) -> None:
    for option in SHAPES[verb].options.values():
        assert bool(option.metavar) == (option.takes in (VALUE, LIST)), option.names
