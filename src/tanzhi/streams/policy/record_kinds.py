"""What programs read of documents, tasks, rounds, pilots, audits and activities."""

from __future__ import annotations

from tanzhi.presentation.records.kind import DECIMAL, WORDS, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .activities.model import Consultation, Event, Opinion, Participation, Recommendation, Visit
from .audits.model import Audit, AuditList
from .documents.model import Clause, Document, Issuer
from .pilots.model import Pilot
from .rounds.model import Report, Round
from .tasks.model import Indicator, Milestone, Task, TaskPart

TITLE = RecordField("title", WORDS)
WORK = ("region", "published", "state", "opened_at", "closed_at", "revision")

register(
    RecordKind(
        "documents",
        Text("政策文件", "Policy documents"),
        Document,
        ("region__code", "number", "pk"),
        (
            TITLE, "number", "level", "kind", "topic", "issued_on", "effective_on", "valid_until", "repealed_on",
            "repeal_reason", "supersedes", "source", *WORK,
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "document_issuers",
        Text("发文机关", "Issuers of documents"),
        Issuer,
        ("document__region__code", "document__pk", "order"),
        ("document", "order", "organisation", RecordField("name", WORDS)),
        prefetch=("organisation__names",),
    )
)
register(
    RecordKind(
        "clauses",
        Text("条款", "Clauses"),
        Clause,
        ("document__region__code", "document__pk", "number"),
        ("document", "parent", "order", "number", TITLE, "assigns"),
    )
)
register(
    RecordKind(
        "tasks",
        Text("任务", "Tasks"),
        Task,
        ("region__code", "number", "pk"),
        (
            TITLE, "document", "pilot", "clause", "parent", "number", "starts_on", "due_on",
            RecordField("weight", DECIMAL), "light", RecordField("score", DECIMAL), "lit_on", "done_on", *WORK,
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "task_parts",
        Text("任务分工", "Parts in tasks"),
        TaskPart,
        ("task__region__code", "task__number", "task__pk", "organisation__code", "part"),
        ("task", "organisation", "part"),
    )
)
register(
    RecordKind(
        "indicators",
        Text("任务指标", "Indicators of tasks"),
        Indicator,
        ("task__region__code", "task__number", "task__pk", "number"),
        (
            "task", "number", TITLE, "unit", "direction", RecordField("start", DECIMAL), RecordField("target", DECIMAL),
            RecordField("weight", DECIMAL),
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "milestones",
        Text("任务节点", "Milestones of tasks"),
        Milestone,
        ("task__region__code", "task__number", "task__pk", "number"),
        ("task", "number", TITLE, "due_on"),
    )
)
register(
    RecordKind(
        "rounds",
        Text("调度", "Rounds of dispatching"),
        Round,
        ("region__code", "as_of", "pk"),
        (TITLE, "document", "as_of", "due_on", RecordField("score", DECIMAL), "release", "closing_words", *WORK),
    )
)
register(
    RecordKind(
        "progress_reports",
        Text("进展报告", "Progress reports"),
        Report,
        ("round__region__code", "round__as_of", "round__pk", "task__pk", "organisation__code"),
        (
            "round", "task", "organisation", "actuals", "reached", "text", "verdict", "reported_at", "light",
            RecordField("score", DECIMAL), "release", "state", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "pilots",
        Text("试点", "Pilots"),
        Pilot,
        ("region__code", "pk"),
        (
            TITLE, "kind", "topic", RecordField("programme", WORDS), "document", "organisation", "named_on",
            "list_approved_on", "plan_title", "plan_issued_on", "progress", "verdict", *WORK,
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "audit_lists",
        Text("审核名单", "Lists for audit"),
        AuditList,
        ("region__code", "year", "pk"),
        ("region", "year", RecordField("title", WORDS, "name"), "published_on", "published", "revision"),
    )
)
register(
    RecordKind(
        "audits",
        Text("清洁生产审核", "Cleaner-production audits"),
        Audit,
        ("audit_list__region__code", "audit_list__year", "audit_list__pk", "organisation__code"),
        (
            "audit_list", "organisation", "grounds", "notified_on", "started_on", "finished_on", "options",
            "confirmed_on", "assessed_on", "accepted_on", "verdict", "state", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "consultations",
        Text("征求意见", "Consultations"),
        Consultation,
        ("region__code", "pk"),
        (
            TITLE, "topic", RecordField("asked_by", WORDS), "received_on", "due_on", "comments", "returned_on",
            "summary", *WORK,
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "consultation_opinions",
        Text("部门意见", "Opinions on drafts"),
        Opinion,
        ("consultation__region__code", "consultation__pk", "organisation__code", "pk"),
        ("consultation", "organisation", "text", "on", "person_name"),
    )
)
register(
    RecordKind(
        "visits",
        Text("帮扶指导", "Visits of guidance"),
        Visit,
        ("organisation__code", "pk"),
        (TITLE, "organisation", "planned_on", "held_on", "team", "advice", "outcome", *WORK),
    )
)
register(
    RecordKind(
        "events",
        Text("活动", "Events"),
        Event,
        ("region__code", "on", "pk"),
        (
            TITLE, "kind", RecordField("theme", WORDS), "on", "until", "host", RecordField("venue", WORDS), "attended",
            "outcome", *WORK,
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "participations",
        Text("各地活动", "Participations in events"),
        Participation,
        ("event__region__code", "event__on", "event__pk", "region__code"),
        ("event", "region", "activities", "people", "text", "on"),
    )
)
register(
    RecordKind(
        "recommendations",
        Text("典型推荐", "Recommendations"),
        Recommendation,
        ("region__code", "pk"),
        (TITLE, "kind", RecordField("to", WORDS), "grounds", "recommended_on", "outcome", *WORK),
    )
)
