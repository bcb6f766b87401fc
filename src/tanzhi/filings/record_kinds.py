"""What programs read of filings, laboratory reports and quality control plans."""

from __future__ import annotations

from tanzhi.presentation.records.kind import DATA, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .deposits.lists import FILINGS
from .laboratory.lists import REPORTS_ON_RECORD
from .laboratory.model import LaboratoryReport
from .months.model import LEVELS, Answer, EvidenceFile, Filing, InnerDeadline, Remark, Result, Version
from .plans.lists import PLANS
from .plans.model import Plan, PlanVersion

OF_FILING = ("filing__form_code", "filing__organisation__code", "filing__period")
RECORD_OF = RecordField("record", DATA)  # exact decimal strings, as filed


register(
    RecordKind(
        "filings",
        Text("填报", "Filings"),
        Filing,
        ("form_code", "organisation__code", "period"),
        (
            RecordField("form", path="form_code"), "organisation", "period", "state", "due_on", "inner_due_on", "late",
            "deposited_at", "returned_by", "reviewed_by", "opened_at", "closed_at", "revision",
        ),
        listing=FILINGS,
    )
)  # fmt: skip
register(
    RecordKind(
        "filing_versions",
        Text("填报版本", "Versions of filings"),
        Version,
        (*OF_FILING, "number"),
        (
            "filing",
            "number",
            RECORD_OF,
            "digest",
            "file_name",
            "file_sha256",
            "reason",
            "person_name",
            "at",
            "deposited",
        ),
    )
)
register(
    RecordKind(
        "filing_results",
        Text("计算结果", "Results of filings"),
        Result,
        (*OF_FILING, "version__number", "where", "quantity", "release"),
        (
            "filing",
            "version",
            "organisation",
            "period",
            "level",
            "where",
            "quantity",
            "value",
            "unit",
            "state",
            "release",
        ),
    )
)
register(
    RecordKind(
        "filing_answers",
        Text("问题答复", "Answers to questions"),
        Answer,
        (*OF_FILING, "pk"),
        ("filing", RecordField("finding", path="code"), "where", "question", "text", "person_name", "at"),
    )
)
register(
    RecordKind(
        "filing_remarks",
        Text("退回意见", "Remarks on returned months"),
        Remark,
        (*OF_FILING, "pk"),
        ("filing", "version", RecordField("level", words=LEVELS), "where", "field", "text", "person_name", "at"),
    )
)
register(
    RecordKind(
        "filing_evidence",
        Text("填报证据", "Evidence of filings"),
        EvidenceFile,
        (*OF_FILING, "pk"),
        ("filing", "kind", "where", "sha256", RecordField("name"), "size", "at"),
    )
)
register(
    RecordKind(
        "laboratory_reports",
        Text("检测报告", "Laboratory reports"),
        LaboratoryReport,
        ("organisation__code", "number", "pk"),
        (
            "organisation", "guideline", "number", "month", "unit", "material", "sampled_on", "reported_on",
            "laboratory", "laboratory_mark", RecordField("record", DATA, "row"), "digest", "person_name", "state",
            "withdrawn_because", "revision",
        ),
        listing=REPORTS_ON_RECORD,
    )
)  # fmt: skip
register(
    RecordKind(
        "control_plans",
        Text("数据质量控制方案", "Quality control plans"),
        Plan,
        ("organisation__code", "guideline", "year"),
        ("organisation", "guideline", "year", "state", "due_on", "submitted_at", "revision_reason", "revision"),
        listing=PLANS,
    )
)
register(
    RecordKind(
        "control_plan_versions",
        Text("方案版本", "Versions of quality control plans"),
        PlanVersion,
        ("plan__organisation__code", "plan__guideline", "plan__year", "number"),
        ("plan", "number", RECORD_OF, "digest", "reason", "person_name", "at", "approved"),
    )
)


def all_inner_deadlines(_actor: object) -> object:
    return InnerDeadline.objects.all()  # a region's place is published


register(
    RecordKind(
        "inner_deadlines",
        Text("内部期限", "Inner deadlines"),
        InnerDeadline,
        ("region__code", "form_code", "pk"),
        ("region", RecordField("form", path="form_code"), "days", "source", "since", "until", "revision"),
        rows=all_inner_deadlines,
    )
)
