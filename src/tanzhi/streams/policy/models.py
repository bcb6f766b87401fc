"""Records of this room: the library, tasks and their dispatching, activities, cleaner-production audits."""

from .activity_models import Consultation, Event, Opinion, Participation, Pilot, Recommendation, Visit
from .audit_models import Audit, AuditList
from .document_models import Clause, Document, Issuer
from .task_models import Indicator, Milestone, Report, Round, Task, TaskPart

__all__ = [
    "Audit",
    "AuditList",
    "Clause",
    "Consultation",
    "Document",
    "Event",
    "Indicator",
    "Issuer",
    "Milestone",
    "Opinion",
    "Participation",
    "Pilot",
    "Recommendation",
    "Report",
    "Round",
    "Task",
    "TaskPart",
    "Visit",
]
