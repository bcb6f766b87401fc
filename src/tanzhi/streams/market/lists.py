"""The lists of the registry: accounts, statements, runs and their lines, surrenders, where each plant stands."""

from __future__ import annotations

from typing import Any

from tanzhi.actions import clock
from tanzhi.figures.questions import Ref
from tanzhi.organisations.membership import STANDINGS as MEMBERSHIPS
from tanzhi.organisations.membership import law_of, reason_label
from tanzhi.organisations.models import names_of
from tanzhi.presentation.listing import Column, Filter, Listing
from tanzhi.rulebook.allocation.compliance import STANDINGS as WORDS
from tanzhi.rulebook.kernel.text import Text, same

from .allocation_actions import RUN
from .ledger import COMMANDS, HOLD_STATES, STATES, UnitKind
from .lineage import KIND
from .models import STAGES, AllocationLine
from .surrendering import SURRENDERED

TONNES = Text("吨", "t")
TONE = {"open": "ok", "frozen": "due", "blocked": "late", "closed": "info"}
STANDING_TONE = {"met": "ok", "late": "due", "overdue": "late", "open": "due", "undetermined": "info"}


def unit_codes() -> dict[str, Text]:
    return {unit.code: same(unit.code) for unit in UnitKind.objects.all()}


def called(rows: list[Any]) -> None:
    """Names of a page's organisations, with one query."""
    names = names_of([row.organisation for row in rows if row.organisation], clock.today())
    for row in rows:
        row.called = names.get(row.organisation_id) or getattr(row, "kind_label", same("—"))


ACCOUNTS = Listing(
    "registry.accounts",
    title=Text("账户", "Accounts"),
    noun=Text("个账户", "accounts"),
    order="number",
    search=("number", "organisation__code", "organisation__names__zh", "organisation__names__en"),
    prepare=called,
    columns=(
        Column(
            "number", Text("账户号", "Account"), kind="link", sort="number", link=lambda row: row.get_absolute_url()
        ),
        Column("who", Text("持有人", "Holder"), value="called"),
        Column("region", Text("地区", "Region"), value="region.name"),
        Column("allowances", Text("配额", "Allowances"), kind="number", sort="allowances", unit=TONNES),
        Column("credits", Text("CCER", "CCER"), kind="number", sort="credits", unit=TONNES),
        Column("on_hold", Text("其中受限", "Of these on hold"), kind="number", sort="on_hold", unit=TONNES),
        Column("state", Text("状态", "State"), kind="state", sort="state", words=STATES, tone=TONE),
    ),
    filters=(Filter("state", Text("状态", "State"), STATES),),
    empty=Text("尚无账户：请先为重点排放单位开立账户", "No account yet: open one for a key emission unit"),
)

ENTRIES = Listing(
    "registry.entries",
    title=Text("账户明细", "Statement"),
    noun=Text("笔", "entries"),
    order="-day",
    columns=(
        Column(
            "day",
            Text("业务日期", "Day"),
            value="transfer.business_date",
            kind="date",
            sort=("transfer__business_date", "pk"),
        ),
        Column("kind", Text("业务", "What"), value="transfer.command.kind", words=COMMANDS),
        Column("unit", Text("种类", "Unit"), value="unit.code", sort="unit__code"),
        Column("other", Text("对方账户", "Other account"), value="other"),
        Column("amount", Text("变动", "Change"), kind="number", sort="amount", unit=TONNES),
        Column("after", Text("变动后余额", "Balance after"), value="balance_after", kind="number", unit=TONNES),
        Column("seq", Text("序号", "No."), kind="number", value="seq"),
    ),
    filters=(
        Filter("unit", Text("种类", "Unit"), unit_codes, where="unit__code"),
        Filter("kind", Text("业务", "What"), COMMANDS, where="transfer__command__kind"),
    ),
    empty=Text("尚无记账", "Nothing was posted yet"),
)

HOLDS = Listing(
    "registry.holds",
    prefix="h-",
    title=Text("受限与待确认", "On hold"),
    noun=Text("项", "holds"),
    columns=(
        Column("kind", Text("种类", "Kind"), value="part.kind_label"),
        Column("unit", Text("单位", "Unit"), value="unit.code"),
        Column("amount", Text("数量", "Amount"), kind="number", unit=TONNES),
        Column("receiver", Text("接收账户", "Receiver"), value="receiver.number"),
        Column("reason", Text("依据", "Reason")),
        Column("since", Text("起始日", "Since"), kind="date"),
        Column("state", Text("状态", "State"), kind="state", words=HOLD_STATES, tone={"active": "due", "done": "ok"}),
    ),
    empty=Text("没有冻结、质押或待确认的数量", "Nothing is frozen, pledged or on its way"),
)

