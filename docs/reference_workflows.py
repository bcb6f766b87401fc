"""Every kind of work as its table and its picture, read from the table that the program itself runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs.markdown import NOTICE, both, code, table
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.rounding import plain

if TYPE_CHECKING:
    from tanzhi.actions.transitions import CaseType
    from tanzhi.workflow.clocks.limit import Limit


OTHER_STATES = {
    "web.ServiceAccount": "a key that is valid or ended, as a person's account is: no work waits in it",
    "web.ServiceConsent": "an agreement that is in force until its day or withdrawn",
    "web.WebHook": "an address that is sent to, stopped, or disabled after failures",
    "web.Delivery": "a message that is sent by the worker, with its own tries",
    "actions.Job": "progress of a computation: the worker's to write, nobody's to decide",
    "actions.Proposal": "what waits for the second person: the table's own machinery, one for every act of two",
    "cases.Clock": "a deadline of the table: runs, pauses and stops with the moves",
    "cases.Import": "taken in, or taken back whole once; its rows are the records",
    "cases.Letter": "sent and acknowledged: a part of its case, whose moves send it",
    "filings.Result": "of a value: known, or the code of why not",
    "finance.Opinion": "part of a project: due and in; the table is the project's",
    "law.ComparedRecord": "of one record: the same, otherwise, or why not computed",
    "law.Comparison": "one comparison and one decision on it, by two; nothing runs in between",
    "organisations.Organisation": "a register's entry: in operation, merged, closed down",
    "organisations.Person": "an account of a person: invited, in use, locked out",
    "registry.Account": "an account of the books: open or blocked, by the checker too",
    "registry.Hold": "an amount of the books: set aside or released by a posting",
    "registry.Incoming": "the same hold, as its receiver sees it",
    "verification.ReviewLine": "a line of a case's list: open, noted, noted differently; the work is the case's",
}
"""Records with a state that are no kind of work, each with the reason; tests/workflow/test_tables.py holds it whole."""


def page() -> str:
    from tanzhi.actions.states import CASE_TYPES

    parts = ["# Kinds of work 办理流程", NOTICE, "States and moves are data; every move is an action of the same name."]
    for _, kind in sorted(CASE_TYPES.items()):
        parts += _kind(kind)
    parts += ["## Records with a state that are no kind of work", table(["Record", "Why"], _others())]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _others() -> list[tuple[str, str]]:
    return [(code(label), reason) for label, reason in sorted(OTHER_STATES.items())]


def _kind(kind: CaseType) -> list[str]:
    from tanzhi.workflow.case.diagram import diagram

    parts = [f"## {both(kind.title.as_dict())} {code(kind.name)}"]
    parts += [f"Law: {kind.law}"] if kind.law else []
    return [*parts, f"```mermaid\n{diagram(kind, 'zh')}```", _moves(kind), _limits(kind)]


def _moves(kind: CaseType) -> str:
    from tanzhi.actions.transitions import transitions_of

    rows = []
    for one in transitions_of(kind):
        second = ", ".join(map(code, sorted(one.move.approvers or one.move.by))) if one.move.second_person else ""
        by = ", ".join(map(code, sorted(one.move.by)))
        rows.append((code(one.before), code(one.act), both(one.move.label.as_dict()), code(one.after), by, second))
    return table(["From", "Act", "Name", "To", "By", "Decided by"], rows)


def _limits(kind: CaseType) -> str:
    heads = ["Deadline", "Name", "Days", "Counted", "Who", "Pressed by", "Law"]
    return table(heads, [_limit(limit) for _, limit in sorted(kind.limits.items())])


def _number(days: int | str) -> str:
    """The value that the package ships for today's deadlines, with the parameter that holds it."""
    if isinstance(days, int):
        return str(days)
    guideline, _, name = days.partition(".")
    newest = max(guidelines()[guideline].parameters.tables[name].entries, key=lambda entry: entry.since)
    return f"{plain(newest.value)} ({code(days)})"


def _limit(limit: Limit) -> tuple[str, ...]:
    days = "a fixed day" if limit.due else "by the case" if callable(limit.days) else _number(limit.days)
    who, pressed = (", ".join(map(code, sorted(roles))) for roles in (limit.who, limit.escalate))
    return (code(limit.code), both(limit.label.as_dict()), days, limit.unit, who, pressed, limit.law)
