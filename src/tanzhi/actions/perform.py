"""Performing an action: permission, scope, state, input, change, evidence, all in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction

from tanzhi.rulebook.kernel.text import Text

from . import clock, refusal
from .actor import Place
from .conflicts import OWN_CONCERN, concerns, refuse_conflict
from .existence import is_there
from .insertion import insert, rewrite
from .language import listed
from .models import Performed, Proposal
from .outbox import ActDone, announce
from .references import digest, entry_reference, plain, reference, resolve
from .refusal import PREPARATIONS, Disturbed, Refused
from .retrieval import one_of
from .roles import KNOWN_ROLES, PERSON, SERVICE
from .table import ACTIONS, Action, Call, find
from .typed import fault_in, whole
from .validation import validated
from .visibility import with_place
from .witness import next_entry, witness, writes_alone

if TYPE_CHECKING:
    from pydantic import BaseModel

    from .actor import Actor

Subject = models.Model | int | str | None
LONGEST_KEY = Performed._meta.get_field("key").max_length or 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action: its result and evidence entry, or the proposal that now waits for a second person."""

    result: Any = None
    entry: Any = None
    proposal: Proposal | None = None


@dataclass
class Attempt:
    """An action being tried by somebody on something; it is asked where and what once its subject and data stand."""

    action: Action
    actor: Actor
    role: str
    subject: Any
    data: BaseModel
    prepared: Any = None

    @cached_property
    def place(self) -> Place | None:
        """Where the change would happen: the subject's place, or the one that the input names."""
        if self.action.place is not None:
            return self.action.place(self.data)
        return self.subject.place if self.subject is not None else None

    @property
    def state(self) -> str:
        return str(getattr(self.subject, "state", ""))

    @cached_property
    def digest(self) -> str:
        return digest(self.action.name, reference(self.subject), self.data)

    @property
    def revision(self) -> int:
        return int(getattr(self.subject, "revision", 0))


def perform(
    name: str,
    actor: Actor,
    subject: Subject = None,
    data: Any = None,
    *,
    idempotency_key: str | None = None,
    seen: int | None = None,
) -> Outcome:
    """Do a registered action; whatever refuses it leaves nothing saved."""
    entry = find(name)
    if actor.service is not None and not entry.prepares:
        raise refusal.for_no_service(entry.label)
    # The roles with which this actor may, the widest known order first.
    roles = [code for code in KNOWN_ROLES if code in entry.by and code in actor.roles]
    if not roles:
        raise refusal.no_role(entry.label, listed(KNOWN_ROLES[code].label for code in sorted(entry.by)))
    refuse_unconfirmed(entry, actor)
    for left in reversed(range(PREPARATIONS)):
        try:
            prepared = _prepared(entry, actor, roles, subject, data) if entry.prepare else None
        except Refused:
            # A call that is repeated finds its own work done: it gets the outcome of the first.
            # Whether this actor has done something with this key before.
            if (
                not bool(idempotency_key)
                or not Performed.objects.filter(actor=actor.person_id or 0, key=idempotency_key).exists()
            ):
                raise
            prepared = None
        attempt = Attempt(entry, actor, "", subject, data, prepared)
        try:
            return _performed(attempt, roles, idempotency_key, seen)
        except Disturbed:
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


def _performed(attempt: Attempt, roles: list[str], key: str | None, seen: int | None) -> Outcome:
    """One try, in a transaction of its own."""
    entry, actor = attempt.action, attempt.actor
    with transaction.atomic():
        try:
            attempt.subject = locked = _locked(entry, attempt.subject)
        except Refused:
            raise refusal.no_consent(entry.label) if actor.service is not None else refusal.out_of_scope() from None
        attempt.data = validated(entry, attempt.data)
        _within_scope(attempt, roles)
        memory = _remember(attempt, key)
        if memory.outcome:
            # The outcome of the first call with this key, if it asked for the same.
            if memory.digest != attempt.digest:
                raise refusal.repeated()
            outcome = memory.outcome
            result = resolve(outcome["record"]) if outcome.get("record") else outcome.get("result")
            proposal = Proposal.objects.filter(pk=outcome.get("proposal")).first()
            return Outcome(result, resolve(outcome["entry"]) if outcome.get("entry") else None, proposal)
        if seen is not None and seen != attempt.revision:
            since = Performed.objects.filter(subject=reference(attempt.subject), revision__gt=seen).order_by("pk")
            labels = [ACTIONS[line.action].label for line in since if line.action in ACTIONS]
            raise refusal.stale(
                seen, attempt.revision, listed(labels) if labels else Text("另有改动", "another change")
            )
        refuse_state(attempt)
        if entry.second_person and not (entry.alone and entry.alone(actor)):
            # Nobody proposes in an office what concerns himself: a right of his own, an end to his time codes.
            place = attempt.place
            personal = attempt.role != PERSON.code and place is not None and place.person_id is not None
            if personal and place is not None and concerns(attempt.actor, attempt.role, place):
                raise Refused("ACT-OWN", OWN_CONCERN, 403)
            _rehearse(attempt)
            return _propose(attempt, memory)
        if not entry.second_person:
            refuse_conflict(entry, actor, attempt.role, locked, attempt.place)
        return carry_out(attempt, memory)


