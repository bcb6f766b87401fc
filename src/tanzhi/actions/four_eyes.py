"""Four eyes: who proposed does not decide, and an approval binds what was proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from tanzhi.rulebook.kernel.text import Text

from . import clock, refusal
from .actor import Actor, Place
from .conflicts import refuse_conflict
from .models import Performed, Proposal
from .outbox import ActDone, announce
from .perform import Attempt, Outcome, carry_out, refuse_state, refuse_unconfirmed
from .references import digest, entry_reference, reference, resolve
from .refusal import PREPARATIONS, Disturbed, Refused
from .roles import KNOWN_ROLES
from .table import ACTIONS, approvers
from .validation import validated
from .witness import next_entry, witness


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody about to decide on a proposal in a role."""

    proposal: Proposal
    actor: Actor
    role: str
    place: Place


OWN_PROPOSAL = Text("提出人不得审批本人提出的事项", "Nobody approves what he proposed himself")


def decide(proposal: Proposal | int, actor: Actor, approve: bool = True, reason: str = "") -> Outcome:
    """Approve a proposal, which performs it, or reject it with a reason."""
    _refuse_service(actor)
    for left in reversed(range(PREPARATIONS)):
        prepared = None
        key = proposal.pk if isinstance(proposal, Proposal) else proposal
        row = Proposal.objects.filter(pk=key, state=Proposal.OPEN).first() if approve else None
        entry = ACTIONS[row.action] if row else None
        if row is not None and entry is not None and entry.prepare is not None:
            # What the action computes before anything is locked, for whoever may decide on it.
            _refuse_conflicts(_decision(row, actor))
            record: Any = resolve(row.subject) if entry.subject else None
            prepared = entry.prepare(validated(entry, row.data), record)
        try:
            return _decided(proposal, actor, prepared, None if approve else reason, reason)
        except Disturbed:
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


def _decided(proposal: Proposal | int, actor: Actor, prepared: Any, rejection: str | None, reason: str) -> Outcome:
    """One try, in a transaction of its own."""
    with transaction.atomic():
        row = _open(proposal)
        decision = _decision(row, actor)
        _refuse_conflicts(decision)
        refuse_unconfirmed(ACTIONS[row.action], actor)
        if rejection is not None:
            if not rejection.strip():
                raise Refused("ACT-REASON", Text("退回须说明理由", "Rejecting needs a reason"), 422)
            return _close(row, decision, Proposal.REJECTED, rejection)
        # What was proposed, exactly: the same data on the same revision of the subject.
        action = ACTIONS[row.action]
        subject: Any = None
        if action.subject is not None:
            subject = action.subject._base_manager.select_for_update().filter(pk=row.subject_id).first()
            if subject is None:
                raise refusal.out_of_scope()
        attempt = Attempt(action, decision.actor, decision.role, subject, validated(action, row.data))
        if attempt.revision != row.subject_revision:
            raise refusal.stale(
                row.subject_revision, attempt.revision, Text("提出后有改动", "changed after it was proposed")
            )
        if digest(action.name, reference(subject), attempt.data) != row.digest:
            raise refusal.repeated()
        attempt.prepared = prepared
        refuse_state(attempt)
        _mark(row, actor, Proposal.APPROVED, reason)
        return carry_out(attempt, _line(row, decision), row)


def withdraw(proposal: Proposal | int, actor: Actor, reason: str = "") -> Outcome:
    """The proposer takes his proposal back."""
    _refuse_service(actor)
    with transaction.atomic():
        row = _open(proposal)
        if row.proposer != (actor.person_id or 0):
            raise refusal.out_of_scope()
        decision = Decision(row, actor, row.role, Place(row.organisation_id, row.region_path))
        return _close(row, decision, Proposal.WITHDRAWN, reason)


def _refuse_service(actor: Actor) -> None:
    """A program neither approves nor takes back: it has proposed nothing."""
    if actor.service is not None:
        raise refusal.for_no_service(Text("审批", "Decide"))


