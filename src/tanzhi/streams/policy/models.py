"""Records of this room: the library, tasks and their dispatching, activities, cleaner-production audits."""

from .activities.model import Consultation, Event, Opinion, Participation, Recommendation, Visit
from .audits.model import Audit, AuditList
from .documents.model import Clause, Document, Issuer
from .pilots.model import Pilot
from .rounds.model import Report, Round
from .tasks.model import Indicator, Milestone, Task, TaskPart

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