def refuse_unconfirmed(entry: Action, actor: Actor) -> None:
    """A sensitive act is for no program's key, and for a browser only where the password was given a moment ago."""
    if entry.sensitive and actor.way in ("session", "token"):
        raise refusal.for_no_token(entry.label) if actor.way == "token" else refusal.password_again(entry.label)


def _prepared(entry: Action, actor: Actor, roles: list[str], subject: Subject, data: Any) -> Any:
    """What an action computes before it locks anything, for whoever may do it there."""
    key = subject.pk if isinstance(subject, models.Model) else whole(subject)
    record = one_of(_row_of, key, about=(entry.subject, False)) if entry.subject and key is not None else None
    attempt = Attempt(entry, actor, "", record, validated(entry, data))
    if entry.prepare is None or (entry.subject and record is None):
        return None
    _within_scope(attempt, roles)
    refuse_state(attempt)
    return entry.prepare(attempt.data, record)


def _row_of(key: int, model: type[models.Model], is_locked: bool) -> models.QuerySet[models.Model]:
    """By its key, of which there is one: the order of the model's lists is not asked for."""
    rows = with_place(model).order_by("pk").filter(pk=key)
    return rows.select_for_update(of=("self",)) if is_locked else rows


def _locked(entry: Action, subject: Subject) -> models.Model | None:
    """The subject's row as it is now, locked until the end of the transaction."""
    if entry.subject is None:
        return None
    key = subject.pk if isinstance(subject, models.Model) else whole(subject)
    if isinstance(subject, models.Model) and not isinstance(subject, entry.subject):
        raise TypeError(f"{entry.name} is done to {entry.subject.__name__}, not {type(subject).__name__}")
    row = one_of(_row_of, key, about=(entry.subject, True)) if key is not None else None
    if row is None:
        raise refusal.out_of_scope()
    return row


def _within_scope(attempt: Attempt, roles: list[str]) -> None:
    """Choose the first role that reaches the place; none: the record is not there for this actor."""
    place, person = attempt.place, attempt.actor.person_id
    own = place is not None and person is not None and place.person_id == person
    ranked = sorted(roles, key=lambda role: role != PERSON.code) if own else roles  # one's own matter, not an office's
    limits = attempt.action.limits  # a role may reach more than the action may be done to with it
    service = attempt.actor.service
    if service is not None and (place is None or not service.covers(place.organisation_id, attempt.action.name)):
        raise refusal.no_consent(attempt.action.label)
    for role in ranked:
        consented = service is not None and role == SERVICE.code  # to this act, wherever its record stands
        if (consented or attempt.actor.reaches(role, place)) and (
            limits is None or limits(attempt.actor, role, attempt.subject, attempt.data)
        ):
            attempt.role = role
            return
    raise refusal.out_of_scope()


def _remember(attempt: Attempt, key: str | None) -> Performed:
    """The line in the audit trail, or the earlier one that the same key left."""
    place = attempt.place or Place()
    line = Performed(
        action=attempt.action.name,
        subject=reference(attempt.subject),
        actor=attempt.actor.person_id or 0,
        role=attempt.role,
        key=key,
        digest=attempt.digest,
        state_before=attempt.state,
        organisation_id=place.organisation_id,
        region_path=place.region_path,
        at=clock.now(),
    )
    if key is None:
        return line
    if fault_in(key) or len(key) > LONGEST_KEY:
        raise refusal.odd_key()
    if writes_alone():
        was_done = is_there(Performed, actor=line.actor, key=key)
        return Performed.objects.get(actor=line.actor, key=key) if was_done else line
    try:  # the others with this key wait here
        with transaction.atomic():
            line.save()
    except IntegrityError:
        return Performed.objects.get(actor=line.actor, key=key)
    return line


