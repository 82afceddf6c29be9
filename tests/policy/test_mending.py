"""Does the edit that a problem offers mend it?"""

from __future__ import annotations

import json

import pytest

from iamlint.policy.document import Document, Kind
from iamlint.policy.principal import Form
from iamlint.text.edit import apply, edits
from tests.policy.reading import IDENTITY, TRUST, found_in_yaml, only, policy_text, told


def mended(document: Document) -> str:
    """The text with every offered edit made."""
    changes = [change for problem in document.problems for change in problem.changes]
    assert changes
    return apply(document.tree.source.text, edits(document.tree, changes))


@pytest.mark.parametrize(
    "text",
    [
        policy_text({**TRUST, "Resource": "*"}),
        policy_text({**TRUST, "Principal": {"AWS": [" 111122223333"]}}),
        policy_text({**TRUST, "Principal": {"AWS": 111122223333}}),
        policy_text({**TRUST, "Principal": {"aws": "111122223333"}}),
        policy_text({**IDENTITY, "Effect": "allow"}),
        policy_text({**IDENTITY, "Conditions": {}}),
        policy_text({**IDENTITY, "Condition": {"StringEqual": {"aws:username": "ana"}}}),
        json.dumps({"Version": "2012-10-18", "Statements": [IDENTITY]}),
    ],
)
def test_the_edit_leaves_no_problem(text: str) -> None:
    assert told(only(mended(only(text)))) == []


@pytest.mark.parametrize("account", ["001234567012", "012345678901"])
def test_an_account_id_gets_its_quotes_in_yaml(account: str) -> None:
    text = f"Version: 2012-10-17\nStatement:\n- Effect: Allow\n  Principal: {{AWS: {account}}}  # partner\n  Action: sts:AssumeRole\n"
    (document,) = found_in_yaml(text)
    after = mended(document)
    assert after.replace("'", '"') == text.replace(account, f'"{account}"')
    assert told(found_in_yaml(after)[0]) == []


def test_a_principal_with_white_space_is_read_without_it() -> None:
    document = only(policy_text({**TRUST, "Principal": {"AWS": "111122223333 "}}), Kind.TRUST)
    principals = document.policy.statements[0].principals
    assert principals is not None
    assert [(problem.rule, problem.safety) for problem in document.problems] == [("invalid-principal", "safe")]
    assert [(entry.form, entry.account) for entry in principals.entries] == [(Form.ACCOUNT, "111122223333")]


def test_white_space_around_a_star_does_not_make_it_everyone() -> None:
    document = only(policy_text({**TRUST, "Principal": {"AWS": " *"}}), Kind.TRUST)
    principals = document.policy.statements[0].principals
    assert principals is not None
    assert [(problem.rule, problem.safety) for problem in document.problems] == [("invalid-principal", "unsafe")]
    assert [entry.form for entry in principals.entries] == [Form.INVALID]
