"""Whose tokens, of identity providers at which a stranger can get one, does only the newer of two policies let in?

A provider of one tenant, of one cluster or of our own was made ours when it was registered in the account: its tokens are not a stranger's.
"""

from __future__ import annotations

from iamlint.access.newcomers import Newcomer
from iamlint.access.search.question import action_is, caller_is, key_is, provider_is, provider_not_like
from iamlint.access.sets.glob import STAR, concatenation, exact, literal_item, wildcard
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.issuers import Tenancy, find_issuer, normalize_host
from iamlint.knowledge.sts import WITH_SAML, WITH_WEB_IDENTITY
from iamlint.policy.document import Kind
from iamlint.policy.fixed import conditions_on, entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.newcomers import Arrivals
    from iamlint.access.search.cube import Clause
    from iamlint.access.sets.glob import Glob
    from iamlint.knowledge.issuers import Issuer
    from iamlint.policy.principal import Principal

_PROJECTS = ("{project/}", "{project}", "{workspace}", "{stack}")
_MOST = 64


def tenants(arrivals: Arrivals) -> Iterator[Newcomer]:
    """The tenants that get in, by provider; everybody at a provider is told of as that."""
    if arrivals.kind is not Kind.TRUST:
        return
    unnamed = _of_any_provider(arrivals)
    if unnamed is not None:
        arrivals.told.update(unnamed.statements)
        yield Newcomer("*", "everybody at any identity provider", unnamed, first=True, everybody=True)
    seen: set[str] = set()
    for _, entry in entries(arrivals.change.new, Effect.ALLOW):
        if entry.form is Form.OIDC and entry.text not in seen and find_issuer(entry.name).open:
            seen.add(entry.text)
            yield from _Provider(arrivals, entry).newcomers()


def _of_any_provider(arrivals: Arrivals) -> Witness | None:
    change = arrivals.change
    named = [entry.text for policy in (change.old, change.new) for _, entry in entries(policy) if entry.type == "Federated"]
    asked = [action_is(WITH_WEB_IDENTITY, WITH_SAML), caller_is(CallerKind.WEB_IDENTITY, CallerKind.SAML)]
    return change.gained([*asked, provider_not_like(*[text for text in named if "*" not in text])], arrivals.allows())