def refuse_state(attempt: Attempt) -> None:
    """Refuse where the record is in none of the states that the action leaves."""
    states = attempt.action.leaves
    if states and attempt.state not in states:
        raise refusal.wrong_state(attempt.action.label, attempt.state, ", ".join(sorted(states)))


SOMEBODY = -1


class _Rehearsed(Exception):
    """Ends a rehearsal, so that nothing of it stays."""


def _rehearse(attempt: Attempt) -> None:
    """Carry the change out and take it back: what would refuse the approval refuses the proposal already."""
    entry = attempt.action
    # The books themselves refuse one person as both: here somebody unnamed stands for the other one.
    call = Call(attempt.actor, attempt.role, attempt.data, clock.now(), SOMEBODY, rehearsed=True)
    call.prepared = attempt.prepared
    try:
        with transaction.atomic():
            subject = _locked(entry, attempt.subject)
            entry.function(*((call,) if entry.subject is None else (call, subject)))
            raise _Rehearsed
    except _Rehearsed:
        return


def _propose(attempt: Attempt, memory: Performed) -> Outcome:
    """Keep what was asked for until a second person decides."""
    place, now = attempt.place, clock.now()
    proposal = Proposal.objects.create(
        action=attempt.action.name,
        subject=reference(attempt.subject),
        subject_id=attempt.subject.pk if attempt.subject is not None else None,
        subject_revision=attempt.revision,
        organisation_id=place.organisation_id if place else None,
        region_path=place.region_path if place else "",
        data=plain(attempt.data),
        digest=attempt.digest,
        proposer=attempt.actor.person_id or 0,
        role=attempt.role,
        proposed_at=now,
        expires_at=now + timedelta(days=attempt.action.expires_days),
    )
    body = {**_body(attempt), "proposal": proposal.pk}
    number = next_entry()
    memory.state_after, memory.revision = attempt.state, attempt.revision
    memory.outcome = {"proposal": proposal.pk, "entry": entry_reference(number)}
    insert(memory)
    private = {"actor_name": attempt.actor.name}
    announce(ActDone(f"{attempt.action.name}.proposed", reference(proposal), number))
    entry = witness(f"{attempt.action.name}.proposed", reference(attempt.subject), body, private, number)
    return Outcome(None, entry, proposal)


def carry_out(attempt: Attempt, memory: Performed, proposal: Proposal | None = None) -> Outcome:
    """The change itself and the evidence of it."""
    call = Call(attempt.actor, attempt.role, attempt.data, memory.at, proposal.proposer if proposal else None)
    call.prepared = attempt.prepared
    before = attempt.state
    arguments = (call,) if attempt.action.subject is None else (call, attempt.subject)
    result = attempt.action.function(*arguments)
    changed = attempt.subject if attempt.subject is not None else result
    # The new state and the next revision of what was changed, saved.
    if not isinstance(changed, models.Model):
        after = ""
    elif call.saved:
        after = str(getattr(changed, "state", ""))
    else:
        fields = []
        state = call.entered or attempt.action.enters
        if state and hasattr(changed, "state"):
            changed.state = state
            fields.append("state")
        if attempt.subject is not None and hasattr(changed, "revision"):
            changed.revision += 1
            fields.append("revision")
        if fields:
            rewrite(changed, *fields)
        after = str(getattr(changed, "state", ""))
    body = _body(attempt) | call.attached | {"from": before, "to": after}
    if proposal is not None:
        body |= {"proposal": proposal.pk, "proposer": proposal.proposer}
    number = next_entry()
    memory.subject, memory.state_after, memory.revision = _named(changed), after, getattr(changed, "revision", 0) or 0
    # What is remembered of the outcome, so that a repeated call gets the same answer.
    refs = {"entry": entry_reference(number), "record": _named(result)}
    memory.outcome = refs if refs["record"] else refs | {"result": plain(result)}
    insert(memory)
    private = {"actor_name": attempt.actor.name, **call.private}
    announce(ActDone(attempt.action.name, _named(changed), number, call.attached))
    entry = witness(attempt.action.name, _named(changed), body, private, number)
    return Outcome(result, entry)


def _body(attempt: Attempt) -> dict[str, Any]:
    service = attempt.actor.service
    program = {"program": service.account, "program_of": service.organisation_id} if service is not None else {}
    return {
        "actor": attempt.actor.person_id or 0,
        "role": attempt.role,
        "action": attempt.action.name,
        "subject": reference(attempt.subject),
        "data": attempt.digest,
        **program,
    }


def _named(record: Any) -> str:
    return reference(record) if isinstance(record, models.Model) else ""
