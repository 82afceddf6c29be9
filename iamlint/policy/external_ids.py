"""What makes a value worth little as an external id?

A third party must give each of its customers an id of its own, or one customer can name another's role:
https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html. A value that others have or can guess does not do that.
"""

from __future__ import annotations

from iamlint.policy.pattern import Variable, has_hole, split

SHORTEST = 8
_COUNTED = frozenset(
    [("1234567890" * 2)[start : start + length] for start in (0, 9) for length in range(SHORTEST, 13)] + ["87654321", "987654321"]
)

# Words of guides and templates; a value that is made of nothing else was never replaced.
_PLACEHOLDERS = frozenset(
    """
    a an and any as assigned bar baz by change changeme client company corp customer default demo dummy enter example ext external
    externalid foo foobar for from here id identifier in insert issued it me my name none null of org partner password placeholder
    please provided put replace replaceme role sample secret set some string temp test tester testing tests the third party this to
    todo token unique uniqueid uuid value vendor with xxx your
    """.split()
)


def weakness(value: str, known: tuple[str, ...]) -> str | None:
    """Why others have or can guess the external id `value` ("... is {why}"), or None; `known` are names and numbers of those involved.

    A wildcard counts as one, so ask only about values that the operator reads as patterns or that have none.
    """
    for part in split(value):
        if isinstance(part, Variable):
            return f"whatever `{part.key}` says of the caller"
    if has_hole(value):
        return None
    if "*" in value or "?" in value:
        return "a pattern, so a caller can choose the rest"
    if value.lower() in {text.lower() for text in known}:
        return "an account id, which is no secret" if _is_account(value) else "a name, which others know"
    if len(value) < SHORTEST:
        return f"only {len(value)} characters long"
    words = _words(value)
    told = [word for word in words if word not in _PLACEHOLDERS]
    if len(told) < len(words) and all(word.isdigit() and len(word) < SHORTEST for word in told):
        return "a placeholder"
    told_by = "".join(words)
    if len(set(told_by)) == 1:
        return "one character again and again"
    return "only digits in their order" if told_by in _COUNTED else None


def _is_account(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdigit()


def _words(value: str) -> list[str]:
    """The words of `my-externalId 2` in lower case: `my`, `external`, `id`, `2`."""
    parted: list[str] = []
    before = ""
    for letter in value:
        if not letter.isalnum():
            parted.append(" ")
        elif before and (before.isdigit() != letter.isdigit() or (before.islower() and letter.isupper())):
            parted += " ", letter.lower()
        else:
            parted.append(letter.lower())
        before = letter
    return "".join(parted).split()
