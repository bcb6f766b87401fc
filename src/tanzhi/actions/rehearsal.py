"""An act carried out and taken back: what it would change, before anybody is asked to do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction

from . import clock
from .conflicts import refuse_conflict
from .perform import SOMEBODY, Attempt, refuse_state
from .refusal import Refused
from .roles import KNOWN_ROLES
from .table import Action, Call, approvers, find
from .validation import validated
from .visibility import with_place

if TYPE_CHECKING:
    from tanzhi.evidence.tracking import RowWrite

    from .actor import Actor

Record = TypeVar("Record", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Trial:
    """What stands while an act is carried out and not yet taken back."""

    action: Action
    data: Any
    before: models.Model | None  # the subject as it was, a copy of its own
    after: Any  # the subject, or what the act brought about
    state: str
    written: tuple[RowWrite, ...]

    def new(self, model: type[Record]) -> models.QuerySet[Record]:
        """Records of a model that the act wrote anew."""
        return self._rows(model, {row.row for row in self._of(model) if row.before is None})

    def changed(self, model: type[Record]) -> models.QuerySet[Record]:
        """Records of a model that were there before and are written over."""
        anew = {row.row for row in self._of(model) if row.before is None}
        return self._rows(model, {row.row for row in self._of(model)} - anew)

    def _of(self, model: type[models.Model]) -> list[RowWrite]:
        return [row for row in self.written if row.table == model._meta.db_table]

    def _rows(self, model: type[Record], keys: set[int]) -> models.QuerySet[Record]:
        rows: models.QuerySet[Record] = model._base_manager.filter(pk__in=keys).order_by("pk")
        return rows


# Reads during the trial; what it returns is called once everything is taken back, when the earlier state can be read.
Observer = Callable[[Trial], Callable[[], Any]]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Whether an act could be done now, and what its observers noted."""

    refusal: Refused | None = None
    notes: tuple[Any, ...] = ()


class _TakenBack(Exception):
    """Ends a trial, so that nothing of it stays."""


def rehearse(
    name: str, actor: Actor, subject: Any, data: Any, observers: tuple[Observer, ...], *, proposer: int | None = None
) -> Rehearsal:
    """Carry an act out for those who observe it and take it back; `proposer`: whose proposal it would approve."""
    entry = find(name)
    later: list[Callable[[], Any]] = []
    try:
        attempt = attempt_of(entry, actor, subject, validated(entry, data), proposer)
        with transaction.atomic():
            later += trial_notes(attempt, observers, proposer)
            raise _TakenBack
    except _TakenBack:
        return Rehearsal(notes=tuple(finish() for finish in later))
    except Refused as refused:
        return Rehearsal(refused)


def attempt_of(entry: Action, actor: Actor, subject: Any, data: Any, proposer: int | None) -> Attempt:
    """The attempt of whoever may act, or decide, where the change would be."""
    may = entry.by if proposer is None else approvers(entry)
    attempt = Attempt(entry, actor, "", subject, data)
    place = attempt.place
    roles = (code for code in KNOWN_ROLES if code in may and code in actor.roles and actor.reaches(code, place))
    limits = entry.limits or (lambda *_of: True)
    attempt.role = next((code for code in roles if proposer is not None or limits(actor, code, subject, data)), "")
    if not attempt.role:
        raise Refused("ACT-SCOPE", entry.label, 404)
    refuse_state(attempt)
    if not entry.second_person:
        refuse_conflict(entry, actor, attempt.role, subject, place)
    attempt.prepared = entry.prepare(data, subject) if entry.prepare else None
    return attempt


def trial_notes(attempt: Attempt, observers: tuple[Observer, ...], proposer: int | None) -> list[Callable[[], Any]]:
    from tanzhi.evidence.tracking import noted

    entry, since = attempt.action, len(noted().events)
    other = SOMEBODY if entry.second_person and proposer is None else proposer
    call = Call(attempt.actor, attempt.role, attempt.data, clock.now(), other, rehearsed=True)
    call.prepared = attempt.prepared
    before = record = None
    if entry.subject is not None:
        rows = with_place(entry.subject).filter(pk=attempt.subject.pk)
        before, record = rows.get(), rows.get()
    result = entry.function(*((call,) if record is None else (call, record)))
    after = record if record is not None else result
    state = str(call.entered or entry.enters or getattr(after, "state", ""))
    trial = Trial(entry, attempt.data, before, after, state, tuple(noted().events[since:]))
    return [observe(trial) for observe in observers]
