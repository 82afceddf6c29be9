"""Which addresses never reach AWS as the source of a request over the internet?

RFC 1918 (private), 6598 (carriers), 1122 (loopback), 3927 (link-local); RFC 4193 and 4291 for IPv6. Requests from them come through a VPC
endpoint, with the address in `aws:VpcSourceIp`:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip.
"""

from __future__ import annotations

# IP version, first and last address, and what the range is.
RANGES = (
    (4, 0x0A000000, 0x0AFFFFFF, "private"),
    (4, 0xAC100000, 0xAC1FFFFF, "private"),
    (4, 0xC0A80000, 0xC0A8FFFF, "private"),
    (4, 0x64400000, 0x647FFFFF, "shared by a carrier's customers"),
    (4, 0x7F000000, 0x7FFFFFFF, "a loopback"),
    (4, 0xA9FE0000, 0xA9FEFFFF, "link-local"),
    (6, 1, 1, "a loopback"),
    (6, 0xFC << 120, (0xFE << 120) - 1, "private"),
    (6, 0xFE80 << 112, (0xFEC0 << 112) - 1, "link-local"),
)


def privacy(version: int, first: int, last: int) -> str | None:
    """What makes the addresses from `first` to `last` private ("... is {privacy}"); None when some of them are not."""
    for other, low, high, what in RANGES:
        if other == version and low <= first and last <= high:
            return what
    return None