class _Provider:
    """A provider as the two policies see it; `claims` are those that tell its tenants apart and that one of the policies tests."""

    __slots__ = ("arrivals", "asked", "claims", "entry", "issuer")

    def __init__(self, arrivals: Arrivals, entry: Principal) -> None:
        self.arrivals = arrivals
        self.entry = entry
        self.issuer: Issuer = find_issuer(entry.name)
        self.asked = [action_is(WITH_WEB_IDENTITY), caller_is(CallerKind.WEB_IDENTITY), provider_is(entry.text)]
        claims = dict.fromkeys((self.issuer.subject_claim, *self.issuer.tenant_claims))
        self.claims = [claim for claim in claims if self.issuer.key(claim).lower() in arrivals.tested]

    def newcomers(self) -> Iterator[Newcomer]:
        """Everybody at the provider, or else the tenants that the newer policy names and that are not ours."""
        statements = self.arrivals.allows()
        found = self._gained(self._strangers(), statements)
        if found is not None:
            who = f"everybody at {self.issuer.name}"
            yield Newcomer(self.entry.text, who, found[0], first=found[1], everybody=True, entry=self.entry)
            return
        ours = self._ours()
        for tenant in self._named() if self.issuer.tenancy is Tenancy.SHARED else ():
            if tenant in ours or self.arrivals.home.may_include(tenant):
                continue
            found = self._gained([self._of(tenant)], statements)
            if found is not None:
                who = f"`{tenant}` at {self.issuer.name}"
                yield Newcomer(tenant, who, found[0], first=found[1], sure=bool(ours), entry=self.entry)

    def _gained(self, question: list[Clause], statements: set[int]) -> tuple[Witness, bool] | None:
        found = self.arrivals.gained([*self.asked, *question], statements)
        if found is None:
            return None
        for text in self._examples():
            subject = key_is(self.arrivals.change.space, self.issuer.key(self.issuer.subject_claim), TextSet((exact(text),)))
            real = self.arrivals.change.gained([*self.asked, *question, subject], statements)
            if real is not None:
                return real, found[1]
        return found

    def _strangers(self) -> list[Clause]:
        """Tokens of tenants that neither policy names, and that are not ours."""
        named = {*self._named(), *self._ours()}
        clauses: list[Clause] = []
        for claim in self.claims:
            known = [glob for tenant in named for glob in self._values(claim, tenant)]
            if known:
                key = self.issuer.key(claim)
                clauses.append(key_is(self.arrivals.change.space, key, TextSet(known, complemented=True), absent=True))
            clauses += self.arrivals.elsewhere(self.issuer.key(claim)) if not self.issuer.shapes.get(claim) else ()
        return clauses

    def _of(self, tenant: str) -> Clause:
        """Tokens of a tenant, by any claim that says so."""
        space = self.arrivals.change.space
        return tuple(
            [
                cube
                for claim in self.claims
                for cube in key_is(space, self.issuer.key(claim), TextSet(self._values(claim, tenant) or [exact(tenant)]))
            ]
        )

    def _values(self, claim: str, tenant: str) -> list[Glob]:
        """What the claim of a tenant says: what its documented shapes and the policies let it."""
        written = [wildcard(text) for text in self._texts(claim) if self._tenant(claim, text) == (tenant, True)]
        parted = [shape.partition("{tenant}") for shape in self.issuer.shapes.get(claim, ())]
        return written + [
            concatenation([literal_item(char) for char in before + tenant + after[:1]], (STAR,) if after else ())
            for before, marker, after in parted
            if marker and "{" not in before
        ]

    def _named(self) -> list[str]:
        """The tenants that one of the policies names, as far as a wildcard lets them be told."""
        found: dict[str, None] = {}
        for claim in self.claims:
            for value in self._texts(claim):
                name, _ = self._tenant(claim, value)
                if name:
                    found[name] = None
                elif not self.issuer.shapes.get(claim) and "*" not in value and "?" not in value:
                    found[value] = None
        return list(found)[:_MOST]

    def _tenant(self, claim: str, value: str) -> tuple[str, bool]:
        """The tenant that a value names (up to a wildcard), and whether that is all of its name."""
        parts = self.issuer.split(value, "" if claim == self.issuer.subject_claim else claim)
        named = next((part for part in parts if part.level == "tenant"), None)
        if named is None:
            return "", False
        return named.text.partition("*")[0].partition("?")[0], named.fixed and (named.closed or named is parts[-1])

    def _texts(self, claim: str) -> list[str]:
        key = self.issuer.key(claim).lower()
        change = self.arrivals.change
        tests = [condition for policy in (change.new, change.old) for _, condition in conditions_on(policy, key)]
        return [value for condition in tests for value in condition.values if isinstance(value, str)]

    def _ours(self) -> set[str]:
        host = normalize_host(self.issuer.host)
        return {name for known, names in self.arrivals.home.tenants.items() if normalize_host(known) == host for name in names}

    def _examples(self) -> Iterator[str]:
        """Subjects that read like a token's: those that the policy writes, and one of somebody else."""
        claim = self.issuer.subject_claim
        for shape in self.issuer.shapes.get(claim, ())[:1]:
            end = "ref:refs/heads/main" if self.issuer.id.startswith("github") else self.issuer.template.rpartition(":")[2]
            starts = [name for name, whole in [self._tenant(claim, text) for text in self._texts(claim)] if name and not whole]
            for tenant in ("someone-else", *[f"{start}-evil" for start in starts]):
                text = shape.replace("{tenant}", tenant).replace("{context}", end)
                for field in _PROJECTS:
                    text = text.replace(field, "anything")
                yield text
        for text in self._texts(claim):
            yield text.replace("*", "anything").replace("?", "x")
