"""The lists of allocation: runs, lines, units, differences, who stands outside."""

from __future__ import annotations

from typing import Any

from tanzhi.law.citations.english import cited
from tanzhi.organisations.register.membership import STANDINGS as MEMBERSHIPS
from tanzhi.organisations.register.membership import law_of, reason_label
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.lists import TONNES, called

from .lineage import line_ref
from .model import FINAL, STAGES, AllocationLine
from .work import RUN

RUNS = Listing(
    "registry.runs",
    title=Text("配额分配批次", "Allocation runs"),
    noun=Text("个批次", "runs"),
    order="-year",
    columns=(
        ListColumn("name", Text("批次", "Run"), kind="link", link=lambda row: row.get_absolute_url()),
        ListColumn("year", Text("年度", "Year"), value=lambda row: str(row.year), sort=("year", "pk")),
        ListColumn("stage", Text("阶段", "Stage"), words=STAGES, sort="stage"),
        ListColumn("plants", Text("企业", "Plants"), kind="number", sort="plants"),
        ListColumn("total", Text("实发合计", "To be issued"), kind="number", sort="total", unit=TONNES),
        ListColumn("issued_on", Text("发放日", "Issued on"), kind="date", sort="issued_on"),
        ListColumn(
            "state",
            Text("状态", "State"),
            kind="state",
            words=RUN.words,
            sort="state",
            tone=RUN.tones,
        ),
    ),
    filters=(state_filter(RUN.words), Filter("stage", Text("阶段", "Stage"), STAGES)),
    empty=Text("尚无批次。", "No run yet."),
    step=FillingStep(Text("新建批次后测算。", "Open one and compute it."), "registry.open_run"),
)


def explained(quantity: str) -> Any:
    """A link to how a plant's total came about."""

    def link(line: AllocationLine) -> str:
        return explain_url(line_ref(line, quantity))

    return link


EMISSION = Text("排放量（清缴口径）", "Emission to surrender for")
LINES = Listing(
    "registry.lines",
    title=Text("分配结果", "Results by plant"),
    noun=Text("家企业", "plants"),
    order="code",
    prepare=called,
    search=("organisation__code", "organisation__names__zh", "organisation__names__en"),
    columns=(
        ListColumn(
            "code",
            Text("代码", "Code"),
            value="organisation.code",
            kind="link",
            sort="organisation__code",
            link=lambda line: line.get_absolute_url(),
        ),
        ListColumn("who", Text("企业", "Plant"), value="called"),
        ListColumn("emission", EMISSION, kind="number", sort="emission", unit=TONNES),
        ListColumn("basis", Text("数据依据", "Basis"), value="basis"),
        ListColumn(
            "allowance",
            Text("配额", "Allowances"),
            kind="number",
            sort="allowance",
            unit=TONNES,
            link=lambda line: explained(f"enterprise_{'allowance' if line.run.stage == FINAL else 'pre_allocation'}")(
                line
            ),
        ),
        ListColumn("top_up", Text("其中补发", "Of these topped up"), kind="number", sort="top_up", unit=TONNES),
        ListColumn("gap", Text("缺口（负为盈余）", "Gap (− surplus)"), kind="number", unit=TONNES),
        ListColumn("ahead", Text("已发", "Issued before"), kind="number", sort="ahead", unit=TONNES),
        ListColumn(
            "to_issue",
            Text("本次实发", "To be issued"),
            kind="number",
            sort="to_issue",
            unit=TONNES,
            link=lambda line: explained("final_issue" if line.run.stage == FINAL else "pre_issue")(line),
        ),
        ListColumn("note", Text("说明", "Note"), value="remark"),
    ),
    empty=Text("尚未测算。", "Not computed yet."),
    step=FillingStep(Text("点击“测算”。", "Choose “Compute”."), "registry.compute_run"),
)

