"""Which circumstances make a finding worse or better than usual?

The words that `severity-when` lists on cards, each answered for one finding.
"""

from __future__ import annotations

from iamlint.policy.fixed import conditions_on, keys_of
from iamlint.policy.operator import Family
from iamlint.policy.principal import Form, names_machine
from iamlint.rulebook.errors import CardError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from iamlint.access.evaluation.request import Witness
    from iamlint.policy.statement import Statement
    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.query import Query

    Circumstance: TypeAlias = Callable[[Query, Witness], bool]


def holds(name: str, query: Query, witness: Witness) -> bool:
    """Whether the circumstance holds of the finding that `witness` proves; `not-x` denies `x`."""
    positive = name.removeprefix("not-")
    circumstance = CIRCUMSTANCES.get(positive)
    if circumstance is None:
        raise CardError(f"`severity-when` knows no `{positive}`", f"use one of {', '.join(CIRCUMSTANCES)}", path=query.case.rule)
    return circumstance(query, witness) != (positive != name)


def _vendor(query: Query, witness: Witness) -> bool:
    from iamlint.knowledge.vendors import vendor_of

    return vendor_of(query.subject.fields.get("account", "")) is not None


def _zone_configured(query: Query, witness: Witness) -> bool:
    return query.case.zone.configured


def _own_account(query: Query, witness: Witness) -> bool:
    return query.subject.fields.get("account", "") in query.case.zone.accounts


def _everyone(query: Query, witness: Witness) -> bool:
    return query.subject.text == "*"


def _shared_issuer(query: Query, witness: Witness) -> bool:
    """A token of an issuer from which everybody can have one."""
    return query.forbids.get("for-each") == "oidc-provider"


def _organization_wide(query: Query, witness: Witness) -> bool:
    """The question is about all of an organization."""
    return query.forbids.get("for-each") == "organization"


def _exact_role(query: Query, witness: Witness) -> bool:
    entries = query.subject.entries
    return bool(entries) and all(entry.form in (Form.ROLE, Form.SESSION) or _asks_for_roles(statement) for statement, entry in entries)


def _asks_for_roles(statement: Statement) -> bool:
    """Whether a condition takes roles alone that it writes out."""
    if not statement.conditions:
        return False
    from iamlint.policy.requires import requires_key

    return any(
        requires_key(condition, "aws:PrincipalArn")
        and not condition.operator.base.negated
        and all(isinstance(value, str) and ":role/" in value and not {*value} & {*"*?$"} for value in condition.values)
        for condition in statement.conditions
    )


def _user(query: Query, witness: Witness) -> bool:
    return bool(query.subject.entries) and all(entry.form is Form.USER for _, entry in query.subject.entries)


def _machine_user(query: Query, witness: Witness) -> bool:
    return names_machine(query.subject.fields.get("user", ""))


def _needs_mfa(query: Query, witness: Witness) -> bool:
    """Nobody gets in without MFA: people, who have no way to send an external id from the console."""
    if not keys_of(query.case.document.policy) & {"aws:multifactorauthpresent", "aws:multifactorauthage"}:
        return False
    lacking: dict[str, Fact] = {"aws:MultiFactorAuthPresent": {"not": "true"}, "aws:MultiFactorAuthAge": "absent"}
    return query.allowed({"context": lacking}) is None


def _needs_external_id(query: Query, witness: Witness) -> bool:
    """Nobody gets in without an external id, which a machine of a third party sends: people have no way to do so from the console."""
    asked = "sts:externalid" in keys_of(query.case.document.policy)
    return asked and query.allowed({"context": {"sts:ExternalId": "absent"}}) is None


def _long_term_keys(query: Query, witness: Witness) -> bool:
    return query.allowed({"context": {"aws:MultiFactorAuthPresent": "absent"}}) is not None


def _caller_chosen_gate(query: Query, witness: Witness) -> bool:
    return query.allowed({"context": {"caller-chosen": "elsewhere"}}) is None


def _any_external_id(query: Query, witness: Witness) -> bool:
    return query.allowed({"context": {"sts:ExternalId": "fresh"}}) is not None


def _weak_external_id(query: Query, witness: Witness) -> bool:
    from iamlint.policy.external_ids import weakness

    values = [value for _, condition in conditions_on(query.case.document.policy, "sts:externalid") for value in condition.values]
    return any(isinstance(value, str) and weakness(value, ()) is not None for value in values)


