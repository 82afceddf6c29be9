"""Is everything that IAM refuses in a policy reported at the text that is wrong?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.policy.document import Kind
from tests.policy.reading import IDENTITY, TRUST, found_in_yaml, only, only_problem, policy_text, rules, told, underlined


def trust(**changes: Any) -> str:
    """A sound trust policy with some elements changed, or left out (None)."""
    return policy_text({name: value for name, value in {**TRUST, **changes}.items() if value is not ...})


def identity(**changes: Any) -> str:
    return policy_text({name: value for name, value in {**IDENTITY, **changes}.items() if value is not ...})


@pytest.mark.parametrize(
    "text",
    [
        trust(),
        identity(),
        trust(Sid="", Condition={}),
        identity(Action=["s3:GetObject"], Resource=["arn:aws:s3:::a", "arn:aws:s3:::b"], Condition={"Bool": {"aws:SecureTransport": True}}),
        identity(Condition={"NumericLessThan": {"aws:MultiFactorAuthAge": 3600}, "Null": {"aws:TokenIssueTime": [True, False]}}),
        identity(Condition={"forallvalues:stringequals": {"aws:TagKeys": []}}),
        trust(Principal={"AWS": []}),
        json.dumps({"Version": "2008-10-17", "Id": "x", "Statement": TRUST}),
        json.dumps({"Statement": [TRUST, {**TRUST, "Effect": "Deny"}]}),
        policy_text({"Effect": "Allow", "Principal": "*", "NotAction": "s3:*", "NotResource": "arn:aws:s3:::a/*"}),
        policy_text({"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "ecr:GetAuthorizationToken"}),
    ],
)
def test_a_sound_policy_has_no_problem(text: str) -> None:
    assert told(only(text)) == []


@pytest.mark.parametrize(
    ("text", "rule", "underline", "message"),
    [
        (trust(Effect=...), "missing-element", None, "the statement has no `Effect`"),
        (trust(Action=...), "missing-element", None, "the statement has no `Action`"),
        (identity(Action=...), "missing-element", None, "the statement has no `Action`"),
        (identity(Resource=...), "missing-element", None, "the statement has no `Resource`"),
        (policy_text({"Effect": "Allow", "Action": "sts:AssumeRole"}), "missing-element", None, "the statement has no `Principal`"),
        (identity(NotAction="s3:*"), "missing-element", '"NotAction"', "the statement has both `Action` and `NotAction`"),
        (identity(NotResource="*"), "missing-element", '"NotResource"', "the statement has both `Resource` and `NotResource`"),
        (identity(Effect="allow"), "invalid-effect", '"allow"', "`Effect` must be `Allow` or `Deny`, not `allow`"),
        (identity(Effect="Permit"), "invalid-effect", '"Permit"', "`Effect` must be `Allow` or `Deny`, not `Permit`"),
        (identity(Effect=True), "invalid-effect", "true", "`Effect` must be `Allow` or `Deny`, not `true`"),
        (identity(Effect=["Allow"]), "invalid-effect", '[\n        "Allow"\n      ]', "`Effect` must be `Allow` or `Deny`, not a list"),
        (identity(Sid=7), "invalid-element", "7", "the Sid `7` must be a string, not a number"),
        (identity(Action=7), "invalid-element", "7", "`Action` must be a string or a list of strings, not the number `7`"),
        (identity(Action=["s3:*", None]), "invalid-element", "null", "`Action` must be a string or a list of strings, not null"),
        (identity(Resource={}), "invalid-element", "{}", "`Resource` must be a string or a list of strings, not an object"),
        (identity(Resource=[[]]), "invalid-element", "[]", "`Resource` must be a string or a list of strings, not a list"),
        (identity(Condition=[]), "invalid-element", "[]", "`Condition` must be an object of operators, not a list"),
        (identity(Condition=None), "invalid-element", "null", "`Condition` must be an object of operators, not null"),
        (identity(Condition={"Bool": 1}), "invalid-element", "1", "`Bool` must be an object of condition keys, not the number `1`"),
        (
            identity(Condition={"Bool": {"aws:SecureTransport": None}}),
            "invalid-element",
            "null",
            "`aws:SecureTransport` must be a string, a number, a boolean or a list of them, not null",
        ),
        (
            identity(Condition={"Bool": {"aws:SecureTransport": [{}]}}),
            "invalid-element",
            "{}",
            "`aws:SecureTransport` must be a string, a number, a boolean or a list of them, not an object",
        ),
        (policy_text(IDENTITY, 5), "invalid-element", "5", "an item of `Statement` must be an object, not the number `5`"),
        (policy_text(IDENTITY, []), "invalid-element", "[]", "an item of `Statement` must be an object, not a list"),
        (
            json.dumps({"Version": "2012-10-17", "Statement": "x"}),
            "invalid-element",
            '"x"',
            "`Statement` must be an object or a list of objects, not `x`",
        ),
        (
            json.dumps({"Version": "2012-10-18", "Statement": IDENTITY}),
            "invalid-element",
            '"2012-10-18"',
            "`Version` is `2012-10-18`, not a version of the policy language",
        ),
        (
            json.dumps({"Version": 2012, "Statement": IDENTITY}),
            "invalid-element",
            "2012",
            "`Version` is the number `2012`, not a version of the policy language",
        ),
        (json.dumps({"Id": 1, "Statement": IDENTITY}), "invalid-element", "1", "`Id` must be a string, not the number `1`"),
        (json.dumps({"Version": "2012-10-17"}), "missing-element", None, "the policy has no `Statement`"),
        (json.dumps({"Statement": IDENTITY, "Comment": ""}), "unknown-element", '"Comment"', "unknown element `Comment`"),
        (identity(Version="2012-10-17"), "unknown-element", '"Version"', "unknown element `Version`"),
        (identity(Conditions={}), "unknown-element", '"Conditions"', "unknown element `Conditions`"),
        (trust(Resource="*"), "trust-has-resource", '"Resource"', "a role trust policy must not have `Resource`"),
        (trust(NotResource="*"), "trust-has-resource", '"NotResource"', "a role trust policy must not have `NotResource`"),
        (
            identity(Condition={"StringEqual": {"aws:username": "ana"}}),
            "condition-unknown-operator",
            '"StringEqual"',
            "unknown condition operator `StringEqual`",
        ),
        (
            identity(Condition={"StringEquals": {"aws:UserName": "ana", "aws:username": "bo"}}),
            "duplicate-json-key",
            '"aws:username"',
            "the key `aws:username` is already here as `aws:UserName`",
        ),
        (
            identity(Condition={"Bool": {"a:b": "true"}, "bool": {"c:d": "true"}}),
            "duplicate-json-key",
            '"bool"',
            "the operator `bool` is already here as `Bool`",
        ),
        (
            trust(Principal={"AWS": "arn:aws:iam::111122223333:role/*"}),
            "invalid-principal",
            '"arn:aws:iam::111122223333:role/*"',
            "`arn:aws:iam::111122223333:role/*` is not a valid principal: a wildcard cannot stand for part of a principal",
        ),
        (trust(Principal={"Aws": "111122223333"}), "invalid-principal", '"Aws"', "`Aws` is not a kind of principal"),
        (trust(Principal=["*"]), "invalid-principal", '[\n        "*"\n      ]', "`Principal` is a list, not an object"),
        (trust(Principal=None), "invalid-principal", "null", "`Principal` is null, not an object"),
        (trust(Principal={"AWS": [None]}), "invalid-element", "null", "`Principal` must be made of strings, not null"),
        (
            trust(Principal={"AWS": 111122223333}),
            "invalid-element",
            "111122223333",
            "the principal `111122223333` must be a string, not a number",
        ),
        (
            trust(Principal={"AWS": 11122223333}),
            "invalid-principal",
            "11122223333",
            "`11122223333` is not a valid principal: an account id has 12 digits, not 11",
        ),
    ],
)
def test_a_problem_stands_at_the_text_that_is_wrong(text: str, rule: str, underline: str | None, message: str) -> None:
    document = only(text)
    ((found_rule, found_text, found_message),) = told(document)
    assert (found_rule, found_message) == (rule, message)
    assert found_text.startswith("{") if underline is None else found_text == underline


def test_a_key_that_is_written_twice_names_the_lost_one() -> None:
    text = '{"Statement": [{"Effect": "Allow", "Action": "s3:Put*", "Action": "s3:Get*", "Resource": "*"}]}'
    problem = only_problem(text)
    ((earlier, label),) = problem.secondary
    assert (problem.rule, problem.subject, problem.statement, label) == ("duplicate-json-key", "Action", 0, "this one is lost")
    assert problem.place.route == (0, 0, 2)
    assert earlier.route == (0, 0, 1)


@pytest.mark.parametrize("name", ["Sid", "Principal", "Condition", "StringEquals", "sts:ExternalId"])
def test_a_repeated_key_is_reported_at_every_depth(name: str) -> None:
    condition = '{"StringEquals": {"sts:ExternalId": "x"}}'
    text = (
        f'{{"Sid": "a", "Effect": "Allow", "Principal": {{"AWS": "111122223333"}}, "Action": "sts:AssumeRole", "Condition": {condition}}}'
    )
    start = text.index(f'"{name}"')
    value = "".join(text[start:].partition(": ")[2])
    member = f'"{name}": ' + value[: json.JSONDecoder().raw_decode(value)[1]]
    doubled = text[:start] + member + ", " + text[start:]
    assert rules(only('{"Statement": [' + doubled + "]}")) == ["duplicate-json-key"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Actions", "Action"),
        ("Resources", "Resource"),
        ("Principals", "Principal"),
        ("Conditions", "Condition"),
        ("effect", "Effect"),
        ("action", "Action"),
        ("SID", "Sid"),
        ("Notaction", "NotAction"),
        ("Ressource", "Resource"),
        ("Condtion", "Condition"),
    ],
)
def test_a_misspelled_element_is_not_also_missing(written: str, meant: str) -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*", "Condition": {}}
    statement.pop(meant.removeprefix("Not") if meant.startswith("Not") else meant, None)
    problem = only_problem(policy_text({**statement, written: "x"}))
    assert (problem.rule, problem.subject, problem.help) == ("unknown-element", written, f"did you mean `{meant}`?")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ArnEqual", "ArnEquals"),
        ("DateGreaterThen", "DateGreaterThan"),
        ("BoolIfExist", "BoolIfExists"),
        ("ForAllValue:StringEquals", "ForAllValues:StringEquals"),
        ("ForAnyValues:StringLke", "ForAnyValue:StringLike"),
        ("StringEqualsIgnorecaseIfExist", "StringEqualsIgnoreCaseIfExists"),
        ("IPAddres", "IpAddress"),
    ],
)
def test_an_unknown_operator_comes_with_what_was_meant(written: str, meant: str) -> None:
    problem = only_problem(identity(Condition={written: {"aws:username": "ana"}}))
    assert (problem.help, problem.fix, problem.safety) == (f"did you mean `{meant}`?", f"rename it to `{meant}`", "safe")


@pytest.mark.parametrize("written", ["NullIfExists", "ForAnyValue:NullIfExists"])
def test_null_takes_no_if_exists(written: str) -> None:
    assert only_problem(identity(Condition={written: {"aws:username": "true"}})).aws_codes == ("NULL_WITH_IF_EXISTS",)


def test_an_element_of_the_policy_in_a_statement_says_where_it_belongs() -> None:
    assert only_problem(identity(Version="2012-10-17")).help == "`Version` belongs beside `Statement`"


def test_white_space_around_a_principal_has_a_safe_fix() -> None:
    problem = only_problem(trust(Principal={"AWS": " 111122223333 "}))
    assert (problem.fix, problem.safety) == ("write `111122223333`", "safe")


def test_making_a_dead_statement_live_is_no_safe_fix() -> None:
    assert only_problem(identity(Effect="allow")).safety == "unsafe"


def test_a_principal_in_an_identity_policy_is_another_rules_business() -> None:
    document = only(policy_text({**IDENTITY, "Principal": {"AWS": "nobody"}}), Kind.IDENTITY)
    assert rules(document) == []


def test_a_statement_without_effect_leaves_the_others_their_index() -> None:
    document = only(policy_text({**IDENTITY, "Effect": "allow"}, IDENTITY))
    assert [statement.index for statement in document.policy.statements] == [1]
    assert not document.policy.complete


def test_what_remains_of_an_allow_is_read() -> None:
    document = only(trust(Condition={"StringEqual": {"sts:ExternalId": "x"}, "Bool": {"aws:MultiFactorAuthPresent": "true"}}))
    (statement,) = document.policy.statements
    assert [condition.key for condition in statement.conditions] == ["aws:MultiFactorAuthPresent"]


@pytest.mark.parametrize(
    "change",
    [
        {"Condition": {"StringEqual": {"aws:username": "ana"}}},
        {"Condition": []},
        {"Conditions": {}},
        {"Resource": 5},
        {"NotAction": "s3:*"},
    ],
)
def test_a_deny_that_lost_what_narrows_it_is_left_out(change: dict[str, object]) -> None:
    document = only(policy_text({**IDENTITY, "Effect": "Deny", **change}))
    assert document.policy.statements == ()
    assert not document.policy.complete
    assert document.problems


def test_a_trust_policys_resource_is_not_part_of_what_it_says() -> None:
    (statement,) = only(trust(Resource="arn:aws:iam::111122223333:role/x")).policy.statements
    assert statement.resources is None


def test_values_of_conditions_are_text_as_iam_prints_them() -> None:
    (statement,) = only(identity(Condition={"Bool": {"aws:SecureTransport": [True, "false", 1.50, 0]}})).policy.statements
    (condition,) = statement.conditions
    assert condition.values == ("true", "false", "1.5", "0")


def test_routes_lead_to_what_was_read() -> None:
    document = only(trust(Condition={"StringEquals": {"sts:ExternalId": ["a", "b"]}}))
    (statement,) = document.policy.statements
    (condition,) = statement.conditions
    assert statement.principals is not None
    assert statement.actions is not None
    tree = document.tree
    nodes = [condition.value_route(1), statement.principals.entries[0].route, statement.actions.value_route(0)]
    from iamlint.text.tree import Place

    assert [underlined(tree, Place(route)) for route in nodes] == ['"b"', '"111122223333"', '"sts:AssumeRole"']
    assert underlined(tree, Place(condition.operator_route, on_key=True)) == '"StringEquals"'
    assert underlined(tree, Place(condition.route, on_key=True)) == '"sts:ExternalId"'


@pytest.mark.parametrize(
    ("yaml", "rule", "underline"),
    [
        ("Principal: {AWS: 001234567012}", "invalid-principal", "001234567012"),
        ("Principal: {AWS: [012345678901]}", "invalid-principal", "012345678901"),
        ("Principal: {AWS: 11122223333}", "invalid-principal", "11122223333"),
        ("Principal: '*'\n  Condition: {StringEquals: {aws:PrincipalAccount: 001234567012}}", "invalid-element", "001234567012"),
        ("Principal: '*'\n  Condition: {StringEquals: {aws:PrincipalTag/live: yes}}", "invalid-element", "yes"),
        ("Principal: ~", "invalid-principal", "~"),
        ("Principal: '*'\n  principal: {}", "unknown-element", "principal"),
        ("Principal: '*'\n  Principal: '*'", "duplicate-json-key", "Principal"),
    ],
)
def test_traps_of_yaml_are_reported_where_they_change_a_policy(yaml: str, rule: str, underline: str) -> None:
    (document,) = found_in_yaml(f"Version: 2012-10-17\nStatement:\n- Effect: Allow\n  Action: sts:AssumeRole\n  {yaml}\n")
    assert [(told_rule, text) for told_rule, text, _ in told(document)] == [(rule, underline)]


@pytest.mark.parametrize(
    "yaml",
    [
        "Principal: {AWS: 111122223333}",
        "Principal: '*'\n  Condition: {Bool: {aws:SecureTransport: yes}}",
        "Principal: '*'\n  Condition: {DateLessThan: {aws:CurrentTime: 2024-01-01}}",
    ],
)
def test_what_yaml_does_not_change_is_fine(yaml: str) -> None:
    (document,) = found_in_yaml(f"Version: 2012-10-17\nStatement:\n- Effect: Allow\n  Action: sts:AssumeRole\n  {yaml}\n")
    assert told(document) == []


@pytest.mark.parametrize(("value", "help"), [(7, "put it in quotes"), (None, "remove it, or write a value"), ([], "")])
def test_a_value_of_the_wrong_type_has_a_way_out(value: object, help: str) -> None:
    assert only_problem(identity(Sid=value)).help == help


@pytest.mark.parametrize("name", ["Action", "Resource"])
def test_a_statement_that_says_a_thing_and_its_opposite_says_nothing(name: str) -> None:
    document = only(identity(**{f"Not{name}": "arn:aws:s3:::a"}))
    assert document.policy.statements == ()
    assert not document.policy.complete
