"""Does a statement have a name that another one has, or that IAM does not take?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety
from iamlint.policy.alternatives import is_there_with
from iamlint.policy.document import Kind
from iamlint.policy.pattern import has_hole
from iamlint.policy.rewrite import sid_place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Statement

# Services with policies of their own have rules of their own for the characters of a Sid; a bucket policy may have blanks in it.
_OF_IAM = frozenset({Kind.IDENTITY, Kind.BOUNDARY, Kind.SESSION})
_UNIQUE = _OF_IAM | {Kind.TRUST}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Sid that is taken, and for each that has other characters than IAM's."""
    first: dict[str, Statement] = {}
    for statement in case.document.policy.statements:
        sid = statement.sid
        if not sid:
            continue
        plain = sid.isascii() and sid.isalnum()
        if not plain and has_hole(sid):
            continue
        earlier = first.setdefault(sid, statement)
        if earlier is not statement:
            if _may_exclude(case.document, statement, earlier):
                continue
            yield _repeated(case, sid, statement, earlier)
        elif not plain and case.document.kind in _OF_IAM:
            yield _odd(case, sid, statement)


def _may_exclude(document: Document, statement: Statement, other: Statement) -> bool:
    """Whether there may be no stack that has both statements, going by the conditions of the template that put them in."""
    return not (is_there_with(document, statement, other) or is_there_with(document, other, statement))


def _repeated(case: Case, sid: str, statement: Statement, earlier: Statement) -> Finding:
    code = "UNIQUE_SIDS_REQUIRED" if case.document.kind in _UNIQUE else "UNIQUE_SIDS_RECOMMENDED"
    taken = {one.sid for one in case.document.policy.statements}
    number = 2
    while f"{sid}{number}" in taken:
        number += 1
    return case.finding(
        f"the Sid `{sid}` is taken",
        sid_place(case.document.tree, statement),
        secondary=(Label(sid_place(case.document.tree, earlier), "by this statement"),),
        statement=statement.index,
        subject=sid,
        fix=_fix(case, statement, f"{sid}{number}"),
        aws_codes=(code,),
    )


def _odd(case: Case, sid: str, statement: Statement) -> Finding:
    return case.finding(
        f"IAM takes only letters and digits in a Sid, not `{sid}`",
        sid_place(case.document.tree, statement),
        statement=statement.index,
        subject=sid,
        fix=_fix(case, statement, _plain(case, sid)),
        aws_codes=("UNSUPPORTED_SID",),
    )


def _plain(case: Case, sid: str) -> str:
    """The Sid without what IAM does not take, each word with a capital; nothing when none is left or another statement has it."""
    words = "".join([char if char.isascii() and char.isalnum() else " " for char in sid]).split()
    plain = "".join([word[0].upper() + word[1:] for word in words])
    return "" if any(one.sid == plain for one in case.document.policy.statements) else plain


def _fix(case: Case, statement: Statement, sid: str) -> Fix:
    """Nothing but a reader goes by the name of a statement."""
    place = sid_place(case.document.tree, statement)
    if not sid or case.document.embedded or place.route == statement.route:
        return Fix(Safety.MANUAL, f"name it `{sid}`" if sid else "give it a name of letters and digits")
    from iamlint.text.edit import SetValue

    return Fix(Safety.SAFE, f"name it `{sid}`", (SetValue(place, sid),))
