"""Which values stand for real ones in documentation, and are nobody's?

Addresses: RFC 5737 and 3849, and 9637 for the second IPv6 range. Ids that are one character throughout or count up, or
that AWS's guides use:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html,
https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html.
"""

from __future__ import annotations

_ADDRESSES = (
    (4, 0xC0000200, 0xC00002FF),
    (4, 0xC6336400, 0xC63364FF),
    (4, 0xCB007100, 0xCB0071FF),
    (6, 0x20010DB8 << 96, (0x20010DB9 << 96) - 1),
    (6, 0x3FFF << 112, (0x3FFF1 << 108) - 1),
)
_COUNTED = ("0123456789abcdef0123456789", "1234567890abcdef01234567890", "abcdefghijklmnopqrstuvwxyz", "abcdef0123456789abcdef")
_GUIDES = frozenset({"1a2b3c4d", "111bbb22", "111bbccc", "11111aaaaa", "exampleorgid", "exampleorg", "aa111bb222"})


def is_documentation_address(version: int, first: int, last: int) -> bool:
    """Whether the addresses from `first` to `last` are all reserved for documentation."""
    return any(other == version and low <= first and last <= high for other, low, high in _ADDRESSES)


def is_made_up_id(text: str) -> bool:
    """Whether an id such as `vpc-12345678` or `o-xxxxxxxxxx` was written to show where one belongs."""
    body = text.partition("-")[2].lower()
    if len(body) < 4:
        return False
    return len(set(body)) == 1 or body in _GUIDES or any(counted.startswith(body) for counted in _COUNTED)