RUNS = Listing(
    "registry.runs",
    title=Text("配额分配批次", "Allocation runs"),
    noun=Text("个批次", "runs"),
    order="-year",
    columns=(
        Column("name", Text("批次", "Run"), kind="link", link=lambda row: row.get_absolute_url()),
        Column("year", Text("年度", "Year"), value=lambda row: str(row.year), sort=("year", "pk")),
        Column("stage", Text("阶段", "Stage"), words=STAGES, sort="stage"),
        Column("plants", Text("企业", "Plants"), kind="number", sort="plants"),
        Column("total", Text("实发合计", "To be issued"), kind="number", sort="total", unit=TONNES),
        Column("issued_on", Text("发放日", "Issued on"), kind="date", sort="issued_on"),
        Column(
            "state",
            Text("状态", "State"),
            kind="state",
            words=RUN.words,
            sort="state",
            tone=RUN.tones,
        ),
    ),
    filters=(Filter("state", Text("状态", "State"), RUN.words), Filter("stage", Text("阶段", "Stage"), STAGES)),
    empty=Text("尚无批次：新建批次后测算", "No run yet: open one and compute it"),
)


def explained(quantity: str) -> Any:
    """A link to how a plant's total came about."""

    def link(line: AllocationLine) -> str:
        return f"/explain/?ref={_quoted(str(Ref(KIND, str(line.pk), {'at': '', 'name': quantity})))}"

    return link


def _quoted(ref: str) -> str:
    from urllib.parse import quote

    return quote(ref, safe=":")


def _issue_link(line: AllocationLine) -> str:
    return str(explained("final_issue" if line.run.stage == "final" else "pre_issue")(line))


def _allowance_link(line: AllocationLine) -> str:
    name = "enterprise_allowance" if line.run.stage == "final" else "enterprise_pre_allocation"
    return str(explained(name)(line))


EMISSION = Text("排放量（清缴口径）", "Emission to surrender for")
LINES = Listing(
    "registry.lines",
    title=Text("分配结果", "Results by plant"),
    noun=Text("家企业", "plants"),
    order="code",
    prepare=called,
    search=("organisation__code", "organisation__names__zh", "organisation__names__en"),
    columns=(
        Column(
            "code",
            Text("代码", "Code"),
            value="organisation.code",
            kind="link",
            sort="organisation__code",
            link=lambda line: line.get_absolute_url(),
        ),
        Column("who", Text("企业", "Plant"), value="called"),
        Column("emission", EMISSION, kind="number", sort="emission", unit=TONNES),
        Column("basis", Text("数据依据", "Basis"), value="basis"),
        Column(
            "allowance", Text("配额", "Allowances"), kind="number", sort="allowance", unit=TONNES, link=_allowance_link
        ),
        Column("top_up", Text("其中补发", "Of these topped up"), kind="number", sort="top_up", unit=TONNES),
        Column("gap", Text("缺口（负为盈余）", "Gap (− surplus)"), kind="number", unit=TONNES),
        Column("ahead", Text("已发", "Issued before"), kind="number", sort="ahead", unit=TONNES),
        Column(
            "to_issue", Text("本次实发", "To be issued"), kind="number", sort="to_issue", unit=TONNES, link=_issue_link
        ),
        Column("note", Text("说明", "Note"), value="remark"),
    ),
    empty=Text("尚未测算：点击“测算”", "Not computed yet: press “Compute”"),
)

