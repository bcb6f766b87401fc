"""What programs read of verification and of clues."""

from __future__ import annotations

from tanzhi.presentation.records.kind import DECIMAL, LIST, TEXT, RecordField, RecordKind, register
from tanzhi.rulebook.body_evaluation import GRADES
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.penalties import GROUNDS, OFFENCES

from .cases.lists import CASES
from .cases.model import CONFLICTS, Conclusion, Conflict, Redetermination, Verification, VerifiedResult
from .clues.lists import CLUES
from .clues.model import FOUND, LEVELS, NOT_CHECKED, RISKS, Clue
from .cross_checks.lists import HITS
from .cross_checks.model import CheckHit
from .disclosure.model import DisclosedEmission, EmissionDisclosure
from .energy_books.model import BOOKS, EnergyStatement, EnergyStatistic
from .energy_comparison.model import KINDS as CAUSES
from .energy_comparison.model import EnergyExplanation
from .key_list.candidates import CHANGES
from .key_list.model import DECISIONS, UNDECIDED, KeyUnitList, KeyUnitListRow
from .own_disclosure.model import CHANNELS, OwnDisclosure
from .penalties.lists import PENALTIES
from .penalties.model import (
    CHALLENGES,
    FINED,
    GRAVITIES,
    INSTALMENT_ANSWERS,
    NO_ANSWER,
    NO_GROUND,
    REVIEW_KINDS,
    REVIEW_OUTCOMES,
    Penalty,
    PenaltyPayment,
    PenaltyReview,
)
from .review.model import CAPACITIES, CATEGORIES, KINDS, RESULTS, ReviewLine, ReviewNote, VisitSignature
from .supervision.lists import EVALUATIONS
from .supervision.model import BodyEvaluation

NO_CHALLENGE = Text("无", "None")
OF_CASE = ("case__organisation__code", "case__year")

