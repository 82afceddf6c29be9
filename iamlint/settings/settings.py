"""Which settings hold for a run?

Later words win over earlier ones: the settings file, then `--set`, then the flags. Who is "us" is added up instead, so that an account
given as a flag does not make the accounts of the settings file strangers.
"""

from __future__ import annotations

from iamlint.finding import Severity
from iamlint.settings.error import SettingsError, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.intent import Intent
    from iamlint.rulebook.select import Choice
    from iamlint.settings.given import Given
    from iamlint.settings.kinds import PathKind
    from iamlint.zone import Zone

FAIL_ON = Severity.LOW
MIN_SEVERITY = Severity.INFO
PRESET = "recommended"


class Override:
    """What `[rules]` says of the rules that a selector names: a severity, or None for "off"; `origin` is where."""

    __slots__ = ("origin", "selector", "severity")

    def __init__(self, selector: str, severity: Severity | None, origin: str) -> None:
        self.selector = selector
        self.severity = severity
        self.origin = origin


class Settings:
    """The settings of a run, each valid.

    `choices` turn rules on and off, later ones winning over earlier ones that are as specific. `excluded` are patterns as in `.gitignore`,
    over paths below the settings file. `intents` are the calls that are to work, with the names of the policies that are to allow them.
    `kinds` tell by their paths which policies files hold.
    """

    __slots__ = (
        "accounts",
        "allow_incomplete",
        "choices",
        "excluded",
        "fail_on",
        "intents",
        "kinds",
        "min_severity",
        "organizations",
        "overrides",
        "preset",
        "preset_origin",
        "rules_as_of",
        "tenants",
        "trusted",
    )

    def __init__(self, given: Iterable[Given] = ()) -> None:
        everything = tuple(given)
        last = {one.key: one for one in everything}
        self.preset, self.preset_origin = _word(last.get("preset"), PRESET)
        self.rules_as_of = _version(last.get("rules-as-of"))
        self.fail_on = _severity(last.get("fail-on"), FAIL_ON)
        self.min_severity = _severity(last.get("min-severity"), MIN_SEVERITY)
        self.allow_incomplete = "allow-incomplete" in last and last["allow-incomplete"].value is True
        self.accounts = tuple([_account(*pair) for pair in _listed(everything, "own-accounts")])
        self.trusted = tuple([_account(*pair) for pair in _listed(everything, "trusted-accounts")])
        self.organizations = tuple([_organization(*pair) for pair in _listed(everything, "own-organizations")])
        self.tenants = _tenants(everything)
        self.choices = tuple([choice for one in everything if one.key != "select" or one is last["select"] for choice in _choices(one)])
        self.excluded = tuple([pattern for pattern, _ in _listed(everything, "exclude")])
        self.overrides = tuple([_override(one) for one in everything if one.key == "rules"])
        self.intents = tuple([_intent(one) for one in everything if one.key == "expects"])
        self.kinds = tuple([_path_kind(one) for one in everything if one.key == "kinds"])

    @property
    def zone(self) -> Zone:
        """Who is "us"."""
        from iamlint.zone import Zone

        return Zone(self.accounts, self.organizations, self.trusted, self.tenants)


def _listed(given: Iterable[Given], key: str) -> list[tuple[str, str]]:
    """Every text of a list setting, with its origin."""
    return [(text, one.origin) for one in given if one.key == key and isinstance(one.value, tuple) for text in one.value]


def _word(one: Given | None, default: str) -> tuple[str, str]:
    if one is None:
        return default, "default"
    return str(one.value), one.origin


def severity_named(name: str, origin: str) -> Severity:
    """The severity of that name; SettingsError for another word."""
    try:
        return Severity(name)
    except ValueError:
        raise unknown("severity", name, [severity.value for severity in reversed(Severity)], origin) from None


def _severity(one: Given | None, default: Severity) -> Severity:
    return default if one is None else severity_named(str(one.value), one.origin)


def _version(one: Given | None) -> str | None:
    if one is None:
        return None
    text = str(one.value)
    if not all(part.isascii() and part.isdigit() for part in text.split(".")):
        raise SettingsError(f"`{text}` in {one.origin} is not a version of iamlint", 'write it like `rules-as-of = "0.1"`')
    return text


def _account(text: str, origin: str) -> str:
    if len(text) != 12 or not (text.isascii() and text.isdigit()):
        raise SettingsError(f"`{text}` in {origin} is not an account id", "an account id has 12 digits")
    return text


def _organization(text: str, origin: str) -> str:
    # https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
    rest = text.removeprefix("o-")
    if rest == text or not 10 <= len(rest) <= 32 or not (rest.isascii() and rest.isalnum() and rest == rest.lower()):
        raise SettingsError(
            f"`{text}` in {origin} is not an organization id", "one looks like `o-a1b2c3d4e5`: `o-` and 10 to 32 small letters or digits"
        )
    return text


def _tenants(given: Iterable[Given]) -> dict[str, tuple[str, ...]]:
    tenants: dict[str, tuple[str, ...]] = {}
    for one in given:
        if one.key == "own-tenants" and isinstance(one.value, tuple):
            issuer, *names = one.value
            host = issuer.removeprefix("https://").rstrip("/").lower()
            tenants[host] = (*tenants.get(host, ()), *names)
    return tenants


def _choices(one: Given) -> list[Choice]:
    """What one setting says of which rules run."""
    from iamlint.rulebook.select import Choice

    if one.key == "rules":
        override = _override(one)
        return [Choice(override.selector, override.origin, on=False)] if override.severity is None else []
    if one.key not in ("select", "ignore-rules") or not isinstance(one.value, tuple):
        return []
    return [Choice(selector, one.origin, on=one.key == "select") for selector in one.value]


def _override(one: Given) -> Override:
    selector, value = (one.value[0], one.value[1]) if isinstance(one.value, tuple) else ("", "")
    if value == "off":
        return Override(selector, None, one.origin)
    try:
        return Override(selector, Severity(value), one.origin)
    except ValueError:
        raise unknown(
            "value", value, ["off", *[severity.value for severity in reversed(Severity)]], f"{one.origin} of `{selector}`"
        ) from None


def _path_kind(one: Given) -> PathKind:
    from iamlint.settings.kinds import PathKind

    pattern, word = (one.value[0], one.value[1]) if isinstance(one.value, tuple) else ("", "")
    return PathKind(pattern, word, f"{one.origin} of `{pattern}`")


def _intent(one: Given) -> Intent:
    from iamlint.access.intent import CallError, Intent, read_call

    name, *texts = one.value if isinstance(one.value, tuple) else ("",)
    try:
        return Intent(name, tuple(map(read_call, texts)), one.origin)
    except CallError as error:
        raise SettingsError(f"{error.message}, in {one.origin} of `expects`", error.help) from None
