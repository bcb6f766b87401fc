"""Clocks of cases: started, paused, resumed and stopped by moves, by nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tanzhi.actions.insertion import insert, rewrite
from tanzhi.actions.references import reference
from tanzhi.actions.retrieval import retrieved
from tanzhi.law.calendar.days import days_left, due_after

from .model import ORGANISATION, Clock

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tanzhi.actions.state_record import CaseRecord
    from tanzhi.actions.states import DeadlineRule, Kind, Move, Opening
    from tanzhi.actions.table import Call
    from tanzhi.organisations.register.model import Organisation
    from tanzhi.rulebook.kernel.text import Text


def opened(call: Call, kind: Kind, case: CaseRecord, opening: Opening) -> None:
    """The clocks with which a case begins."""
    columns = _case_columns(case)
    for limit in opening.starts:
        started(call, kind, limit, case, new_case=columns)


def moved(call: Call, kind: Kind, case: CaseRecord, move: Move, entered: str) -> None:
    """What a move does to the clocks of its case: stop, pause, resume, start, in this order; an end stops all."""
    if not kind.limits or entered in kind.ends:
        return
    rows = list(retrieved(_open_clocks, case.reference, about=(True,)))
    for row in (row for row in rows if row.subject == case.reference):
        if row.limit in {limit.code for limit in move.stops}:
            _stop(call, [row])
        elif row.state == Clock.RUNNING and row.limit in {limit.code for limit in move.pauses}:
            # Stand still: the day of the pause has counted, what remains is kept.
            row.state, row.paused_on = Clock.PAUSED, call.today
            row.left = days_left(call.today, row.due_on, row.unit)
            rewrite(row, "state", "paused_on", "left")
        elif row.state == Clock.PAUSED and row.limit in {limit.code for limit in move.resumes}:
            # Go on: what remained is counted from the day after.
            row.state, row.due_on = Clock.RUNNING, due_after(call.today, row.left or 0, row.unit)
            rewrite(row, "state", "due_on")
            call.attach(f"due {row.limit}", row.due_on.isoformat())
    # A case that moved to another city, or was renamed, takes its open clocks along.
    still_open = [row for row in rows if row.state in Clock.OPEN]
    now = _case_columns(case) if still_open else {}
    changed = [row.pk for row in still_open if any(getattr(row, name) != value for name, value in now.items())]
    if changed:
        Clock.objects.filter(pk__in=changed).update(**now)
    start(call, kind, case, (*move.starts, *move.starts_in.get(entered, ())))


def _open_clocks(case: str, is_its_own: bool = False) -> QuerySet[Clock]:
    """Of a case: all of them, or without those of organisations that it concerns."""
    rows = Clock.objects.filter(case=case, state__in=Clock.OPEN)
    return rows.exclude(subject__startswith=ORGANISATION) if is_its_own else rows


def open_clocks_of(subject: str, *limits: str) -> QuerySet[Clock]:
    """Of a case or of something in it: all of them, or those of these limits."""
    rows = Clock.objects.filter(subject=subject, state__in=Clock.OPEN)
    return rows.filter(limit__in=limits) if limits else rows


def ended(call: Call, case: CaseRecord) -> None:
    """Nothing of a closed case is waited for, whatever in it had a clock."""
    _stop(call, retrieved(_open_clocks, case.reference))


def start(call: Call, kind: Kind, case: CaseRecord, limits: Iterable[DeadlineRule]) -> None:
    """Start clocks; one of the same limit that still runs is replaced."""
    for limit in limits:
        started(call, kind, limit, case)


def started(
    call: Call,
    kind: Kind,
    limit: DeadlineRule,
    case: CaseRecord,
    subject: Any = None,
    *,
    new_case: dict[str, Any] | None = None,
) -> Clock | None:
    """One clock of a case, or of something in it (`subject`, such as a finding); None where no day is named.

    `new_case`: of a case that was saved a moment ago and has no clock yet, where it belongs and what it is called.
    """
    due = limit.last_day(call, case)
    if due is None:
        return None
    owner = reference(subject or case)
    if new_case is None:
        _stop(call, retrieved(open_clocks_of, owner, limit.code))
    row = Clock(
        subject=owner,
        case=case.reference,
        kind=kind.name,
        limit=limit.code,
        unit=limit.unit,
        who=sorted(limit.who),
        escalate=sorted(limit.escalate),
        started_on=call.today,
        due_on=due,
        **(_case_columns(case) if new_case is None else new_case),
    )
    insert(row)
    call.attach(f"due {limit.code}", due.isoformat())
    return row


def follow(
    call: Call, kind: Kind, limit: DeadlineRule, case: CaseRecord, names: Mapping[Organisation, Text | None]
) -> None:
    """Deadlines of organisations in a case that concerns many: started, renamed, or stopped where nothing is asked."""
    rows = Clock.objects.filter(case=case.reference, limit=limit.code, state=Clock.RUNNING)
    running = {row.subject: row for row in rows}
    for organisation, name in names.items():
        row = running.get(reference(organisation))
        if name is not None and row is None:
            row = started(call, kind, limit, case, organisation)
        if row is None:
            continue
        if name is None:
            _stop(call, [row])
        else:
            row.name_zh, row.name_en = name.zh[:300], name.en[:300]
            row.organisation_id, row.region_path = organisation.pk, organisation.region.path
            row.save(update_fields=["name_zh", "name_en", "organisation_id", "region_path"])


def stop_for(call: Call, subject: Any) -> None:
    """Stop the clocks of something in a case."""
    _stop(call, retrieved(open_clocks_of, reference(subject)))


def _stop(call: Call, rows: Iterable[Clock]) -> None:
    for row in rows:
        row.state, row.stopped_on = Clock.STOPPED, call.today
        rewrite(row, "state", "stopped_on")


def _case_columns(case: CaseRecord) -> dict[str, Any]:
    """Where a clock belongs and what it is called, kept beside it so that lists need no other table."""
    place, name = case.place, case.name
    return {
        "organisation_id": place.organisation_id,
        "region_path": place.region_path,
        "person_id": place.person_id,
        "name_zh": name.zh[:300],
        "name_en": name.en[:300],
        "address": case.get_absolute_url(),
    }
