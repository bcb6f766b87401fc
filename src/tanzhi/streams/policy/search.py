"""What of policies is searched: documents, tasks, progress reviews, pilots, audits and activities."""

from __future__ import annotations

from tanzhi.organisations.register.model import of_organisation
from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text

from .activities.model import Consultation, Event, Recommendation, Visit
from .audits.model import Audit
from .documents.model import Document
from .pilots.model import Pilot
from .rounds.model import Round
from .tasks.model import Task

TITLE = ("title_zh", "title_en")

register(
    RecordSearch("policy.documents", Text("政策文件", "Policy documents"), Document, (*TITLE, "number", "source")), 50
)
register(RecordSearch("policy.tasks", Text("任务", "Tasks"), Task, (*TITLE, "number"), select=("pilot",)), 51)
register(RecordSearch("policy.rounds", Text("调度", "Progress reviews"), Round, TITLE), 52)
register(
    RecordSearch(
        "policy.pilots",
        Text("试点", "Pilots"),
        Pilot,
        (*TITLE, "programme_zh", "programme_en", *of_organisation("organisation")),
    ),
    53,
)
register(
    RecordSearch(
        "policy.audits",
        Text("清洁生产审核", "Cleaner-production audits"),
        Audit,
        ("audit_list__title_zh", "audit_list__title_en", "audit_list__year", *of_organisation("organisation")),
        select=("audit_list", "organisation"),
        prefetch=("organisation__names",),
    ),
    54,
)
register(RecordSearch("policy.events", Text("活动", "Events"), Event, (*TITLE, "theme_zh", "theme_en")), 55)
register(RecordSearch("policy.visits", Text("调研指导", "Visits"), Visit, TITLE), 56)
register(RecordSearch("policy.consultations", Text("征求意见", "Consultations"), Consultation, TITLE), 57)
register(RecordSearch("policy.recommendations", Text("推荐", "Recommendations"), Recommendation, TITLE), 58)