UNITS = Listing(
    "registry.units",
    title=Text("机组明细", "Units"),
    noun=Text("台机组", "units"),
    prefix="u-",
    columns=(
        Column("plant", Text("企业", "Plant")),
        Column("unit", Text("机组", "Unit")),
        Column("unit_class", Text("类别", "Class")),
        Column("treatment", Text("核定方式", "Treatment")),
        Column("special", Text("特殊情形", "Special case")),
        Column("emission", EMISSION, kind="number", unit=TONNES),
        Column(
            "load_factor",
            Text("负荷系数修正", "Load factor"),
            kind="number",
            link=lambda row: row["links"]["load_factor"],
        ),
        Column(
            "electricity",
            Text("供电配额", "For electricity"),
            kind="number",
            unit=TONNES,
            link=lambda row: row["links"]["electricity_allowance"],
        ),
        Column(
            "heat",
            Text("供热配额", "For heat"),
            kind="number",
            unit=TONNES,
            link=lambda row: row["links"]["heat_allowance"],
        ),
        Column(
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
        Column("who", Text("企业", "Plant"), value="line.organisation.name"),
        Column("before", Text("上次配额", "Before"), value="before.allowance", kind="number", unit=TONNES),
        Column("after", Text("本次配额", "Now"), value="line.allowance", kind="number", unit=TONNES),
        Column("change", Text("差异", "Change"), value="change", kind="number", unit=TONNES),
    ),
    empty=Text("与上次批次相同", "The same as before"),
)


def years_lacking(row: Any) -> str:
    """Years of a plant's membership that are not allocated yet."""
    return "、".join(map(str, row.lacking))


OUTSIDE = Listing(
    "registry.outside",
    title=Text("不纳入当年配额管理的单位", "Outside allocation this year"),
    noun=Text("家企业", "plants"),
    prefix="o-",
    prepare=called,
    columns=(
        Column("code", Text("代码", "Code"), value="organisation.code"),
        Column("who", Text("企业", "Plant"), value="called"),
        Column("standing", Text("状态", "Standing"), words=MEMBERSHIPS),
        Column("reason", Text("原因", "Reason"), value=lambda row: reason_label(row.reason)),
        Column("law", Text("依据", "Law"), value=lambda row: law_of(row.reason)),
        Column("document", Text("决定文件", "Decision")),
        Column("decided_on", Text("决定日期", "Decided on"), kind="date"),
    ),
    empty=Text("名录内单位均纳入", "Everybody on the list is a member"),
)

STANDINGS = Listing(
    "registry.standings",
    title=Text("各企业履约", "Plants"),
    noun=Text("家企业", "plants"),
    search=lambda rows, words: [row for row in rows if words in row.name.zh or words.lower() in row.name.en.lower()],
    columns=(
        Column("code", Text("代码", "Code"), value="organisation.code", sort="code"),
        Column("name", Text("企业", "Plant"), sort="name"),
        Column(
            "obligation",
            Text("应清缴", "Owed"),
            value="compliance.obligation",
            kind="number",
            sort="obligation",
            unit=TONNES,
        ),
        Column("allocated", Text("已发放", "Issued"), value="allocated", kind="number", sort="allocated", unit=TONNES),
        Column(
            "surrendered",
            Text("已清缴", "Surrendered"),
            value="compliance.surrendered",
            kind="number",
            sort="surrendered",
            unit=TONNES,
        ),
        Column(
            "credits",
            Text("其中 CCER", "Of these CCER"),
            value="compliance.credits",
            kind="number",
            sort="credits",
            unit=TONNES,
        ),
        Column(
            "remaining",
            Text("尚欠", "Still owed"),
            value="compliance.remaining",
            kind="number",
            sort="remaining",
            unit=TONNES,
        ),
        Column("held", Text("现持有配额", "Allowances held"), value="held", kind="number", sort="held", unit=TONNES),
        Column(
            "balance",
            Text("盈余（负为缺口）", "Surplus (− gap)"),
            value="balance",
            kind="number",
            sort="balance",
            unit=TONNES,
        ),
        Column("met_on", Text("足额清缴日", "Met on"), value="compliance.met_on", kind="date", sort="met_on"),
        Column(
            "standing",
            Text("状态", "Standing"),
            value="compliance.standing",
            kind="state",
            sort="standing",
            words=WORDS,
            tone=lambda row: STANDING_TONE[row.compliance.standing],
        ),
        Column("lacking", Text("尚未核定的年度", "Years not determined"), value=years_lacking),
    ),
    filters=(
        Filter(
            "standing",
            Text("状态", "Standing"),
            WORDS,
            where=lambda rows, code: [r for r in rows if r.compliance.standing == code],
        ),
    ),
    empty=Text("尚无企业：配额发放后列出", "No plant yet: they appear once allowances are issued"),
)

DISCLOSURE = Listing(
    "registry.disclosure",
    title=Text("清缴情况公开", "Surrender, as disclosed"),
    noun=Text("家企业", "plants"),
    search=lambda rows, words: [row for row in rows if words in row.name.zh or words.lower() in row.name.en.lower()],
    columns=(
        Column("name", Text("企业", "Plant"), sort="name"),
        Column("region", Text("地区", "Region"), value="organisation.region.name", sort="region"),
        Column(
            "standing",
            Text("清缴状态", "Standing"),
            value="compliance.standing",
            kind="state",
            sort="standing",
            words=WORDS,
            tone=lambda row: STANDING_TONE[row.compliance.standing],
        ),
        Column("met_on", Text("足额清缴日", "Met on"), value="compliance.met_on", kind="date", sort="met_on"),
    ),
    empty=Text("尚无应清缴企业", "No plant owes anything yet"),
)

SURRENDERS = Listing(
    "registry.surrenders",
    title=Text("清缴申请", "Surrenders"),
    noun=Text("份", "surrenders"),
    prefix="s-",
    columns=(
        Column(
            "who",
            Text("企业", "Plant"),
            value="account.organisation.name",
            kind="link",
            link=lambda row: row.get_absolute_url(),
        ),
        Column("allowances", Text("配额", "Allowances"), kind="number", unit=TONNES),
        Column("credits", Text("CCER", "CCER"), kind="number", unit=TONNES),
        Column("asked", Text("申请", "Asked"), value="asked_at", kind="date", sort="asked_at"),
        Column("on", Text("确认", "Confirmed"), kind="date", sort="on"),
        Column(
            "state",
            Text("状态", "State"),
            kind="state",
            words=SURRENDERED.words,
            sort="state",
            tone=SURRENDERED.tones,
        ),
    ),
    filters=(Filter("state", Text("状态", "State"), SURRENDERED.words),),
    empty=Text("尚无清缴申请", "Nothing was handed in yet"),
)
