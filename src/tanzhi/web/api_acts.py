"""Acts beside those of one action each: many in one request, decisions on proposals, files and choices for inputs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import File, Router, Schema
from ninja.files import UploadedFile
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from tanzhi.actions.actor import Actor
from tanzhi.actions.four_eyes import decide, may_decide, withdraw
from tanzhi.actions.models import Proposal
from tanzhi.actions.perform import Outcome, perform
from tanzhi.actions.refusal import Refused, for_no_service, no_consent, out_of_scope
from tanzhi.actions.roles import PERSON
from tanzhi.actions.table import ACTIONS, Action, find
from tanzhi.evidence.files import receive
from tanzhi.evidence.log import gathering
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.forms.fields import Choices
from tanzhi.presentation.records.names import answered, numbered, subject_of
from tanzhi.presentation.search_writing import indexed_together
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .api_description import input_models
from .services.access import READ
from .tokens.work import refuse_scope

router = Router(tags=["acts"])
MOST_ACTS = 1000
GROUP_ACTS, GROUP_SECONDS = 100, 0.5
"""Acts that are saved together, and how long the first of them waits for the others: whoever else writes waits too."""
MOST_TOGETHER, TOGETHER_SECONDS = 200, 5.0
"""Acts that are done all or none, and how long they may take: nobody else writes meanwhile."""
TOO_MANY = Text(
    "全部办理或全部不办的，一次至多 {most} 项，现为 {n} 项",
    "at most {most} acts are done all or none, and these are {n}",
)
TOO_LONG = Text(
    "{seconds} 秒内未能办完第 {n} 项，全部未办理；请分批提交",
    "act {n} was not done within {seconds} seconds, so none was: send fewer at a time",
)
TOGETHER = Text("第 {n} 项被拒绝，全部未办理：{message}", "act {n} was refused, so none was done: {message}")
ONE_ACT = Text("可办理的事项", "an act that can be done")


class Done(BaseModel):
    """What came of an action: its result, or the number of the proposal that waits for a second person.

    The description tells for each action what its result is (`api_description.action_operation`).
    """

    action: str
    result: Annotated[Any, WithJsonSchema({"x-shape": "result"})] = None
    entry: int | None = None
    proposal: int | None = None


def done(request: HttpRequest, name: str, outcome: Outcome) -> Done:
    """An outcome as the API answers it: secrets to whoever signed in, as the page shows them, and to no token."""
    return Done(
        action=name,
        result=answered(outcome.result, secrets=not hasattr(request, "api_token")),
        entry=getattr(outcome.entry, "pk", None),
        proposal=getattr(outcome.proposal, "pk", None),
    )


class BatchAct(BaseModel):
    """One act of a batch, as its own request would state it."""

    model_config = ConfigDict(extra="forbid")

    action: str
    subject: int | None = None
    code: str | None = None
    seen: int | None = None
    key: str | None = Field(None, description="Idempotency-Key")
    data: dict[str, Any] = Field(default_factory=dict)


class ActsInput(Schema):
    """Acts in their order; `together`: all of them or none."""

    model_config = ConfigDict(extra="forbid")

    acts: list[BatchAct] = Field(min_length=1, max_length=MOST_ACTS)
    together: bool = Field(False, description=f"at most {MOST_TOGETHER} acts, {TOGETHER_SECONDS:.0f} s")


class BatchAnswer(BaseModel):
    """What came of one act: its status, and its answer or its refusal as its own request would give them."""

    status: int
    answer: Done | None = None
    refusal: Annotated[dict[str, Any], WithJsonSchema({"x-shape": "refusal"})] | None = None


class BatchAnswers(BaseModel):
    """An answer for each act, in their order."""

    answers: list[BatchAnswer]


def subject_for(request: HttpRequest, entry: Action, number: int | None, code: str | None) -> int:
    """The subject's number; a program without consent is told the same of what is there and of what is not."""
    try:
        return subject_of(entry, actor_of_request(request), number, code)
    except Refused as refused:
        if refused.code == "ACT-SCOPE" and hasattr(request, "service_actor") and entry.prepares:
            raise no_consent(entry.label) from None
        raise


