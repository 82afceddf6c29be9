"""What can be said on the command line? The verbs, and their options in groups, as data: reading them and their help pages need no more."""

from __future__ import annotations

VERBS = {
    "check": "check policies in files",
    "explain": "explain rules",
    "rules": "list the rules, and which of them run here",
    "test": "run the examples on rule cards",
}
KINDS = ("trust", "identity", "resource", "scp", "rcp", "boundary", "session", "vpc-endpoint")
COLORS = ("auto", "always", "never")

_EXITS = "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 iamlint could not do what was asked, 3 clean but incomplete."
_DONE = "Exit codes: 0 done, 2 iamlint could not do what was asked."
_TESTED = "Exit codes: 0 every card holds, 1 some do not, 2 iamlint could not do what was asked."

FLAG, COUNT, VALUE, LIST = "flag", "count", "value", "list"
"""What an option takes: nothing, nothing but is counted, a value (the last one said counts), or values (each time one)."""


class Option:
    """An option: its `names` with their dashes (the last one is the long one), what it takes, and what its help page says."""

    __slots__ = ("help", "metavar", "names", "takes")

    def __init__(self, names: str, takes: str, help: str, metavar: str = "") -> None:
        self.names = names.split()
        self.takes = takes
        self.help = help
        self.metavar = metavar

    @property
    def key(self) -> str:
        """Under which name what was said is kept."""
        return self.names[-1][2:].replace("-", "_")


class Shape:
    """What a verb takes: `operands` as its usage line names them, `words` about them, its exit codes, and its options by group."""

    __slots__ = ("exits", "groups", "operands", "words")

    def __init__(self, operands: str, words: str, exits: str, *groups: tuple[str, tuple[Option, ...]]) -> None:
        self.operands = operands
        self.words = words
        self.exits = exits
        self.groups = groups

    @property
    def options(self) -> dict[str, Option]:
        """The options by each of their names."""
        return {name: option for _, group in self.groups for option in group for name in option.names}


_SELECTION = (
    "rules",
    (
        Option("--select", LIST, "only these: names, families, tag:x, severity:high+, all; with commas", "RULES"),
        Option("--ignore", LIST, "not these", "RULES"),
        Option("--preset", VALUE, "the rules to begin with: recommended (the default), strict or audit", "NAME"),
    ),
)
_SETTINGS = (
    "settings",
    (
        Option("--config", VALUE, "the settings file (default: the nearest iamlint.toml)", "PATH"),
        Option("--no-config", FLAG, "no settings file, and no rules of the repository's own"),
        Option("--set", LIST, "one setting, as the file would say it; repeatable", "KEY=VALUE"),
    ),
)
_OTHERS = (
    "other",
    (
        Option("--color", VALUE, "auto, always or never", "WHEN"),
        Option("-h --help", FLAG, "show this page"),
    ),
)
_CHECK = Shape(
    "[PATH...]",
    "PATH is a file, a folder (what Git ignores in it is left out) or - for standard input; by default the folder `.`.",
    _EXITS,
    (
        "input",
        (
            Option("--stdin-filename", VALUE, "what standard input is called, and so which format it has", "PATH"),
            Option("--kind", VALUE, f"the kind of policy, where content would say otherwise: {', '.join(KINDS)}", "KIND"),
            Option("--resource-type", VALUE, "what the policies are attached to, such as AWS::S3::Bucket", "TYPE"),
            Option("--base", VALUE, "what to compare with, for rules about changes: a Git revision, a folder or a file", "REV"),
            Option("--force-exclude", FLAG, "treat named files as if found in a folder, as hooks want it"),
        ),
    ),
    (
        "who is us",
        (
            Option("--account", LIST, "an account of ours; repeatable, as the next three", "ID"),
            Option("--trusted-account", LIST, "an account of others that we trust", "ID"),
            Option("--org", LIST, "an organization of ours", "ID"),
            Option("--tenant", LIST, "a name of ours at an identity provider", "HOST=NAME"),
            Option("--now", VALUE, "the moment to judge by: 2026-01-31, 2026-01-31T12:00:00Z or seconds since 1970", "DATE"),
        ),
    ),
    _SELECTION,
    (
        "output",
        (
            Option("-o --output", LIST, "text (the default), concise or json; repeatable", "FORMAT[=PATH]"),
            Option("--min-severity", VALUE, "show (and fail for) nothing below critical, high, medium, low or info", "LEVEL"),
            Option("--fail-on", VALUE, "the lowest severity that gives exit code 1 (default: low)", "LEVEL"),
            Option("--exit-zero", FLAG, "findings do not change the exit code"),
            Option("--allow-incomplete", FLAG, "what could not be checked does not change the exit code"),
            Option("-q --quiet", COUNT, "only findings and errors; twice, nothing but errors"),
            Option("-v --verbose", COUNT, "say what was passed over, and why"),
        ),
    ),
    _SETTINGS,
    _OTHERS,
)
SHAPES = {
    "check": _CHECK,
    "explain": Shape("NAME...", "NAME is a rule; `iamlint rules` lists them.", _DONE, _SETTINGS, _OTHERS),
    "rules": Shape(
        "",
        "",
        _DONE,
        _SELECTION,
        ("output", (Option("-o --output", LIST, "text (a table, the default) or json", "FORMAT[=PATH]"),)),
        _SETTINGS,
        _OTHERS,
    ),
    "test": Shape(
        "[NAME|PATH...]",
        "NAME is a rule, PATH a card or a folder of cards; by default all.",
        _TESTED,
        (
            "tests",
            (
                Option("--update", FLAG, "rewrite what the cards say is reported, and the index of rules"),
                Option("-q --quiet", COUNT, "only what is wrong"),
            ),
        ),
        _OTHERS,
    ),
}
