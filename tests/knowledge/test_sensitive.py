"""Which actions give more than they seem to?"""

from __future__ import annotations

from iamlint.knowledge import names
from iamlint.knowledge.sensitive import escalation_paths, manages_permissions, returns_credentials, returns_data


def test_paths_of_escalation_are_made_of_actions_that_exist() -> None:
    paths = escalation_paths().values()
    assert len(paths) >= 59
    assert [action for path in paths for action in path.actions if not names.exists(action)] == []
    assert all(path.actions for path in paths)


def test_a_path_names_all_that_it_takes_and_its_page() -> None:
    path = escalation_paths()["PassExistingRoleToNewLambdaThenInvoke"]
    assert path.actions == ("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction")
    assert path.page == "https://pathfinding.cloud/paths/lambda-001"


def test_credentials_and_data_are_told_apart_from_the_rest() -> None:
    assert returns_credentials("sts:assumerole")
    assert not returns_credentials("s3:GetObject")
    assert returns_data("s3:GetObject")
    assert not returns_data("s3:PutObject")


def test_permissions_are_managed_by_more_than_aws_says() -> None:
    assert manages_permissions("iam:PassRole")
    assert manages_permissions("s3:PutBucketPolicy")
    assert not manages_permissions("s3:PutObject")
    assert not manages_permissions("xyzzy:Nothing")
