"""The lists of accounts: who holds what, statements, what is on hold."""

from __future__ import annotations

from typing import Any

from tanzhi.actions import clock
from tanzhi.organisations.register.model import names_of
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text, same

from .model import COMMANDS, HOLD_STATES, STATES, UnitKind

TONNES = Text("吨", "t")
TONE = {"open": "ok", "frozen": "due", "blocked": "late", "closed": "info"}


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
        ListColumn(
            "number", Text("账户号", "Account"), kind="link", sort="number", link=lambda row: row.get_absolute_url()
        ),
        ListColumn("who", Text("持有人", "Holder"), value="called"),
        ListColumn("region", Text("地区", "Region"), value="region.name"),
        ListColumn("allowances", Text("配额", "Allowances"), kind="number", sort="allowances", unit=TONNES),
        ListColumn("credits", Text("CCER", "CCER"), kind="number", sort="credits", unit=TONNES),
        ListColumn("on_hold", Text("其中受限", "Of these on hold"), kind="number", sort="on_hold", unit=TONNES),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=STATES, tone=TONE),
    ),
    filters=(Filter("state", Text("状态", "State"), STATES),),
    empty=Text("尚无账户。", "No account yet."),
    step=FillingStep(Text("先为重点排放单位开立账户。", "Open one for a key emission unit."), "registry.open_account"),
)

ENTRIES = Listing(
    "registry.entries",
    title=Text("账户明细", "Statement"),
    noun=Text("笔", "entries"),
    order="-day",
    columns=(
        ListColumn(
            "day",
            Text("业务日期", "Day"),
            value="transfer.business_date",
            kind="date",
            sort=("transfer__business_date", "pk"),
        ),
        ListColumn("kind", Text("业务", "Operation"), value="transfer.command.kind", words=COMMANDS),
        ListColumn("unit", Text("种类", "Unit"), value="unit.code", sort="unit__code"),
        ListColumn("other", Text("对方账户", "Other account"), value="other"),
        ListColumn("amount", Text("变动", "Change"), kind="number", sort="amount", unit=TONNES),
        ListColumn("after", Text("变动后余额", "Balance after"), value="balance_after", kind="number", unit=TONNES),
        ListColumn("seq", Text("序号", "No."), kind="number", value="seq"),
    ),
    filters=(
        Filter("unit", Text("种类", "Unit"), unit_codes, where="unit__code"),
        Filter("kind", Text("业务", "Operation"), COMMANDS, where="transfer__command__kind"),
    ),
    empty=Text("尚无记账", "Nothing was posted yet"),
)

HOLDS = Listing(
    "registry.holds",
    prefix="h-",
    title=Text("受限与待确认", "On hold"),
    noun=Text("项", "holds"),
    columns=(
        ListColumn("kind", Text("种类", "Kind"), value="part.kind_label"),
        ListColumn("unit", Text("单位", "Unit"), value="unit.code"),
        ListColumn("amount", Text("数量", "Amount"), kind="number", unit=TONNES),
        ListColumn("receiver", Text("接收账户", "Receiver"), value="receiver.number"),
        ListColumn("reason", Text("依据", "Reason")),
        ListColumn("since", Text("起始日", "Since"), kind="date"),
        ListColumn(
            "state", Text("状态", "State"), kind="state", words=HOLD_STATES, tone={"active": "due", "done": "ok"}
        ),
    ),
    empty=Text("没有冻结、质押或待确认的数量", "Nothing is frozen, pledged or on its way"),
)
