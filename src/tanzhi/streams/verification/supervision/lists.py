"""Bodies beside each other in a year, and the evaluations."""

from __future__ import annotations

from django.urls import reverse

from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, state_filter, year_filter
from tanzhi.rulebook.body_evaluation import GRADES
from tanzhi.rulebook.kernel.text import Text

from .model import BodyEvaluation
from .work import EVALUATION

PERCENT = Text("%", "%")
BODIES = Listing(
    "verification.supervision",
    title=Text("核查机构监管", "Supervision of bodies"),
    noun=Text("家", "bodies"),
    columns=(
        ListColumn("body", Text("核查机构", "Body"), value="body.name"),
        ListColumn("number", Text("核查件数", "Cases"), kind="number", sort="number"),
        ListColumn("verifiers", Text("核查员", "Verifiers"), kind="number", sort="verifiers"),
        ListColumn("plants_each", Text("人均单位数", "Plants per verifier"), kind="number"),
        ListColumn("findings_each", Text("每件不符合项", "Findings per case"), kind="number"),
        ListColumn("concluded", Text("已出结论", "Concluded"), kind="number", sort="concluded"),
        ListColumn("changed", Text("结论有变", "Did not stand"), kind="number", sort="changed"),
        ListColumn("error_rate", Text("差错率", "Error rate"), kind="number", unit=PERCENT),
        ListColumn("in_time_share", Text("按期率", "Deadlines kept"), kind="number", unit=PERCENT),
        ListColumn("adjusted", Text("重新核定数据", "Redetermined"), kind="number", sort="adjusted"),
        ListColumn("moved_share", Text("核减核增占比", "Emission moved"), kind="number", unit=PERCENT),
        ListColumn("intensity", Text("与同类强度之差", "Intensity against like units"), kind="number", unit=PERCENT),
        ListColumn("units", Text("可比机组", "Like units"), kind="number", sort="units"),
    ),
    empty=Text("该年度没有核查。", "Nothing of that year was verified."),
)
EVALUATIONS = Listing(
    "verification.evaluations",
    title=Text("核查机构评估", "Evaluations of bodies"),
    noun=Text("份", "evaluations"),
    columns=(
        ListColumn("body", Text("核查机构", "Body"), value="body.name", kind="link", sort="body__code",
                   link=lambda row: reverse("verification:evaluation", args=[row.pk])),
        ListColumn("year", Text("年度", "Year"), value=lambda row: str(row.year), sort="year"),
        ListColumn("score", Text("得分", "Points"), value="points", kind="number"),
        ListColumn("grade", Text("评估结果", "Result"), value="grade_label", sort="grade"),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=EVALUATION.words,
                   tone=EVALUATION.tones),
        ListColumn("published_on", Text("公开日期", "Published"), kind="date", sort="published_on"),
    ),
    filters=(
        state_filter(EVALUATION.words),
        year_filter(BodyEvaluation.objects.all),
        Filter("grade", Text("评估结果", "Result"), GRADES),
    ),
    search=("body__code", "body__names__zh", "body__names__en"),
    order="-year",
    empty=Text("没有可见的评估。", "No evaluation is to be seen."),
)  # fmt: skip
