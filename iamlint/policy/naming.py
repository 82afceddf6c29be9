"""Which principal does a value of a Principal element name, and if none, why not?

Forms: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html. Unique ids:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids.
"""

from __future__ import annotations

from iamlint.policy.arn import is_account, is_partition, split_arn
from iamlint.policy.pattern import Hole, Variable, split
from iamlint.policy.principal import Form, Principal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Route

# Identity providers that are trusted by their own name instead of by an ARN.
# Cognito is called otherwise elsewhere: https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html
WEB_IDENTITIES = frozenset(
    """
    accounts.google.com cognito-identity.amazonaws.com cognito-identity-us-gov.amazonaws.com cognito-identity.us-gov-east-1.amazonaws.com
    cognito-identity.cn-north-1.amazonaws.com.cn graph.facebook.com www.amazon.com
    """.split()
)

# Stands for a hole while a text is taken apart; a text that holds this character itself is no principal.
_HOLE = "\x1f"
# Sets of characters instead of regular expressions: compiling five of these costs more than a whole check of a policy.
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_IN_ID = frozenset(_LETTERS[:26] + "0123456789")
_IN_NAME = frozenset(_LETTERS + "_+=,.@-")
_IN_DOMAIN = frozenset(_LETTERS + "-.")
_IN_HEX = frozenset("0123456789abcdefABCDEF")
_DELETED = ("AIDA", "AROA", "AGPA", "AIPA")
_ACCESS_KEYS = ("AKIA", "ASIA")
# The second half are those of the European sovereign cloud and of the isolated partitions.
_DOMAINS = (
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazon.com",
    ".amazonaws.eu",
    ".c2s.ic.gov",
    ".sc2s.sgov.gov",
    ".csp.hci.ic.gov",
    ".cloud.adc-e.uk",
)
# S3 shows 64 digits; a CloudFront origin access identity has 96.
_CANONICAL = (64, 96)
_ACCESS_IDENTITY = "user/CloudFront Origin Access Identity "


def read_principal(type: str, text: str, route: Route) -> Principal:
    """The principal that `text` names under the key `type` (`*`: as the bare string)."""
    if text == "*" and type in ("AWS", "Federated", "*"):
        return Principal(type, text, Form.EVERYONE, route)
    plain = text
    if _HOLE in text:
        return _invalid(type, text, route, "there is a control character in it")
    if text != text.strip():
        return _invalid(type, text, route, "there is white space around it")
    if "{" in text or "<" in text:
        parts = split(text)
        if any(isinstance(part, Variable) for part in parts):
            return _invalid(type, text, route, "policy variables are not replaced in a principal")
        plain = "".join([_masked(part) for part in parts])
    reader = _READERS.get(type)
    if reader is None:
        return _unread(type, text, plain, route)
    return reader(type, text, plain, route)


def unknown_principal(type: str, label: str, route: Route) -> Principal:
    """A principal that the source leaves open."""
    return Principal(type, label, Form.UNKNOWN, route)


def _masked(part: object) -> str:
    if isinstance(part, Hole):
        # The domain of service names in the partition: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
        return "amazonaws.com" if part.label == "AWS::URLSuffix" else _HOLE
    return part if isinstance(part, str) else "$"


def _known(field: str) -> str:
    return "" if _HOLE in field else field


def _invalid(type: str, text: str, route: Route, why: str) -> Principal:
    return Principal(type, text, Form.INVALID, route, why=why)


def _unread(type: str, text: str, plain: str, route: Route) -> Principal:
    if type == "*":
        if _HOLE in plain:
            return Principal(type, text, Form.UNKNOWN, route)
        return _invalid(type, text, route, "only `*` may stand here without a key such as `AWS`")
    return _invalid(type, text, route, f"`{type}` is not a kind of principal")


def _aws(type: str, text: str, plain: str, route: Route) -> Principal:
    if is_account(plain):
        return Principal(type, text, Form.ACCOUNT, route, account=plain)
    if _is_id(plain, _DELETED):
        return Principal(type, text, Form.DELETED, route, name=plain)
    fields = split_arn(plain)
    if fields is None:
        if _HOLE in plain:
            return Principal(type, text, Form.UNKNOWN, route)
        return _invalid(type, text, route, _why_not_aws(plain))
    why = _why_not_arn(fields) or _why_no_identity(fields)
    if why:
        return _invalid(type, text, route, why)
    return _identity(type, text, fields, route)


