"""Do a template's functions become the text or the unknown that they stand for?"""

from __future__ import annotations

import pytest

from iamlint.policy.condition import Unknown
from iamlint.policy.intrinsic import referred, resolve
from iamlint.text.tree import Mapping, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Value


def call(name: str, argument: Value) -> Mapping:
    return Mapping(((name, argument),))


REF = call("Ref", "AWS::AccountId")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Tagged("!Ref", "Account"), Unknown("!Ref Account")),
        (REF, Unknown("!Ref AWS::AccountId")),
        (Tagged("!GetAtt", "Role.Arn"), Unknown("!GetAtt Role.Arn")),
        (call("Fn::GetAtt", ("Role", "Arn")), Unknown("!GetAtt Role.Arn")),
        (Tagged("!If", ("IsLive", "a", "b")), Unknown("!If IsLive")),
        (Tagged("!Sub", "arn:aws:iam::${Account}:root"), "arn:aws:iam::${Account}:root"),
        (call("Fn::Sub", "a/${!aws:username}"), "a/${aws:username}"),
        (call("Fn::Sub", ("${A}:root", Mapping((("A", "x"),)))), "${A}:root"),
        (call("Fn::Sub", True), Unknown("!Sub")),
        (call("Fn::Join", (":", ("arn:aws:iam:", REF, "root"))), "arn:aws:iam::${AWS::AccountId}:root"),
        (Tagged("!Join", ("", ("a", Tagged("!GetAtt", "B.Arn")))), "a${!GetAtt B.Arn}"),
        (Tagged("!Join", ("", Tagged("!Ref", "List"))), Unknown("!Join ")),
        (call("Fn::Join", (",", (None,))), Unknown("!Join ,")),
        ("text", None),
        (Mapping(()), None),
        (Mapping((("Ref", "a"), ("b", "c"))), None),
        (call("Effect", "Allow"), None),
    ],
)
def test_a_function_resolves(value: Value, expected: str | Unknown | None) -> None:
    assert resolve(value) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [("!Ref Queue", "Queue"), ("!GetAtt Queue.Arn", "Queue.Arn"), ("Queue", "Queue"), ("!ImportValue Queue", "!ImportValue Queue")],
)
def test_a_reference_is_to_the_same_thing_however_it_is_written(label: str, expected: str) -> None:
    assert referred(label) == expected
