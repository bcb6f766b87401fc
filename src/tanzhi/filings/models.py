"""The records of this package, for Django."""

from .laboratory.model import LaboratoryReport
from .mappings.model import Mapping, MappingVersion
from .months.model import Answer, EvidenceFile, Filing, InnerDeadline, Remark, RemarkAnswer, Reminder, Result, Version
from .plans.model import Plan, PlanEvent, PlanVersion

__all__ = [
    "Answer",
    "EvidenceFile",
    "Filing",
    "InnerDeadline",
    "LaboratoryReport",
    "Mapping",
    "MappingVersion",
    "Plan",
    "PlanEvent",
    "PlanVersion",
    "Remark",
    "RemarkAnswer",
    "Reminder",
    "Result",
    "Version",
]