register(
    RecordKind(
        "verifications",
        Text("核查", "Verifications"),
        Verification,
        ("organisation__code", "year"),
        (
            "organisation", "year", "filing", "version", "body", "state", "review", "site_list", "visited_on", "visit",
            "waived", "objection", "decision", "archive_number", "opened_at", "closed_at", "revision",
        ),
        listing=CASES,
    )
)  # fmt: skip
register(
    RecordKind(
        "conclusions",
        Text("核查结论", "Conclusions of verification"),
        Conclusion,
        (*OF_CASE, "number"),
        (
            "case", "number", "report_number", "conforms", "opinion", "swing", RecordField("reported", DECIMAL),
            RecordField("verified", DECIMAL), "release", "person_name", "at",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "verified_results",
        Text("核查数据", "Verified results"),
        VerifiedResult,
        ("conclusion__case__organisation__code", "conclusion__case__year", "conclusion__number", "pk"),
        ("conclusion", "level", "where", "quantity", "unit", "reported", "value"),
    )
)
register(
    RecordKind(
        "redeterminations",
        Text("重新核定", "Redeterminations"),
        Redetermination,
        (*OF_CASE, "pk"),
        (
            "case", RecordField("where", path="place_in_record"), "field", "filed", "value", "method", "actual",
            "required", "basis", "finding", "withdrawn", "person_name", "at",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "review_lines",
        Text("核查清单", "Review lists"),
        ReviewLine,
        (*OF_CASE, "number"),
        (
            "case", "number", RecordField("kind", words=KINDS), RecordField("category", words=CATEGORIES), "code",
            RecordField("where", path="place_in_record"), "title", "expected", "law", "state", "finding", "at",
            "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "review_notes",
        Text("核查记录", "Notes of inspectors"),
        ReviewNote,
        ("line__case__organisation__code", "line__case__year", "line__number", "number"),
        (
            "line", "number", RecordField("result", words=RESULTS), RecordField("category", words=CATEGORIES),
            "evidence", "remark", "reason", "seen", "stands", "device_at", "person_name", "at",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "visit_signatures",
        Text("手绘签名图像", "Drawn signatures"),
        VisitSignature,
        (*OF_CASE, "pk"),
        (
            "case", "name", RecordField("capacity", words=CAPACITIES), RecordField("sha256", path="image__sha256"),
            "person_name", "at",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "conflicts",
        Text("利益冲突", "Conflicts of interest"),
        Conflict,
        ("organisation__code", "pk"),
        ("body", "organisation", RecordField("kind", words=CONFLICTS), "since", "until", "basis", "revision"),
    )
)
register(
    RecordKind(
        "clues",
        Text("问题线索", "Clues"),
        Clue,
        ("number",),
        (
            "number", "source", RecordField("level", words=LEVELS), "organisation", "unit", "parameter", "period",
            "text", RecordField("risk", words=RISKS), "requirement",
            RecordField("outcome", words=FOUND | {"": NOT_CHECKED}), "check_result", "measures", "confirmation",
            "closing", "returned", "answered_on", "answer_document", "filing", "version", "where", "field", "value",
            "withdrawn", "state", "opened_at", "closed_at", "revision",
        ),
        listing=CLUES,
    )
)  # fmt: skip
register(
    RecordKind(
        "check_hits",
        Text("交叉核对疑点", "Cross-check hits"),
        CheckHit,
        ("organisation__code", "year", "code", "pk"),
        (
            "organisation", "year", "code", "filing", "version", "where", "field", "value", "words", "release",
            "answer", "opinion", "clue", "state", "opened_at", "closed_at", "revision",
        ),
        listing=HITS,
    )
)  # fmt: skip
register(
    RecordKind(
        "key_unit_lists",
        Text("年度重点排放单位名录", "Lists of key emission units by year"),
        KeyUnitList,
        ("region__code", "year"),
        ("region", "year", "state", "opened_at", "closed_at", "revision"),
    )
)
register(
    RecordKind(
        "key_unit_list_rows",
        Text("年度重点排放单位名录（逐家）", "Lists of key emission units, enterprise by enterprise"),
        KeyUnitListRow,
        ("key_list__region__code", "key_list__year", "organisation__code", "sector"),
        (
            "key_list", "organisation", "sector", "is_listed", RecordField("change", words=CHANGES),
            RecordField("decision", words=DECISIONS | {"": UNDECIDED}), "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "body_evaluations",
        Text("核查机构评估", "Evaluations of verification bodies"),
        BodyEvaluation,
        ("region__code", "year", "body__code"),
        (
            "region", "body", "year", "score", RecordField("proposed", words=GRADES),
            RecordField("grade", words=GRADES | {"": UNDECIDED}), "document", "published_on", "state", "opened_at",
            "closed_at", "revision",
        ),
        listing=EVALUATIONS,
    )
)  # fmt: skip
register(
    RecordKind(
        "energy_statements",
        Text("企业能源统计", "Energy of plants by other books"),
        EnergyStatement,
        ("organisation__code", "year", "book", "item", "pk"),
        (
            "organisation", "year", RecordField("book", words=BOOKS), "item", RecordField("quantity", DECIMAL),
            "source", "person_name", "at", "withdrawn_at",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "energy_statistics",
        Text("地区能源统计", "Energy of regions by statistics"),
        EnergyStatistic,
        ("region__code", "year", "item", "pk"),
        ("region", "year", "item", RecordField("quantity", DECIMAL), "source", "person_name", "at", "withdrawn_at"),
    )
)
register(
    RecordKind(
        "energy_explanations",
        Text("能源差异解释", "Explanations of energy"),
        EnergyExplanation,
        ("region__code", "year", "item", "pk"),
        (
            "region", "year", "item", RecordField("kind", words=CAUSES), RecordField("quantity", DECIMAL), "reason",
            "basis", "person_name", "at", "withdrawn_at", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "penalties",
        Text("处罚案件", "Penalty cases"),
        Penalty,
        ("organisation__code", "pk"),
        (
            "organisation", RecordField("fined", words=FINED), RecordField("offence", words=OFFENCES), "acted_on",
            "found_on", "text", "investigators", "facts", RecordField("illegal_gain", DECIMAL),
            RecordField("missing", DECIMAL), RecordField("mean_price", DECIMAL), "price_source",
            RecordField("next_quota", DECIMAL), "notified_on", RecordField("proposed", DECIMAL), "order", "grounds",
            RecordField("notice_ground", words=GROUNDS | {"": NO_GROUND}), RecordField("gravity", words=GRAVITIES),
            "statement", "hearing_on", "hearing_place", "hearing", "hearing_basis", "law_day",
            RecordField("range_least", DECIMAL), RecordField("range_greatest", DECIMAL), RecordField("fine", DECIMAL),
            "decision", "decision_number",
            RecordField("ground", words=GROUNDS | {"": NO_GROUND}),
            "decided_on", "delivered_on", "due_on", RecordField("challenge", words=CHALLENGES | {"": NO_CHALLENGE}),
            "instalments_asked_on", "instalments_reason", RecordField("instalments_proposed", LIST),
            "instalments_answered_on", RecordField("instalments_answer", words=INSTALMENT_ANSWERS | {"": NO_ANSWER}),
            "instalments_opinion", RecordField("instalments", LIST), "challenge_text", "challenged_on",
            "settled_on", "settlement", "published_on", "public_until", "withdrawn_on", "withdrawal", "state",
            "opened_at", "closed_at", "revision",
        ),
        listing=PENALTIES,
    )
)  # fmt: skip
register(
    RecordKind(
        "penalty_payments",
        Text("罚款缴纳", "Payments of fines"),
        PenaltyPayment,
        ("penalty__organisation__code", "penalty__pk", "paid_on", "pk"),
        ("penalty", "paid_on", RecordField("amount", DECIMAL), "document", "person_name", "at"),
    )
)
register(
    RecordKind(
        "penalty_reviews",
        Text("处罚决定前的审核和讨论", "Reviews before penalties"),
        PenaltyReview,
        ("penalty__organisation__code", "penalty__pk", "pk"),
        (
            "penalty", RecordField("kind", words=REVIEW_KINDS), RecordField("outcome", words=REVIEW_OUTCOMES),
            "held_on", "after_hearing", "members", "opinion", "person_name", "at",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "emission_disclosures",
        Text("核查结果公开", "Disclosures of verified emissions"),
        EmissionDisclosure,
        ("region__code", "year", "sector", "number"),
        (
            "region", "year", "sector", "number", "correction", "claims_until", "document", "published_on", "consulted",
            "withdrawal", "state", "opened_at", "closed_at", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "disclosed_emissions",
        Text("公开的核查排放量", "Verified emissions that are public"),
        DisclosedEmission,
        ("disclosure__region__code", "disclosure__year", "organisation__code", "version"),
        (
            "disclosure", "organisation", "version", RecordField("emission", DECIMAL), "body_zh", "body_en", "conforms",
            RecordField("facilities", LIST, of=lambda row: row.public_facilities or []),
            RecordField("method", TEXT, of=lambda row: row.public_method or ""), "withdrawn", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "own_disclosures",
        Text("企业排放信息披露", "Disclosure by enterprises"),
        OwnDisclosure,
        ("organisation__code", "year", "disclosed_on", "pk"),
        (
            "organisation", "year", RecordField("channel", words=CHANNELS), "address", "disclosed_on", "withdrawal",
            "state", "opened_at", "closed_at", "revision",
        ),
    )
)  # fmt: skip