def do_act(request: HttpRequest, actor: Actor, act: BatchAct) -> BatchAnswer:
    """One act, in a transaction of its own or a savepoint of the group's."""
    entry = find(act.action)
    refuse_scope(request, act.action)
    subject = subject_for(request, entry, act.subject, act.code) if entry.subject else None
    stated = numbered(entry, actor, act.data)
    outcome = perform(act.action, actor, subject, stated, idempotency_key=act.key, seen=act.seen)
    return BatchAnswer(status=200, answer=done(request, act.action, outcome))


def grouped(acts: list[BatchAct]) -> Iterator[list[BatchAct]]:
    """Acts that are saved together: what computes before it locks stands alone, so that nobody waits for it."""
    group: list[BatchAct] = []
    for act in acts:
        entry = ACTIONS.get(act.action)
        if entry is not None and entry.prepare is not None:
            if group:
                yield group
            yield [act]
            group = []
            continue
        group.append(act)
        if len(group) == GROUP_ACTS:
            yield group
            group = []
    if group:
        yield group


@router.post("batch", response=BatchAnswers, operation_id="batch")
def batch(request: HttpRequest, data: ActsInput) -> BatchAnswers:
    """一次办理多项，各自留证 / Many acts in one request: each with its own answer, key and evidence."""
    if data.together:
        return all_or_none(request, data.acts)
    answers: list[BatchAnswer] = []
    for group in grouped(data.acts):
        waiting = list(group)
        while waiting:
            actor = actor_of_request(request)
            with transaction.atomic(), indexed_together(), gathering():
                begun = time.monotonic()  # of the group's own work: however long it waited, its first act is done
                while waiting:
                    act = waiting.pop(0)
                    try:
                        answers.append(do_act(request, actor, act))
                    except Refused as refused:
                        answers.append(BatchAnswer(status=refused.status, refusal=refused.as_dict()))
                    # what somebody may do is asked anew where an act might have changed it
                    if act.action.startswith("organisations.") or time.monotonic() - begun >= GROUP_SECONDS:
                        break
    return BatchAnswers(answers=answers)


def all_or_none(request: HttpRequest, acts: list[BatchAct]) -> BatchAnswers:
    """All acts in one transaction; the first that is refused takes the others back, and says where it stands."""
    if len(acts) > MOST_TOGETHER:
        raise Refused("API-TOGETHER", TOO_MANY.format(most=MOST_TOGETHER, n=len(acts)), 422)
    answers: list[BatchAnswer] = []
    try:
        with transaction.atomic(), indexed_together(), gathering():
            begun, actor = time.monotonic(), actor_of_request(request)
            for act in acts:
                if time.monotonic() - begun > TOGETHER_SECONDS:
                    message = TOO_LONG.format(seconds=f"{TOGETHER_SECONDS:.0f}", n=len(answers) + 1)
                    raise Refused("API-TOGETHER", message, 503)
                answers.append(do_act(request, actor, act))  # kept where one fails
                if act.action.startswith("organisations."):  # which may change what somebody may do
                    actor = actor_of_request(request)
            return BatchAnswers(answers=answers)
    except Refused as refused:
        if refused.code == "API-TOGETHER":
            raise
        number = len(answers)
        place = f"acts[{number}]"
        findings = [
            Finding(
                below.code,
                below.severity,
                f"{place}.{below.place}",
                below.field,
                below.found,
                below.expected,
                below.message,
            )
            for below in refused.findings
        ] or [Finding(refused.code, ERROR, place, "action", same(acts[number].action), ONE_ACT, refused.message)]
        message = TOGETHER.format(n=number + 1, message=refused.message)
        raise Refused(refused.code, message, refused.status, findings) from None


class ProposalState(Schema):
    """A proposal as whoever made it or may decide on it reads it."""

    number: int
    action: str
    subject: str
    subject_revision: int
    data: dict[str, Any]
    state: Literal["open", "approved", "rejected", "withdrawn"]
    own: bool
    may_decide: bool
    reason: str


