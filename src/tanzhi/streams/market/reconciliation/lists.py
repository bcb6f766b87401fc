"""The lists of reconciliation: the statements, and the groups of one with row and posting side by side."""

from __future__ import annotations

from tanzhi.presentation.lists.listing import FillingStep, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.ledger.lists import TONNES
from tanzhi.streams.market.ledger.model import COMMANDS

RECONCILIATIONS = Listing(
    "registry.reconciliations",
    title=Text("登记系统对账", "Reconciliation with the national registry"),
    noun=Text("份对账单", "statements"),
    order="-at",
    search=("account__number", "reference", "account__organisation__code", "account__organisation__names__zh"),
    columns=(
        ListColumn("reference", Text("对账单编号", "Statement"), kind="link", link=lambda row: row.get_absolute_url()),
        ListColumn("account", Text("账户", "Account"), value="account.number", sort="account__number"),
        ListColumn("who", Text("持有人", "Holder"), value="account.name"),
        ListColumn("by", Text("导入人", "Imported by"), value="person_name"),
        ListColumn("at", Text("导入日期", "Imported on"), kind="date", sort="at"),
    ),
    empty=Text("尚未对账。", "Nothing was reconciled yet."),
    step=FillingStep(
        Text(
            "导入登记系统的账户对账单，与本平台记账逐笔核对。",
            "Import a statement of account of the national registry.",
        ),
        "registry.explain_difference",
    ),
)

UNIT = ListColumn("unit", Text("种类", "Unit"), value=lambda row: (row.line or row.transfer).unit.code)
THERE = (
    ListColumn("day_there", Text("登记系统日期", "Day there"), value="line.day", kind="date"),
    ListColumn("kind_there", Text("登记系统业务", "Operation there"), value="line.kind"),
    ListColumn("amount_there", Text("登记系统数量", "Quantity there"), value="line.amount", kind="number", unit=TONNES),
)
HERE = (
    ListColumn("day_here", Text("本平台日期", "Day here"), value="transfer.business_date", kind="date"),
    ListColumn("kind_here", Text("本平台业务", "Operation here"), value="transfer.command.kind", words=COMMANDS),
    ListColumn("amount_here", Text("本平台数量", "Quantity here"), value="amount_here", kind="number", unit=TONNES),
)
BOTH = THERE + HERE
EXPLAIN_WORDS = Text("说明差异", "explain")
EXPLAIN = ListColumn(
    "explain", Text("说明", "Explanation"), value=lambda row: EXPLAIN_WORDS if row.address else "", kind="link",
    link=lambda row: row.address,
)  # fmt: skip
EXPLANATION = (
    ListColumn("words", Text("差异原因", "What it comes from"), value="explanation.words"),
    ListColumn("person", Text("说明人", "Explained by"), value="explanation.person_name"),
    ListColumn("at", Text("说明日期", "Explained on"), value="explanation.at", kind="date"),
)


def group(prefix: str, title: Text, empty: Text, *columns: ListColumn) -> Listing:
    """One of the groups of a reconciliation: a side that it has nothing of has no columns."""
    return Listing(
        f"registry.reconciliation.{prefix}", title=title, columns=(UNIT, *columns), empty=empty, prefix=f"{prefix}-"
    )


MISSING_HERE = group(
    "here",
    Text("本平台缺少", "Missing here"),
    Text("登记系统的每一行都能在本平台找到", "every row of the statement is in our books"),
    *THERE,
    ListColumn("other", Text("对方账户", "Other account"), value="line.other"),
    EXPLAIN,
)
MISSING_THERE = group(
    "there",
    Text("登记系统缺少", "Missing there"),
    Text("本平台期间内的每一笔都在对账单上", "every posting of ours in the period is on the statement"),
    *HERE,
    EXPLAIN,
)
DIFFERENT = group(
    "different",
    Text("日期或数量不同", "Another day or quantity"),
    Text("没有日期或数量不同的", "none differs in its day or quantity"),
    *BOTH,
    EXPLAIN,
)
EXPLAINED = group(
    "explained", Text("已说明", "Explained"), Text("尚无说明", "nothing is explained yet"), *BOTH, *EXPLANATION
)
MATCHED = group("matched", Text("一致", "Matched"), Text("没有一致的", "none agrees"), *BOTH)
REVERSED = group("reversed", Text("本平台内冲正", "Reversed here"), Text("没有", "none"), *HERE)