def _why_not_arn(fields: tuple[str, ...]) -> str:
    """What is wrong with the leading fields of a principal's ARN, or nothing."""
    _, partition, service, region, account, resource = fields
    if partition != _HOLE and not is_partition(partition):
        return _odd("partition", partition)
    if service not in ("iam", "sts", _HOLE):
        return f"an ARN of `{service}` names no principal"
    if region and _HOLE not in region:
        return "the ARN of a principal has no region"
    if _HOLE in account or is_account(account) or (account == "cloudfront" and resource.startswith(_ACCESS_IDENTITY)):
        return ""
    return _odd("account id", account)


def _odd(noun: str, field: str) -> str:
    if not field:
        return f"its {noun} is empty"
    if "*" in field or "?" in field:
        return f"a wildcard cannot stand for part of a principal, here its {noun}"
    if noun == "account id" and field.isdigit():
        return f"an account id has 12 digits, not {len(field)}"
    return f"`{field}` is not {'an' if noun[0] == 'a' else 'a'} {noun}"


def _why_no_identity(fields: tuple[str, ...]) -> str:
    """Why the service and the resource of an IAM or STS ARN name no identity, or nothing."""
    service, resource = fields[2], fields[5]
    if resource == "root" or fields[4] == "cloudfront":
        return "" if service != "sts" else "the root of an account is an ARN of `iam`"
    if "*" in resource or "?" in resource:
        return "a wildcard cannot stand for part of a principal"
    kind, slash, name = resource.partition("/")
    if _HOLE in kind:
        return ""
    expected = _IDENTITIES.get(kind)
    if expected is None:
        return _NO_IDENTITY.get(kind, f"`{resource}` is not a user, role or session")
    if service not in (expected, _HOLE):
        return f"the ARN of `{kind}/…` is one of `{expected}`"
    if not slash or not name:
        return f"the name after `{kind}/` is missing"
    return _why_no_name(kind, name)


def _why_no_name(kind: str, name: str) -> str:
    if kind == "assumed-role" and name.count("/") != 1 and _HOLE not in name:
        if "/" in name:
            return "the ARN of a session has the role's name without its path"
        return "the session's name is missing: `assumed-role/ROLE/SESSION`"
    if _HOLE in name or _is_name(name):
        return ""
    return f"`{name}` is not a name of IAM"


_IDENTITIES = {"user": "iam", "role": "iam", "assumed-role": "sts", "federated-user": "sts"}
_NO_IDENTITY = {
    "group": "a group cannot be a principal",
    "saml-provider": "an identity provider stands under `Federated`",
    "oidc-provider": "an identity provider stands under `Federated`",
    "instance-profile": "an instance profile is not a principal, its role is",
    "policy": "a policy is not a principal",
    "": "it names no user, role or session",
}
_FORMS = {"user": Form.USER, "role": Form.ROLE, "assumed-role": Form.SESSION, "federated-user": Form.FEDERATED_USER}


def _identity(type: str, text: str, fields: tuple[str, ...], route: Route) -> Principal:
    _, partition, _, _, account, resource = fields
    kind, _, name = resource.partition("/")
    session = ""
    if account == "cloudfront":
        return Principal(type, text, Form.CANONICAL, route, partition=partition, name=name.rpartition(" ")[2])
    if kind == "assumed-role":
        name, _, session = name.partition("/")
    form = Form.ACCOUNT if resource == "root" else _FORMS.get(kind, Form.UNKNOWN)
    if _HOLE in account or _HOLE in resource:
        form = Form.UNKNOWN
    return Principal(
        type, text, form, route, account=_known(account), partition=_known(partition), name=_known(name), session=_known(session)
    )


