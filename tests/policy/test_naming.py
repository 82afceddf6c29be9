"""Is every form of principal told from the others, and what is none of them refused with its reason?"""

from __future__ import annotations

import pytest

from iamlint.policy.naming import read_principal
from iamlint.policy.principal import Form, Principal

CANONICAL = "0123456789abcdef" * 4


def read(type: str, text: str) -> Principal:
    return read_principal(type, text, (0,))


@pytest.mark.parametrize(
    ("type", "text", "form", "account", "name", "session"),
    [
        ("*", "*", Form.EVERYONE, "", "", ""),
        ("AWS", "*", Form.EVERYONE, "", "", ""),
        ("Federated", "*", Form.EVERYONE, "", "", ""),
        ("AWS", "111122223333", Form.ACCOUNT, "111122223333", "", ""),
        ("AWS", "012345678901", Form.ACCOUNT, "012345678901", "", ""),
        ("AWS", "arn:aws:iam::111122223333:root", Form.ACCOUNT, "111122223333", "", ""),
        ("AWS", "arn:aws-cn:iam::111122223333:root", Form.ACCOUNT, "111122223333", "", ""),
        ("AWS", "arn:aws:iam::111122223333:user/ana", Form.USER, "111122223333", "ana", ""),
        ("AWS", "arn:aws:iam::111122223333:user/team/x@y.z", Form.USER, "111122223333", "team/x@y.z", ""),
        ("AWS", "arn:aws:iam::111122223333:role/ci/deploy", Form.ROLE, "111122223333", "ci/deploy", ""),
        ("AWS", "arn:aws-us-gov:iam::111122223333:role/ci", Form.ROLE, "111122223333", "ci", ""),
        ("AWS", "arn:aws:sts::111122223333:assumed-role/ci/run-1", Form.SESSION, "111122223333", "ci", "run-1"),
        ("AWS", "arn:aws:sts::111122223333:federated-user/ana", Form.FEDERATED_USER, "111122223333", "ana", ""),
        ("AWS", "AIDACKCEVSQ6C2EXAMPLE", Form.DELETED, "", "AIDACKCEVSQ6C2EXAMPLE", ""),
        ("AWS", "AROADBQP57FF2AEXAMPLE", Form.DELETED, "", "AROADBQP57FF2AEXAMPLE", ""),
        ("AWS", "AGPAJXEXAMPLEEXAMPLE0", Form.DELETED, "", "AGPAJXEXAMPLEEXAMPLE0", ""),
        ("AWS", "AIPAJXEXAMPLEEXAMPLE0", Form.DELETED, "", "AIPAJXEXAMPLEEXAMPLE0", ""),
        ("AWS", "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1X", Form.CANONICAL, "", "E1X", ""),
        ("Service", "ec2.amazonaws.com", Form.SERVICE, "", "ec2.amazonaws.com", ""),
        ("Service", "ec2.amazonaws.com.cn", Form.SERVICE, "", "ec2.amazonaws.com.cn", ""),
        ("Service", "logs.eu-west-1.amazonaws.com", Form.SERVICE, "", "logs.eu-west-1.amazonaws.com", ""),
        ("Service", "alexa-appkit.amazon.com", Form.SERVICE, "", "alexa-appkit.amazon.com", ""),
        ("Service", "ec2.${AWS::URLSuffix}", Form.SERVICE, "", "ec2.amazonaws.com", ""),
        ("Federated", "cognito-identity.amazonaws.com", Form.OIDC, "", "cognito-identity.amazonaws.com", ""),
        ("Federated", "accounts.google.com", Form.OIDC, "", "accounts.google.com", ""),
        ("Federated", "arn:aws:iam::111122223333:saml-provider/Okta", Form.SAML, "111122223333", "Okta", ""),
        (
            "Federated",
            "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC",
            Form.OIDC,
            "111122223333",
            "oidc.eks.eu-west-1.amazonaws.com/id/ABC",
            "",
        ),
        ("CanonicalUser", CANONICAL, Form.CANONICAL, "", CANONICAL, ""),
    ],
)
def test_a_principal_is_read_by_its_form(type: str, text: str, form: Form, account: str, name: str, session: str) -> None:
    principal = read(type, text)
    assert (principal.form, principal.account, principal.name, principal.session, principal.why) == (form, account, name, session, "")


@pytest.mark.parametrize(
    ("type", "text", "form", "account", "name"),
    [
        ("AWS", "${var.account}", Form.UNKNOWN, "", ""),
        ("AWS", "<ACCOUNT_ID>", Form.UNKNOWN, "", ""),
        ("AWS", "arn:aws:iam::${AWS::AccountId}:root", Form.UNKNOWN, "", ""),
        ("AWS", "arn:aws:iam::{{ account }}:role/ci", Form.UNKNOWN, "", "ci"),
        ("AWS", "arn:aws:iam::111122223333:role/${Env}-ci", Form.UNKNOWN, "111122223333", ""),
        ("AWS", "arn:aws:iam::111122223333:${kind}", Form.UNKNOWN, "111122223333", ""),
        ("AWS", "arn:${AWS::Partition}:iam::111122223333:root", Form.ACCOUNT, "111122223333", ""),
        ("AWS", "arn:aws:iam::${Account}", Form.UNKNOWN, "", ""),
        ("Service", "${Name}.amazonaws.com", Form.UNKNOWN, "", ""),
        ("Federated", "${Provider}", Form.UNKNOWN, "", ""),
        ("Federated", "arn:aws:iam::${A}:oidc-provider/gitlab.com", Form.OIDC, "", "gitlab.com"),
        ("Federated", "arn:${P}:iam::${A}:saml-provider/Okta", Form.SAML, "", "Okta"),
        ("Federated", "arn:aws:iam::111122223333:oidc-provider/${Host}", Form.UNKNOWN, "111122223333", ""),
        ("CanonicalUser", "${Id}", Form.UNKNOWN, "", ""),
        ("*", "${Principal}", Form.UNKNOWN, "", ""),
    ],
)
def test_what_a_template_leaves_open_is_unknown_and_the_rest_is_kept(type: str, text: str, form: Form, account: str, name: str) -> None:
    principal = read(type, text)
    assert (principal.form, principal.account, principal.name, principal.why) == (form, account, name, "")