UNITS = Listing(
    "registry.units",
    title=Text("机组明细", "Units"),
    noun=Text("台机组", "units"),
    prefix="u-",
    columns=(
        ListColumn("plant", Text("企业", "Plant")),
        ListColumn("unit", Text("机组", "Unit")),
        ListColumn("unit_class", Text("类别", "Class")),
        ListColumn("treatment", Text("核定方式", "Treatment")),
        ListColumn("special", Text("特殊情形", "Special case")),
        ListColumn("emission", EMISSION, kind="number", unit=TONNES),
        ListColumn(
            "load_factor",
            Text("负荷系数修正", "Load factor"),
            kind="number",
            link=lambda row: row["links"]["load_factor"],
        ),
        ListColumn(
            "electricity",
            Text("供电配额", "For electricity"),
            kind="number",
            unit=TONNES,
            link=lambda row: row["links"]["electricity_allowance"],
        ),
        ListColumn(
            "heat",
            Text("供热配额", "For heat"),
            kind="number",
            unit=TONNES,
            link=lambda row: row["links"]["heat_allowance"],
        ),
        ListColumn(
            "allowance",
            Text("机组配额", "Allowances"),
            kind="number",
            unit=TONNES,
            link=lambda row: row["links"]["unit_allowance"],
        ),
    ),
    empty=Text("尚未测算", "Not computed yet"),
)

DIFFERENCES = Listing(
    "registry.differences",
    title=Text("与上次批次的差异", "Against the earlier run"),
    noun=Text("家企业", "plants"),
    prefix="d-",
    columns=(
        ListColumn("who", Text("企业", "Plant"), value="line.organisation.name"),
        ListColumn("before", Text("上次配额", "Before"), value="before.allowance", kind="number", unit=TONNES),
        ListColumn("after", Text("本次配额", "Now"), value="line.allowance", kind="number", unit=TONNES),
        ListColumn("change", Text("差异", "Change"), value="change", kind="number", unit=TONNES),
    ),
    empty=Text("与上次批次相同", "The same as before"),
)


OUTSIDE = Listing(
    "registry.outside",
    title=Text("不纳入当年配额管理的单位", "Outside allocation this year"),
    noun=Text("家企业", "plants"),
    prefix="o-",
    prepare=called,
    columns=(
        ListColumn("code", Text("代码", "Code"), value="organisation.code"),
        ListColumn("who", Text("企业", "Plant"), value="called"),
        ListColumn("standing", Text("状态", "Standing"), words=MEMBERSHIPS),
        ListColumn("reason", Text("原因", "Reason"), value=lambda row: reason_label(row.reason)),
        ListColumn("law", Text("依据", "Law"), value=lambda row: row.reason and cited(law_of(row.reason))),
        ListColumn("document", Text("决定文件", "Decision")),
        ListColumn("decided_on", Text("决定日期", "Decided on"), kind="date"),
    ),
    empty=Text("名录内单位均纳入", "Everybody on the list is a member"),
)


WHAT_IF = Listing(
    "registry.what_if",
    title=Text("试算结果", "What-if by plant"),
    noun=Text("家企业", "plants"),
    prefix="w-",
    columns=(
        ListColumn("code", Text("代码", "Code"), value="line.organisation.code"),
        ListColumn("who", Text("企业", "Plant"), value="line.organisation.name"),
        ListColumn("emission", EMISSION, value="line.emission", kind="number", unit=TONNES),
        ListColumn("allowance", Text("现行配额", "Allowances now"), kind="number", unit=TONNES),
        ListColumn("supposed_allowance", Text("试算配额", "What-if"), kind="number", unit=TONNES),
        ListColumn("change", Text("差异", "Change"), kind="number", unit=TONNES),
        ListColumn("gap", Text("试算缺口（负为盈余）", "Gap, what-if (− surplus)"), kind="number", unit=TONNES),
        ListColumn("supposed_issue", Text("试算实发", "To be issued (what-if)"), kind="number", unit=TONNES),
    ),
    empty=Text("本批次尚未测算", "The run is not computed yet"),
)