def _why_not_aws(text: str) -> str:
    """Why `text`, which is neither an account id nor an ARN, is no AWS principal."""
    if text.startswith(("arn:", "arn ")):
        return "an ARN has six fields: `arn:aws:iam::ACCOUNT:role/NAME`"
    digits = text.replace("-", "")
    if digits.isdigit():
        return f"an account id has 12 digits, not {len(digits)}" if len(digits) != 12 else "an account id has no dashes"
    return next((why for test, why in _MISTAKEN if test(text)), "it is neither an account id nor an ARN of a user, role or session")


def _is_id(text: str, prefixes: tuple[str, ...]) -> bool:
    return len(text) >= 16 and text[:4] in prefixes and _IN_ID.issuperset(text)


def _is_name(text: str) -> bool:
    path, slash, name = text.rpartition("/")
    return bool(name) and _IN_NAME.issuperset(name) and (not slash or (path.isascii() and path.isprintable() and " " not in path))


def _is_service(text: str) -> bool:
    return text.endswith(_DOMAINS) and text[0] != "." and ".." not in text and _IN_DOMAIN.issuperset(text)


def _is_canonical(text: str) -> bool:
    return len(text) in _CANONICAL and _IN_HEX.issuperset(text)


_MISTAKEN = (
    (lambda text: not text, "it is empty"),
    (lambda text: "://" in text, "a URL is not a principal"),
    (_is_service, "a service stands under `Service`"),
    (_is_canonical, "a canonical user id stands under `CanonicalUser`"),
    (lambda text: _is_id(text, _ACCESS_KEYS), "an access key is not a principal"),
    (lambda text: "*" in text or "?" in text, "a wildcard cannot stand for part of a principal"),
)


def _service(type: str, text: str, plain: str, route: Route) -> Principal:
    if _HOLE in plain:
        return Principal(type, text, Form.UNKNOWN, route)
    if _is_service(plain):
        return Principal(type, text, Form.SERVICE, route, name=plain)
    if "*" in plain or "?" in plain:
        why = "a wildcard cannot stand for services, name each one"
    elif plain.startswith("arn:") or is_account(plain):
        why = "an account or ARN stands under `AWS`"
    else:
        from iamlint.knowledge.service_principals import suggest_service_principal

        why = f"a service is named like `{suggest_service_principal(plain) or 'lambda.amazonaws.com'}`"
    return _invalid(type, text, route, why)


def _federated(type: str, text: str, plain: str, route: Route) -> Principal:
    if plain in WEB_IDENTITIES:
        return Principal(type, text, Form.OIDC, route, name=plain)
    fields = split_arn(plain)
    if fields is None:
        if _HOLE in plain:
            return Principal(type, text, Form.UNKNOWN, route)
        return _invalid(type, text, route, _why_no_provider(plain))
    _, partition, service, _, account, resource = fields
    kind, _, name = resource.partition("/")
    form = {"saml-provider": Form.SAML, "oidc-provider": Form.OIDC}.get(kind)
    if "*" in plain and form is not None:
        # A pattern of providers trusts them all, whatever IAM makes of it: rule federated-wildcard.
        return Principal(type, text, Form.EVERYONE, route, account="" if "*" in account else _known(account), partition=_known(partition))
    why = _why_not_arn(fields)
    if why or (form is None and _HOLE not in kind) or service == "sts" or not name.strip("/"):
        return _invalid(type, text, route, why or "it is not the ARN of a SAML or OIDC provider")
    if form is None or _HOLE in name:
        form = Form.UNKNOWN
    return Principal(type, text, form, route, account=_known(account), partition=_known(partition), name=_known(name))


def _why_no_provider(text: str) -> str:
    if "://" in text:
        return "a provider is named by its ARN, not by its URL"
    if "." in text and ":" not in text:
        return "an OIDC provider is named by its ARN: `arn:aws:iam::ACCOUNT:oidc-provider/HOST`"
    return "it is neither the ARN of an identity provider nor a built-in one"


def _canonical(type: str, text: str, plain: str, route: Route) -> Principal:
    if _HOLE in plain:
        return Principal(type, text, Form.UNKNOWN, route)
    if _is_canonical(plain):
        return Principal(type, text, Form.CANONICAL, route, name=plain)
    return _invalid(type, text, route, "a canonical user id is 64 hexadecimal digits")


_READERS = {"AWS": _aws, "Service": _service, "Federated": _federated, "CanonicalUser": _canonical}