@pytest.mark.parametrize(
    ("type", "text", "why"),
    [
        ("AWS", "arn:aws:iam::111122223333:role/*", "a wildcard cannot stand for part of a principal"),
        ("AWS", "arn:aws:iam::*:root", "a wildcard cannot stand for part of a principal, here its account id"),
        ("AWS", "arn:aws:iam::${A}:role/*", "a wildcard cannot stand for part of a principal"),
        ("AWS", "arn:aws:sts::111122223333:assumed-role/ci/*", "a wildcard cannot stand for part of a principal"),
        ("AWS", "1111*", "a wildcard cannot stand for part of a principal"),
        ("AWS", "arn:aws:iam::111122223333:group/admins", "a group cannot be a principal"),
        ("AWS", "11112222333", "an account id has 12 digits, not 11"),
        ("AWS", "1111222233334", "an account id has 12 digits, not 13"),
        ("AWS", "1111-2222-3333", "an account id has no dashes"),
        ("AWS", "arn:aws:iam::11112222333:root", "an account id has 12 digits, not 11"),
        ("AWS", "arn:aws:iam::acme:root", "`acme` is not an account id"),
        ("AWS", "arn:aws:iam:::root", "its account id is empty"),
        ("AWS", "arn:amazon:iam::111122223333:root", "`amazon` is not a partition"),
        ("AWS", "arn:aws:s3:::bucket", "an ARN of `s3` names no principal"),
        ("AWS", "arn:aws:iam:eu-west-1:111122223333:root", "the ARN of a principal has no region"),
        ("AWS", "arn:aws:iam::111122223333", "an ARN has six fields: `arn:aws:iam::ACCOUNT:role/NAME`"),
        ("AWS", "arn:aws:iam::111122223333:role", "the name after `role/` is missing"),
        ("AWS", "arn:aws:iam::111122223333:role/a b", "`a b` is not a name of IAM"),
        ("AWS", "arn:aws:sts::111122223333:role/ci", "the ARN of `role/…` is one of `iam`"),
        ("AWS", "arn:aws:iam::111122223333:assumed-role/ci/x", "the ARN of `assumed-role/…` is one of `sts`"),
        ("AWS", "arn:aws:sts::111122223333:assumed-role/ci", "the session's name is missing: `assumed-role/ROLE/SESSION`"),
        ("AWS", "arn:aws:sts::111122223333:assumed-role/path/ci/x", "the ARN of a session has the role's name without its path"),
        ("AWS", "arn:aws:iam::111122223333:saml-provider/Okta", "an identity provider stands under `Federated`"),
        ("AWS", " 111122223333", "there is white space around it"),
        ("AWS", "https://example.com", "a URL is not a principal"),
        ("AWS", "lambda.amazonaws.com", "a service stands under `Service`"),
        ("AWS", CANONICAL, "a canonical user id stands under `CanonicalUser`"),
        ("AWS", "AKIAIOSFODNN7EXAMPLE", "an access key is not a principal"),
        ("AWS", "", "it is empty"),
        ("AWS", "${aws:username}", "policy variables are not replaced in a principal"),
        ("AWS", "a\x1fb", "there is a control character in it"),
        ("AWS", "someone", "it is neither an account id nor an ARN of a user, role or session"),
        ("Service", "*", "a wildcard cannot stand for services, name each one"),
        ("Service", "*.amazonaws.com", "a wildcard cannot stand for services, name each one"),
        ("Service", "ec2", "a service is named like `ec2.amazonaws.com`"),
        ("Service", "ec2.amazonaws.com ", "there is white space around it"),
        ("Service", "arn:aws:iam::111122223333:root", "an account or ARN stands under `AWS`"),
        ("Federated", "https://token.actions.githubusercontent.com", "a provider is named by its ARN, not by its URL"),
        (
            "Federated",
            "token.actions.githubusercontent.com",
            "an OIDC provider is named by its ARN: `arn:aws:iam::ACCOUNT:oidc-provider/HOST`",
        ),
        ("Federated", "arn:aws:iam::111122223333:role/ci", "it is not the ARN of a SAML or OIDC provider"),
        ("Federated", "Okta", "it is neither the ARN of an identity provider nor a built-in one"),
        ("CanonicalUser", "*", "a canonical user id is 64 hexadecimal digits"),
        ("*", "111122223333", "only `*` may stand here without a key such as `AWS`"),
        ("aws", "111122223333", "`aws` is not a kind of principal"),
    ],
)
def test_what_is_no_principal_says_why(type: str, text: str, why: str) -> None:
    principal = read(type, text)
    assert (principal.form, principal.why) == (Form.INVALID, why)


@pytest.mark.parametrize("text", ["arn:aws:iam::111122223333:oidc-provider/*", "arn:aws:iam::*:saml-provider/Okta"])
def test_a_pattern_of_providers_is_every_provider(text: str) -> None:
    assert read("Federated", text).form is Form.EVERYONE