def waiting(record: Model) -> QuerySet[Proposal]:
    """Proposals about a record that wait for a second person; one whose time is over waits for nobody."""
    return all_waiting().filter(subject=reference(record))


def all_waiting() -> QuerySet[Proposal]:
    """Every proposal that waits for a second person."""
    return Proposal.objects.filter(state=Proposal.OPEN, expires_at__gt=clock.now())


def may_decide(proposal: Proposal, actor: Actor) -> bool:
    """Whether this actor could decide now: for lists of what waits and for showing the button."""
    try:
        _refuse_conflicts(_decision(proposal, actor))
    except Refused:
        return False
    return proposal.state == Proposal.OPEN and proposal.expires_at > clock.now()


def _refuse_conflicts(decision: Decision) -> None:
    """Neither one's own proposal, nor one's own work, nor one's own matter."""
    row = decision.proposal
    if row.proposer == (decision.actor.person_id or 0):
        raise Refused("ACT-SELF", OWN_PROPOSAL, 403)
    action = ACTIONS[row.action]
    refuse_conflict(action, decision.actor, decision.role, resolve(row.subject), decision.place)


def _open(proposal: Proposal | int) -> Proposal:
    key = proposal.pk if isinstance(proposal, Proposal) else proposal
    row = Proposal.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise refusal.out_of_scope()
    label = Text("审批", "Decide")
    if row.state != Proposal.OPEN:
        raise refusal.wrong_state(label, row.state, Proposal.OPEN)
    if row.expires_at <= clock.now():
        message = Text("该事项已于 {day} 过期，请重新提出", "This proposal expired on {day}; propose it again")
        raise Refused("ACT-EXPIRED", message.format(day=timezone.localdate(row.expires_at).isoformat()), 409)
    return row


def _decision(row: Proposal, actor: Actor) -> Decision:
    """The role in which this actor decides, and where."""
    action = ACTIONS[row.action]
    if action.place is not None:
        place = action.place(validated(action, row.data))
    else:
        subject: Any = resolve(row.subject)
        place = subject.place if subject is not None else Place(row.organisation_id, row.region_path)
    may = [code for code in KNOWN_ROLES if code in approvers(action) and code in actor.roles]
    if not may:
        raise refusal.no_role(action.label, Text("第二审批人", "a second approver"))
    role = next((code for code in may if actor.reaches(code, place)), None)
    if role is None:
        raise refusal.out_of_scope()
    return Decision(row, actor, role, place or Place())


def _line(row: Proposal, decision: Decision) -> Performed:
    subject: Any = resolve(row.subject)
    return Performed(
        action=row.action,
        subject=row.subject,
        actor=decision.actor.person_id or 0,
        role=decision.role,
        digest=row.digest,
        state_before=str(getattr(subject, "state", "")),
        organisation_id=row.organisation_id,
        region_path=row.region_path,
        at=clock.now(),
    )


def _mark(row: Proposal, actor: Actor, state: str, reason: str) -> None:
    row.state, row.reason = state, reason.strip()
    row.decider, row.decided_at = actor.person_id or 0, clock.now()
    row.save()


def _close(row: Proposal, decision: Decision, state: str, reason: str) -> Outcome:
    """End a proposal without performing it; that too leaves evidence."""
    _mark(row, decision.actor, state, reason)
    line = _line(row, decision)
    body = {"actor": line.actor, "role": line.role, "action": row.action, "proposal": row.pk, "data": row.digest}
    number = next_entry()
    line.action, line.state_after = f"{row.action}.{state}", line.state_before
    line.outcome = {"proposal": row.pk, "entry": entry_reference(number)}
    line.save()
    private = {"actor_name": decision.actor.name, "reason": row.reason}
    announce(ActDone(f"{row.action}.{state}", reference(row), number))
    entry = witness(f"{row.action}.{state}", row.subject, body, private, number)
    return Outcome(None, entry, row)
