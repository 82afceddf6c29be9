"""Could these bytes hold a policy? A look at them that is far cheaper than reading them as JSON or YAML."""

from __future__ import annotations

READ_BY_NAME = (".json", ".yaml", ".yml", ".template")
HEAD = 512

_TERRAFORM_WORDS = (b"aws_iam_policy_document", b"assume_role_policy", b"jsonencode", b'"Statement"')
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_WORDS = (
    *(b"PolicyDocument", b"Effect", b"\\u00", b"AWS::Lambda::Permission", b"LayerVersionPermission", b"EventBusPolicy"),
    *(b"FunctionUrlConfig", b"AdministratorAccess", b"IAMFullAccess"),
)
_TEMPLATE_MARKS = (b"{{", b"{%", b"<%", b"%{")


def is_candidate(name: str, head: bytes) -> bool:
    """Whether a file found in a folder is worth reading: it is JSON or YAML by its name, or begins as JSON does.

    `head` is how it begins. Many policies stand in files without an extension, or with one of a template language.
    """
    if head.startswith(_WIDE_MARKS):
        return name.lower().endswith(READ_BY_NAME)
    if 0 in head:
        return False
    return name.lower().endswith(READ_BY_NAME) or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def may_hold_policy(data: bytes) -> bool:
    """Whether the words of a policy occur; escapes such as `\\u0053tatement` count as any word."""
    text = _narrow(data)
    # To `find` a word costs half of asking whether it is `in`, which tries to take it for a number first.
    return text.find(b"tatement") >= 0 or any(word in text for word in _WORDS)


def looks_like_policy(data: bytes) -> bool:
    """Whether text that cannot be read as its format was surely meant to hold a policy."""
    text = _narrow(data)
    return (b"Statement" in text and (b"Effect" in text or b"Action" in text)) or b"PolicyDocument" in text


def is_template(data: bytes) -> bool:
    """Whether a template language stands in the text, so that it need not be JSON or YAML before that has run."""
    return any(mark in data for mark in _TEMPLATE_MARKS)


def may_hold_terraform_policy(data: bytes) -> bool:
    """Whether the words with which Terraform states a policy occur."""
    return any(word in data for word in _TERRAFORM_WORDS)


def _narrow(data: bytes) -> bytes:
    """The bytes with UTF-16's zeros left out, so that ASCII words can be found in them."""
    return data.replace(b"\0", b"") if data.startswith(_WIDE_MARKS) or 0 in data[:HEAD] else data
