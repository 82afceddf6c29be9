"""What would the token of a witness look like on its platform, and whom and what does it name?

A search gives names like `zz`, because nobody wrote them down. Here they become names that read like a token's, as far as the policy still
lets the request in; evaluation has the last word.
"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import Outcome, evaluate
from iamlint.access.evaluation.request import Request, Witness
from iamlint.access.sets.fits import fits
from iamlint.knowledge.issuers import find_issuer
from iamlint.knowledge.nouns import nouns
from iamlint.knowledge.subjects import fields_of
from iamlint.policy.fixed import conditions_on
from iamlint.rulebook.tokens import known_tenants

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.case import Case
    from iamlint.knowledge.subjects import Segment

_PHASES = ("pull_request", "plan", "apply")
_IDS = {"tenant-id": "1234567", "project-id": "7654321"}
_POOL = "us-east-1:99999999-8888-4777-8666-555555555555"
_RUNS = {
    "ref:refs/heads/": "branch",
    "ref:refs/tags/": "tag",
    "ref_type:branch:": "branch",
    "ref_type:tag:": "tag",
    "environment:": "job with an environment",
}
# Claims whose value names something greater than a tenant.
_ABOVE = {"enterprise_id": "enterprise"}
_CONTEXTS = {"ref:refs/heads/": "any-branch", "ref_type:branch:ref:": "any-branch", "environment:": "any-environment"}


class Specimens:
    """The tokens of one issuer as one policy sees them; `strange` says that they are of tenants other than ours."""

    __slots__ = ("case", "issuer", "strange")

    def __init__(self, case: Case, host: str, *, strange: bool) -> None:
        self.case = case
        self.issuer = find_issuer(host)
        self.strange = strange

    def real_looking(self, witness: Witness) -> Witness:
        """The witness with a token that could be real, let in by the same statements."""
        issuer, request = self.issuer, witness.request
        for claim in dict.fromkeys(
            (*[claim for claim in issuer.tenant_claims if claim != issuer.subject_claim], issuer.subject_claim, "aud")
        ):
            key = issuer.key(claim).lower()
            value = request.value(key)
            if not isinstance(value, str) or value in self._texts(claim):
                continue
            shape = self._shape(claim, value)
            if shape is None:
                request = self._better(witness, request, key, self._opaque(claim)) or request
            else:
                request = self._better_parts(witness, request, claim, shape)
        return Witness(request, witness.statements)

    def named_in(self, request: Request) -> dict[str, str]:
        """What messages can say of a token.

        `owner` and `named` are the tenant and the project that it belongs to, `within` is what holds all that get in as it does.
        """
        issuer = self.issuer
        subject = request.value(issuer.key(issuer.subject_claim).lower())
        parts = issuer.split(subject) if isinstance(subject, str) else ()
        owner = next((part.text for part in parts if part.level == "tenant"), "")
        project = next((part.text for part in reversed(parts) if part.level == "project" and part.name not in _IDS), "")
        together = f"{owner}/{project}" in str(subject) or f"{owner}@" in str(subject)
        named = f"{owner}/{project}" if together else project
        if not self.strange:
            owner = owner if self._written(owner, issuer.subject_claim) else self._pinned(issuer.tenant_only, owner)
            others = [claim for claim in issuer.tenant_claims if claim not in issuer.tenant_only and claim != issuer.subject_claim]
            named = named if self._written(project, issuer.subject_claim) else self._pinned(others, named)
        return {"owner": owner, "named": named, "within": self._within(parts, owner), **self._runs(str(subject))}

    def _runs(self, subject: str) -> dict[str, str]:
        """In what the runs differ that the pattern of the subject takes, where it says that."""
        for pattern in self._texts(self.issuer.subject_claim):
            context = next((part.text for part in self.issuer.split(pattern) if part.level == "context"), "")
            word = next((word for start, word in _RUNS.items() if context.startswith(start)), "")
            if word and fits(pattern, subject):
                return {"runs": word}
        return {}

    def _within(self, parts: Sequence[Segment], owner: str) -> str:
        """The innermost part of a subject that the policy names, of those around the project."""
        projects = [part for part in parts if part.level == "project" and part.name not in _IDS]
        around, group = projects[:-1], f"{owner}/{projects[-1].text.rpartition('/')[0]}" if projects else ""
        if not group.endswith("/") and self._written(f"{group}/", self.issuer.subject_claim):
            return f"{nouns(self.issuer).tenant} `{group}`"
        if around and self._written(around[-1].text, self.issuer.subject_claim):
            return f"{around[-1].name} `{around[-1].text}`"
        claim = next((claim for claim in _ABOVE if owner in self._texts(claim)), "")
        return f"{_ABOVE[claim] if claim else nouns(self.issuer).tenant} `{owner}`"

    def _pinned(self, claims: Sequence[str] | frozenset[str], otherwise: str) -> str:
        return next((text for claim in sorted(claims) for text in self._texts(claim)), otherwise)

    def _texts(self, claim: str) -> list[str]:
        """What the policy's conditions say of a claim."""
        tests = conditions_on(self.case.document.policy, self.issuer.key(claim).lower())
        return [value for _, condition in tests for value in condition.values if isinstance(value, str)]

    def _written(self, text: str, claim: str) -> bool:
        return len(text) > 1 and any(text in value for value in self._texts(claim))

    def _better(self, witness: Witness, request: Request, key: str, value: str) -> Request | None:
        """The request with another value, if the policy lets that in as it did the witness."""
        carried = {request.names[name]: before for name, before in request.context.items()}
        changed = Request(request.action, request.caller, request.resource, {**carried, request.names.get(key, key): value})
        decision = evaluate(self.case.document.policy, changed)
        same = {*witness.statements} <= {statement.index for statement in decision.statements}
        return changed if decision.outcome is Outcome.ALLOWED and same else None

    def _better_parts(self, witness: Witness, request: Request, claim: str, shape: str) -> Request:
        key = self.issuer.key(claim).lower()
        parts = self._split(claim, str(request.value(key)))
        texts = [part.text for part in parts]
        beside = self._said_beside(request, claim)
        for position, part in enumerate(parts):
            names = self._names(claim, part)
            for name in [beside[part.name], *names] if part.name in beside else names:
                changed = self._better(witness, request, key, _put_together(shape, [*texts[:position], name, *texts[position + 1 :]]))
                if changed is not None:
                    request, texts[position] = changed, name
                    break
        return request

    def _said_beside(self, request: Request, claim: str) -> dict[str, str]:
        """What the token's other claims say of the parts of `claim`: a repository's owner is the same in all of them."""
        said: dict[str, str] = {}
        for other in dict.fromkeys((*self.issuer.tenant_claims, self.issuer.subject_claim)):
            value = request.value(self.issuer.key(other).lower())
            if other != claim and isinstance(value, str):
                parts = self._split(other, value)
                said |= {part.name: part.text for part in parts if claim == self.issuer.subject_claim or self._written(part.text, other)}
        return said

    def _split(self, claim: str, value: str) -> tuple[Segment, ...]:
        return self.issuer.split(value, "" if claim == self.issuer.subject_claim else claim)

    def _shape(self, claim: str, value: str) -> str | None:
        """The shape in which `value` is written."""
        parts = self._split(claim, value)
        texts = [part.text for part in parts]
        for shape in self.issuer.shapes.get(claim, ()):
            if len(fields_of(shape)[1]) == len(parts) and _put_together(shape, texts) == value:
                return shape
        return None

    def _opaque(self, claim: str) -> str:
        if self.issuer.id == "cognito":
            return _POOL
        return "an-audience-of-their-own" if claim == "aud" else "anyone"

    def _names(self, claim: str, part: Segment) -> Iterator[str]:
        """Names for one part of a subject, where the search made one up."""
        words = nouns(self.issuer)
        if self._written(part.text, claim) or part.text in _PHASES:
            return
        if part.level == "tenant" and part.name not in _IDS:
            yield from self._tenants(claim, part.text)
        elif part.level == "context":
            yield from [start + _CONTEXTS[start] if start else self._usual_context() for start in words.contexts]
        else:
            group, slash, _ = part.text.rpartition("/")
            name = _IDS.get(part.name, f"any-{words.project if part.name == 'project' else part.name}".replace(" ", "-"))
            yield from [f"{group}/{name}", name] if slash else [name]

    def _usual_context(self) -> str:
        usual = next((part.text for part in self.issuer.split(self.issuer.template) if part.level == "context"), "*")
        return "any-run" if "*" in usual else usual

    def _tenants(self, claim: str, text: str) -> Iterator[str]:
        if not self.strange:
            yield f"your-{nouns(self.issuer).tenant}"
            return
        for name in known_tenants(self.case, self.issuer, claim):
            if text.startswith(name):
                yield f"{name}evil" if name.endswith("-") else f"{name}-evil"
            elif text.endswith(name):
                yield f"evil-{name}"
        yield "someone-else"


def _put_together(shape: str, texts: Sequence[str]) -> str:
    """The value of a claim in a shape with these texts for its fields."""
    start, fields = fields_of(shape)
    return start + "".join([text + following for text, (_, _, following) in zip(texts, fields, strict=True)])
