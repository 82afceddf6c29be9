"""Which issuers give tokens to people, whoever they are, and to the apps that they sign in to?"""

from __future__ import annotations

from iamlint.knowledge.issuer_table.claims import UUID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.knowledge.issuer_table.claims import Row

CONSUMER: tuple[Row, ...] = (
    {
        # `aud` is the token's `azp` when it has one; a service account asks for any `oaud` it likes:
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_aud
        "id": "google",
        "name": "Google",
        "hosts": ("accounts.google.com",),
        "tenancy": "social",
        "claims": ("google/organization_number",),
        "pins": ("sub", "aud", "google/organization_number"),
        "tenant_only": ("google/organization_number",),
        "abusable": {"oaud": "critical"},
        "formats": {"sub": ("[0-9]+",), "google/organization_number": ("[0-9]+",)},
    },
    {
        # https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
        "id": "cognito",
        "name": "Amazon Cognito identity pools",
        "hosts": (
            "cognito-identity.amazonaws.com",
            "cognito-identity-us-gov.amazonaws.com",
            "cognito-identity.us-gov-east-1.amazonaws.com",
            "cognito-identity.cn-north-1.amazonaws.com.cn",
        ),
        "tenancy": "cognito",
        "required": "aud",
        "claims": ("amr", "aud", "sub"),
        "pins": ("aud", "sub"),
        "tenant_only": ("aud",),
        "formats": {"aud": (f"[a-z0-9-]+:{UUID}",), "sub": (f"[a-z0-9-]+:{UUID}",)},
    },
    {
        "id": "facebook",
        "name": "Facebook",
        "hosts": ("graph.facebook.com",),
        "tenancy": "social",
        "claims": ("app_id", "id"),
        "pins": ("app_id", "id"),
        "subject": "id",
        "tenant_only": ("app_id",),
        "formats": {"app_id": ("[0-9]+",), "id": ("[0-9]+",)},
    },
    {
        "id": "login-with-amazon",
        "name": "Login with Amazon",
        "hosts": ("www.amazon.com",),
        "tenancy": "social",
        "claims": ("app_id", "user_id"),
        "pins": ("app_id", "user_id"),
        "subject": "user_id",
        "tenant_only": ("app_id",),
    },
    {
        # The directory of consumer accounts, which anybody can open.
        "id": "microsoft-accounts",
        "name": "personal Microsoft accounts",
        "hosts": (
            "login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
            "sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad",
        ),
        "tenancy": "shared",
        "pins": ("sub", "aud"),
    },
)