def _narrow_network(query: Query, witness: Witness) -> bool:
    """Every address range is at most a /24 (IPv6: /64), and every VPC is named."""
    from iamlint.access.sets.values import address_range

    for key in sorted(keys_of(query.case.document.policy) & {"aws:sourceip", "aws:vpcsourceip"}):
        for _, condition in conditions_on(query.case.document.policy, key):
            for value in condition.values if condition.operator.base.family is Family.IP else ():
                found = address_range(value) if isinstance(value, str) else None
                if found is None or found[2] - found[1] >= (1 << (8 if found[0] == 4 else 64)):
                    return False
    return True


def _own_organization(query: Query, witness: Witness) -> bool:
    return query.subject.fields.get("organization", "") in query.case.zone.organizations


def _organization_configured(query: Query, witness: Witness) -> bool:
    return bool(query.case.zone.organizations)


def _narrowed_identity(query: Query, witness: Witness) -> bool:
    """The caller's name or tags matter: a fresh name without tags is refused."""
    tested = keys_of(query.case.document.policy)
    context: dict[str, Fact] = {key: "absent" for key in tested if key.startswith("aws:principaltag/")}
    if "aws:principalarn" in tested:
        context["aws:PrincipalArn"] = {"like": "arn:aws:iam::*:role/zzzz"}
    return bool(context) and query.allowed({"context": context}) is None


def _google(query: Query, witness: Witness) -> bool:
    return query.subject.fields.get("issuer", "").lower() == "accounts.google.com"


def _external(query: Query, witness: Witness) -> bool:
    return not query.case.zone.configured or query.subject.fields.get("account", "") not in query.case.zone.inside


def _helped_claims_only(query: Query, witness: Witness) -> bool:
    """One of the claims that the role asks for is one that a stranger needs some help to get."""
    from iamlint.knowledge.issuers import find_issuer

    issuer, request = find_issuer(query.subject.fields["issuer"]), witness.request
    asked = [word for claim, word in issuer.abusable_claims.items() if request.value(issuer.key(claim).lower()) is not None]
    subject = str(request.value(issuer.key(issuer.subject_claim).lower())).split(":")
    if subject[0] in issuer.unbound_subjects:
        asked += [issuer.unbound_subjects[name] for name in subject if name in issuer.unbound_subjects]
    return "high" in asked


def _narrowed_token(query: Query, witness: Witness) -> bool:
    """A claim beside the subject matters: tokens with another environment or branch are refused."""
    return query.allowed({"token": {"abusable": "elsewhere"}}) is None


def _part_of_tenant(query: Query, witness: Witness) -> bool:
    """Only what lies in one part of a tenant gets in, the workspaces of a project."""
    token = query.forbids.get("token")
    return isinstance(token, dict) and "last" in token


def _one_app(query: Query, witness: Witness) -> bool:
    """The issuer signs people in to apps, and the audience is one app: its owner says who may sign in there."""
    from iamlint.knowledge.issuers import find_issuer

    return find_issuer(query.subject.fields["issuer"]).id in _SIGN_IN and query.allowed({"token": {"audience": "fresh"}}) is None


_SIGN_IN = frozenset({"auth0", "entra", "okta"})


def _any_namespace(query: Query, witness: Witness) -> bool:
    return query.allowed({"token": {"namespace": "fresh"}}) is not None


CIRCUMSTANCES: dict[str, Circumstance] = {
    "vendor": _vendor,
    "zone": _zone_configured,
    "own-account": _own_account,
    "external": _external,
    "everyone": _everyone,
    "shared-issuer": _shared_issuer,
    "organization-wide": _organization_wide,
    "exact-role": _exact_role,
    "user": _user,
    "machine-user": _machine_user,
    "mfa-required": _needs_mfa,
    "external-id-required": _needs_external_id,
    "long-term-keys": _long_term_keys,
    "caller-chosen-gate": _caller_chosen_gate,
    "any-external-id": _any_external_id,
    "weak-external-id": _weak_external_id,
    "narrow-network": _narrow_network,
    "own-organization": _own_organization,
    "organization": _organization_configured,
    "narrowed-identity": _narrowed_identity,
    "google": _google,
    "helped-claims": _helped_claims_only,
    "narrowed-token": _narrowed_token,
    "part-of-tenant": _part_of_tenant,
    "one-app": _one_app,
    "any-namespace": _any_namespace,
}