class ProposalDecision(Schema):
    """Approve, which performs what was proposed, or reject with a reason."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["approve", "reject"]
    reason: str = Field("", max_length=2000)


class ProposalWithdrawal(Schema):
    """Why a proposal is taken back."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field("", max_length=2000)


def proposal_for(request: HttpRequest, number: int) -> tuple[Proposal, Actor]:
    """The proposal, if it is the reader's own or his to decide: the rule of its page."""
    actor = actor_of_request(request)
    row = Proposal.objects.filter(pk=number).first()
    if row is None or row.action not in ACTIONS:
        raise out_of_scope()
    if actor.person_id not in (row.proposer, row.decider) and not may_decide(row, actor):
        raise out_of_scope()
    return row, actor


@router.get("proposals/{number}", response=ProposalState, operation_id="read_proposal")
def read_proposal(request: HttpRequest, number: int) -> ProposalState:
    """待第二人办理的事项 / A proposal with what it states."""
    row, actor = proposal_for(request, number)
    state: Any = row.state
    return ProposalState(
        number=row.pk,
        action=row.action,
        subject=row.subject,
        subject_revision=row.subject_revision,
        data=row.data,
        state=state,
        own=row.proposer == actor.person_id,
        may_decide=may_decide(row, actor),
        reason=row.reason,
    )


def settled(request: HttpRequest, number: int, act: Callable[[Proposal, Actor], Outcome]) -> Done:
    """A decision on a proposal, for what the token is for."""
    if hasattr(request, "service_actor"):
        raise for_no_service(Text("审批", "Decide"))
    row, actor = proposal_for(request, number)
    refuse_scope(request, row.action)
    outcome = act(row, actor)
    return done(request, row.action, Outcome(outcome.result, outcome.entry, row))


@router.post("proposals/{number}/decide", response=Done, operation_id="decide_proposal")
def decide_proposal(request: HttpRequest, number: int, data: ProposalDecision) -> Done:
    """批准或退回 / Approve or send back, by another person than the one who proposed."""
    return settled(request, number, lambda row, actor: decide(row, actor, data.decision == "approve", data.reason))


@router.post("proposals/{number}/withdraw", response=Done, operation_id="withdraw_proposal")
def withdraw_proposal(request: HttpRequest, number: int, data: ProposalWithdrawal) -> Done:
    """撤回 / The proposer takes it back."""
    return settled(request, number, lambda row, actor: withdraw(row, actor, data.reason))


class Choice(Schema):
    """Something that may be chosen: its code and its words."""

    code: str
    zh: str
    en: str


@router.get("choices/{name}/{field}", response=list[Choice], operation_id="read_choices")
def read_choices(request: HttpRequest, name: str, field: str) -> list[Choice]:
    """某字段的可选项 / What may be chosen in a field of an input by whoever asks."""
    model = input_models().get(name)
    info = model.model_fields.get(field) if model is not None else None
    stated = next((note for note in info.metadata if isinstance(note, Choices)), None) if info else None
    if stated is None:
        raise out_of_scope()
    pairs = stated.of(actor_of_request(request))
    return [Choice(code=str(code), zh=words.zh, en=words.en) for code, words in pairs]


class StoredFileAnswer(Schema):
    """A file as inputs name it: by the SHA-256 of its content."""

    sha256: str
    name: str
    size: int


@router.post("files", response=StoredFileAnswer, operation_id="store_file")
def store_file(request: HttpRequest, file: File[UploadedFile]) -> StoredFileAnswer:
    """上传文件 / Stores a file, to be named by the act that attaches it; nobody else can name it."""
    actor = actor_of_request(request)
    if not actor.roles - {PERSON.code}:
        raise out_of_scope()
    token = getattr(request, "api_token", None)
    if token is not None and set(token.scopes) <= {READ}:
        refuse_scope(request, "files")
    kind = file.content_type or "application/octet-stream"
    upload = receive(file, file.name or "", kind, actor.person_id or 0)
    return StoredFileAnswer(sha256=upload.file.sha256, name=upload.name, size=upload.file.size)
