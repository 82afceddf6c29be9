"""Which policy does a string hold, as JSON?"""

from __future__ import annotations

from iamlint.policy.grammar import Problem
from iamlint.policy.pattern import has_hole
from iamlint.text.json import read_json
from iamlint.text.source import Source, TextError
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Route, Tree


def read_embedded(text: str, route: Route) -> Tree | Problem | None:
    """The tree of a string that is JSON, or the problem that it is not; None for a text that a template has yet to complete."""
    if text.startswith("%7B"):
        # The IAM API gives documents in percent-encoding: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
        from urllib.parse import unquote

        text = unquote(text)
    try:
        return read_json(Source("", text.encode("utf-8", "surrogatepass")))
    except TextError as error:
        if has_hole(text):
            return None
        place = f"at character {error.span.start + 1}"
        return Problem("invalid-json", Place(route), f"the policy in this string is not JSON: {error.message} {place}", error.help)
