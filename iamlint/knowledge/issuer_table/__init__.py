"""What is documented of each OIDC issuer that IAM roles trust: tenancy, claims, subjects?

Shared issuers, and the claim that IAM wants tested before it saves trust in one:
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html.
Claims that STS exposes beyond the standard ones:
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html.

A row names hosts (`*` stands for one label or path segment), and what `Issuer` documents. `shapes` are templates of what a claim says:
`{tenant}` runs to the text that follows it in the template, `{project/}` may hold slashes. `formats` are patterns of the values that
some tenant or other can have, in the language of `key_table`, with `.*` for any text.
"""

from __future__ import annotations

from iamlint.knowledge.issuer_table.consumer import CONSUMER
from iamlint.knowledge.issuer_table.own import OWN
from iamlint.knowledge.issuer_table.shared import SHARED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.knowledge.issuer_table.claims import Row

# An address that several rows fit is that of the first.
ROWS: tuple[Row, ...] = SHARED + CONSUMER + OWN
