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
    """The tree of a string that is JSON, or the problem that it is not; None for prose, and for what a template has yet to complete."""
    if text.startswith("%7B"):
        # The IAM API gives documents in percent-encoding: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
        from urllib.parse import unquote

        text = unquote(text)
    elif text.startswith('{\\"'):
        text = _unescaped(text)
    try:
        return _read(text)
    except TextError as error:
        if has_hole(text) or text.lstrip().startswith("${") or not (text.lstrip().startswith("{") or "Effect" in text):
            return None
        place = f"at character {error.span.start + 1}"
        return Problem("invalid-json", Place(route), f"the policy in this string is not JSON: {error.message} {place}", error.help)


def _read(text: str) -> Tree:
    return read_json(Source("", text.encode("utf-8", "surrogatepass")))


def _unescaped(text: str) -> str:
    """The text without the escapes that it has of its own, if that is what they are.

    The API Gateway API gives policies of APIs in escapes of JSON, and its answers are JSON themselves:
    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-create-attach.html
    """
    try:
        root = _read(f'"{text}"').root
    except TextError:
        return text
    return root if isinstance(root, str) else text
