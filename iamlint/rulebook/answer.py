"""What does a card say of a request that gets in: where, in which words, how bad, and how to mend it?"""

from __future__ import annotations

from iamlint.access.evaluation.request import Request
from iamlint.finding import Fix, Label, Safety
from iamlint.knowledge.keys import key_class
from iamlint.policy.fixed import conditions_on, keys_of
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.evaluation.request import Witness
    from iamlint.finding import Finding, Severity
    from iamlint.policy.statement import Statement
    from iamlint.rulebook.card import Card
    from iamlint.rulebook.loophole import Loophole
    from iamlint.rulebook.query import Query


_GITHUB = "token.actions.githubusercontent.com"


def answered(card: Card, query: Query, witness: Witness) -> Finding:
    """The finding that `witness` proves."""
    witness, told = _of_tokens(query, witness)
    fields = _Fields(query, witness)
    fields.update(told)
    loophole = _loophole(card, query, witness)
    if loophole is not None:
        fields["why"] = loophole.why
        statement: Statement | None = loophole.statement
        primary, secondary = loophole.primary, loophole.secondary or _let_in(query, loophole.statement, card.label.format_map(fields))
    else:
        statement = _blamed(query, witness)
        where = _place(card, query, witness, statement)
        primary, secondary = Label(where, card.label.format_map(fields)), _secondary(query, statement, where)
    return query.case.finding(
        card.message.format_map(fields),
        primary.place,
        label=primary.text,
        secondary=secondary,
        severity=_severity(card, query, witness),
        statement=None if statement is None else statement.index,
        subject=query.subject.text,
        witness=_telling(query, witness.request),
        fix=_fix(card, query, loophole, card.help.format_map(fields)),
        aws_codes=_codes(card, query, loophole),
    )


def _codes(card: Card, query: Query, loophole: Loophole | None) -> tuple[str, ...]:
    """AWS's codes for it; some are about one platform alone, and some about what lets the request in."""
    codes = card.maps_to.get("access-analyzer", ())
    if not codes:
        return ()
    from iamlint.policy.codes import VARIABLE, compares_keys

    if query.subject.fields.get("issuer", "").lower() != _GITHUB:
        codes = tuple([code for code in codes if "GITHUB" not in code])
    condition = loophole.condition if loophole is not None else None
    if condition is None or not compares_keys(condition):
        codes = tuple([code for code in codes if code != VARIABLE])
    return codes


def _of_tokens(query: Query, witness: Witness) -> tuple[Witness, dict[str, str]]:
    """Where the question is about tokens, the witness with one that could be real, and the words that tell of it."""
    token = query.forbids.get("token")
    if not isinstance(token, dict):
        return witness, {}
    from iamlint.rulebook.specimens import Specimens

    specimens = Specimens(query.case, query.subject.fields["issuer"], strange="tenant" in token or "first" in token)
    witness = specimens.real_looking(witness)
    return witness, specimens.named_in(witness.request)


def _loophole(card: Card, query: Query, witness: Witness) -> Loophole | None:
    """The loophole in conditions on the keys that `points-at: loophole:…` names, or on all keys of a class."""
    what, _, words = card.points_at.partition(":")
    if what != "loophole":
        return None
    from iamlint.rulebook.loophole import find_loophole

    tested = sorted(keys_of(query.case.document.policy))
    keys: list[str] = []
    for word in words.format_map(query.subject.fields).lower().split("|"):
        keys += [key for key in tested if word.strip() in (key, key_class(key).value)]
    return find_loophole(query.case, witness, keys)


def _let_in(query: Query, statement: Statement, label: str) -> tuple[Label, ...]:
    """The principal of the subject in the statement with the loophole."""
    named = [entry for owner, entry in query.subject.entries if owner.index == statement.index]
    return (Label(Place(named[0].route), label),) if named and label else ()


def _fix(card: Card, query: Query, loophole: Loophole | None, title: str) -> Fix | None:
    """What the loophole offers, where the card has fixes that can be made; else the card's advice."""
    if card.fix is None or not title:
        return None
    if card.fix is Safety.MANUAL or card.points_at.partition(":")[0] != "loophole":
        return Fix(card.fix, title)
    fix = loophole.fix if loophole is not None else None
    if fix is None and loophole is not None and loophole.condition is not None and "issuer" in query.subject.fields:
        from iamlint.rulebook.closing import closing

        fix = closing(query.case, loophole.condition)
    return fix or Fix(Safety.MANUAL, title)


def _telling(query: Query, request: Request) -> Request:
    """The request with the names of the keys that the card wants absent, so that a report says what it lacks."""
    context = query.forbids.get("context")
    tests = context.items() if isinstance(context, dict) else ()
    wanted = [key.format_map(query.subject.fields) for key, test in tests if test == "absent" or (isinstance(test, dict) and "not" in test)]
    lacking = [key for key in wanted if ":" in key and key.lower() not in request.names]
    if not lacking:
        return request
    carried = {request.names[key]: value for key, value in request.context.items()}
    return Request(request.action, request.caller, request.resource, {**carried, **dict.fromkeys(lacking, ())})


class _Fields(dict[str, str]):
    """The words a message can use: the subject's own, and what the witness says."""

    def __init__(self, query: Query, witness: Witness) -> None:
        super().__init__(query.subject.fields)
        self["subject"] = query.subject.text
        self["action"] = witness.request.action
        self["why"] = "no condition narrows down who"
        # A key is named by what stands behind its colon: `{externalid}`.
        for key, value in witness.request.context.items():
            self[key.partition(":")[2]] = value if isinstance(value, str) else ", ".join(value)

    def __missing__(self, key: str) -> str:
        return "-"


def _severity(card: Card, query: Query, witness: Witness) -> Severity:
    if card.severity_when:
        from iamlint.rulebook.circumstances import holds

        for severity, names in card.severity_when:
            if all(holds(name, query, witness) for name in names):
                return severity
    return card.severity


def _blamed(query: Query, witness: Witness) -> Statement | None:
    statements = query.case.document.policy.statements
    for statement in statements:
        if statement.index in witness.statements:
            return statement
    return statements[0] if statements else None


def _place(card: Card, query: Query, witness: Witness, statement: Statement | None) -> Place:
    what, _, words = card.points_at.partition(":")
    if what == "condition":
        keys = [word.strip().lower() for word in words.format_map(query.subject.fields).split("|")]
        tested = [found for key in keys for found in conditions_on(query.case.document.policy, key)]
        for owner, condition in tested:
            if statement is None or owner.index == statement.index:
                return Place(condition.route)
        if tested:
            return Place(tested[0][1].route)
    if what == "action" and statement is not None and statement.actions is not None:
        return Place(statement.actions.route)
    if what == "statement" and statement is not None:
        return Place(statement.route)
    return _principal_place(query, statement)


def _principal_place(query: Query, statement: Statement | None) -> Place:
    named = [entry for owner, entry in query.subject.entries if statement is None or owner.index == statement.index]
    named = named or [entry for _, entry in query.subject.entries]
    if named:
        return Place(named[0].route)
    if statement is None:
        return Place(query.case.document.route)
    if statement.principals is None:
        return Place(statement.actions.route if statement.actions is not None else statement.route)
    for entry in statement.principals.entries:
        if entry.form is Form.EVERYONE:
            return Place(entry.route)
    return Place(statement.principals.route)


def _secondary(query: Query, statement: Statement | None, primary: Place) -> tuple[Label, ...]:
    if statement is None or statement.actions is None or statement.principals is None or primary.route == statement.actions.route:
        return ()
    return (Label(Place(statement.actions.route), "granted here"),)
