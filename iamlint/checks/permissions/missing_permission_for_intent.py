"""Does an identity lack what the calls need that the settings expect to work?"""

from __future__ import annotations

from iamlint.access.alter import joined
from iamlint.access.evaluation.evaluate import action_applies, resource_applies
from iamlint.access.evaluation.scope import Scope
from iamlint.access.lacking import eased, lacking
from iamlint.finding import Fix, Safety
from iamlint.policy.beside import policies_beside
from iamlint.policy.document import Kind
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.intent import Call, Intent, Need
    from iamlint.access.lacking import Lack
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Policy, Statement


class _Holder:
    """Whom one name of the settings means: policies that count together, each with the case that it was found by."""

    __slots__ = ("_owners", "_parts", "policy")

    def __init__(self, parts: Sequence[tuple[Case, Document]]) -> None:
        self._parts = parts
        policies = [eased(document.policy) for _, document in parts]
        self.policy: Policy = joined(policies)
        self._owners = [
            (case, document, original)
            for (case, document), policy in zip(parts, policies, strict=True)
            for statement in policy.statements
            for original in document.policy.statements
            if original.index == statement.index
        ]

    def denying(self, lack: Lack) -> tuple[Case, Place, str]:
        """Where what is lacking is denied."""
        case, _, statement = self._owners[lack.denying[0]]
        return case, Place(statement.actions.route if statement.actions is not None else statement.route), "takes it back"

    def nearest(self, need: Need, lack: Lack) -> tuple[Case, Place, str]:
        """Where a policy comes nearest to allowing what is lacking."""
        allows = [one for one in self._owners if one[2].allows]
        for rank in (_is_about_action, _is_about_resource, _is_of_service):
            for case, document, statement in allows:
                actions, resources = statement.actions, statement.resources
                if actions is None or resources is None or not rank(statement, Scope(lack.request, document.policy.variables, True)):
                    continue
                if rank is _is_about_action:
                    return case, Place(resources.route), "not on this"
                return case, Place(actions.route), f"`{need.action}` is not among them" if actions.listed else f"not `{need.action}`"
        case, document = self._parts[0]
        return case, Place(document.route), ""


def _is_about_action(statement: Statement, scope: Scope) -> bool:
    return action_applies(statement, scope)


def _is_about_resource(statement: Statement, scope: Scope) -> bool:
    return _is_of_service(statement, scope) and resource_applies(statement, scope)


def _is_of_service(statement: Statement, scope: Scope) -> bool:
    service = scope.request.action.partition(":")[0].lower()
    return statement.actions is not None and f"\n{service}:" in statement.actions.text


def check(cases: Sequence[Case]) -> Iterator[Finding]:
    """A finding for each action and resource that a call needs and that the policies refuse."""
    found: dict[str, list[Case]] = {}
    intents: dict[str, list[Intent]] = {}
    for case in cases:
        for intent in case.intents:
            found.setdefault(intent.name, []).append(case)
            if intent not in intents.setdefault(intent.name, []):
                intents[intent.name].append(intent)
    for name, meant in found.items():
        parts = _parts(meant)
        if parts:
            yield from _lacking(_Holder(parts), intents[name])


def _parts(cases: Sequence[Case]) -> list[tuple[Case, Document]]:
    """The policies that are meant; none where some of what they allow is not in the sources."""
    found: dict[tuple[int, tuple[int, ...]], tuple[Case, Document]] = {}
    for case in cases:
        documents: tuple[Document, ...] = (case.document,)
        if case.document.kind is Kind.TRUST:
            beside = policies_beside(case.document)
            if beside is not None and beside.partial:
                return []
            documents = beside.documents if beside is not None else ()
        if not all(document.policy.complete for document in documents):
            return []
        for document in documents:
            found.setdefault((id(document.tree), document.route), (case, document))
    return list(found.values())


def _lacking(holder: _Holder, intents: Sequence[Intent]) -> Iterator[Finding]:
    told: set[Need] = set()
    for intent in intents:
        for call in intent.calls:
            for need in call.needs:
                lack = lacking(holder.policy, need) if need not in told else None
                told.add(need)
                if lack is not None:
                    yield _finding(holder, intent, call, need, lack)


def _finding(holder: _Holder, intent: Intent, call: Call, need: Need, lack: Lack) -> Finding:
    case, place, label = holder.denying(lack) if lack.denying else holder.nearest(need, lack)
    on = f" on `{need.resource}`" if need.resource is not None else ""
    needs = f"`{call.name}`{on} is to work" if call.name == need.action else f"`{call.name}` needs `{need.action}`{on}"
    where = f" on `{lack.request.resource}`" if lack.some else ""
    return case.finding(
        f"{needs}, and {'a Deny takes it back' if lack.denying else 'no statement allows it'}{where}",
        place,
        label=label,
        subject=need.action,
        fix=Fix(Safety.MANUAL, f"allow `{need.action}`{on}, or take the call out of `expects` in {intent.origin}"),
    )
