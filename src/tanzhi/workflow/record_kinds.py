"""What programs read of work: findings in cases, deadlines, proposals, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.models import Job, Performed, Proposal
from tanzhi.actions.state_record import untold_cases
from tanzhi.evidence.models import Entry
from tanzhi.law.models import COMPARISON_STATES, LAW_READERS, CalendarDay, CalendarYear, Comparison, ParameterEntry
from tanzhi.presentation.records.kind import TEXT, WHOLE, WORDS, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .clocks.model import Clock
from .dossier.model import Comment
from .findings.model import CaseFinding

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

PROPOSAL_STATES = {
    Proposal.OPEN: Text("待审批", "open"),
    Proposal.APPROVED: Text("已批准", "approved"),
    Proposal.REJECTED: Text("已退回", "sent back"),
    Proposal.WITHDRAWN: Text("已撤回", "withdrawn"),
}


def findings_of_told_cases(actor: Actor) -> Any:
    return CaseFinding.objects.visible_to(actor).exclude(case__in=untold_cases(actor))


def all_entered_parameters(_actor: Actor) -> Any:
    return ParameterEntry.objects.all()  # their place is published


def comparisons_for(actor: Actor) -> Any:
    return Comparison.objects.all() if LAW_READERS & actor.roles else Comparison.objects.none()


def own_jobs(actor: Actor) -> Any:
    return Job.objects.filter(actor=actor.person_id or 0, actor__gt=0)


def entry_number(row: Performed) -> int | None:
    """The number of the act's entry, as the act answered it."""
    number = str(row.outcome.get("entry", "")).rpartition(":")[2]
    return int(number) if number else None


def with_receipts(rows: list[Any]) -> None:
    """Each act's receipt number, which its entry has once it is sealed."""
    numbers = [number for row in rows if (number := entry_number(row)) is not None]
    sealed = Entry.objects.filter(pk__in=numbers).exclude(leaf_index=None)
    receipts = {entry.pk: entry.number for entry in sealed.only("leaf_index")}
    for row in rows:
        row.receipt = receipts.get(entry_number(row) or 0)


register(
    RecordKind(
        "case_findings",
        Text("不符合项与问题", "Findings in cases"),
        CaseFinding,
        ("case", "number"),
        (
            "case",
            "number",
            "title",
            "text",
            "where",
            "law",
            "answer",
            "verdict",
            "state",
            "opened_at",
            "closed_at",
            "revision",
        ),
        rows=findings_of_told_cases,
    )
)
register(
    RecordKind(
        "case_comments",
        Text("意见", "Comments on cases"),
        Comment,
        ("case", "pk"),
        ("case", "text", "internal", "person_name", "at"),
    )
)
register(
    RecordKind(
        "deadlines",
        Text("期限", "Deadlines"),
        Clock,
        ("case", "limit", "pk"),
        (
            "case",
            "kind",
            RecordField("limit_code", path="limit"),
            RecordField("name", WORDS),
            "unit",
            "started_on",
            "due_on",
            "state",
            "stopped_on",
        ),
    )
)
register(
    RecordKind(
        "proposals",
        Text("待第二人办理的事项", "Proposals"),
        Proposal,
        ("pk",),
        (
            "action", "subject", "subject_revision", "digest", "proposed_at", "expires_at",
            RecordField("state", words=PROPOSAL_STATES), "decided_at",
        ),  # what it states is for whoever proposed it or may decide: `GET /api/proposals/{number}`
    )
)  # fmt: skip
register(
    RecordKind(
        "acts",
        Text("办理记录与回执", "Activity record, with receipts"),
        Performed,
        ("pk",),
        (
            "action", "subject", "role", "state_before", "state_after", "revision", "digest", "at",
            RecordField("entry", WHOLE, of=entry_number),
            RecordField("receipt", TEXT, of=lambda row: row.receipt),
        ),
        prepare=with_receipts,
    )
)  # fmt: skip
register(
    RecordKind(
        "entered_parameters",
        Text("录入的参数", "Parameters entered"),
        ParameterEntry,
        ("number",),
        (
            "number", "guideline", "parameter", "keys", "value", "unit", "since", "until", "supersedes",
            "after_publication", "source", "note", "entered_at", "chain", "revision",
        ),
        rows=all_entered_parameters,
    )
)  # fmt: skip
register(
    RecordKind(
        "comparisons",
        Text("重新核算前后对照", "Comparisons with the earlier law"),
        Comparison,
        ("pk",),
        (
            "stream", "guideline", "year", "release", "digest", RecordField("state", words=COMPARISON_STATES), "reason",
            "at", "revision",
        ),
        rows=comparisons_for,
    )
)  # fmt: skip
register(
    RecordKind(
        "calendar_years",
        Text("录入的日历年份", "Years of the calendar entered"),
        CalendarYear,
        ("year",),
        ("year", "source", "revision"),
    )
)
register(
    RecordKind(
        "calendar_days",
        Text("录入的节假日与调休", "Holidays and worked weekends entered"),
        CalendarDay,
        ("day",),
        ("day", "working", RecordField("name")),
    )
)
register(
    RecordKind(
        "jobs",
        Text("任务", "Jobs"),
        Job,
        ("pk",),
        (
            RecordField("kind", TEXT),
            "state",
            "progress",
            "total",
            "message",
            "result",
            "created_at",
            "started_at",
            "ended_at",
        ),
        rows=own_jobs,
    )
)
