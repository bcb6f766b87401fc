"""A statement of the national registry out of a sheet: kept row by row as it stands; the books stay as they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from django.db.models import Q
from pydantic import Field

from tanzhi.actions.refusal import refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import BESIDE, Importer, remove
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.presentation.forms.preview import PagePart
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.ledger.inputs import units
from tanzhi.streams.market.ledger.model import HOLDING, Account
from tanzhi.streams.market.ledger.units import unit_in
from tanzhi.streams.market.ledger.work import OFFICER, RULES

from .model import Reconciliation, StatementLine
from .statement_words import DIRECTIONS, kind_of, only_balance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tanzhi.actions.actor import Actor
    from tanzhi.office.imports.model import Import

BY = OFFICER | PLANT
MOST = 10**12


def accounts(actor: Actor) -> Iterator[tuple[str, Text]]:
    """The holding accounts that the reader may reconcile."""
    rows = Account.objects.filter(kind=HOLDING).select_related("organisation", "region")
    for account in rows.prefetch_related("organisation__names"):
        if any(actor.reaches(role, account.place) for role in BY):
            yield account.number, account.name


class StatementRow(Input):
    """A row of the statement."""

    account: Annotated[
        str,
        Field(max_length=100),
        Label("账户", "Account"),
        Choices(accounts),
        Help(
            "平台账户号、单位名称或代码；登记系统账户号对过一次账后也可以。本单位只有一个账户的可不填",
            "its number here, its holder’s name or code; the registry’s number too, once reconciled. "
            "Whoever has one account leaves it out",
        ),
    ] = ""
    registry_account: Annotated[str, Field(max_length=60), Label("登记系统账户号", "Number at the registry")] = ""
    statement: Annotated[str, Field(min_length=1, max_length=60), Label("对账单编号", "Statement number")]
    since: Annotated[date | None, Label("对账起始日", "Statement from")] = None
    until: Annotated[date | None, Label("对账截止日", "Statement to")] = None
    unit: Annotated[
        str,
        Field(min_length=1, max_length=100),
        Label("产品与年度", "Product and vintage"),
        Choices(units),
        Help("如 CEA22、2022 年度配额、全国碳排放配额（2022年度）", "such as CEA22 or its name"),
    ]
    kind: Annotated[str, Field(min_length=1, max_length=60), Label("业务类型", "Operation")]
    day: Annotated[date, Label("日期", "Day")]
    other: Annotated[str, Field(max_length=100), Label("对方账户", "Other account")] = ""
    quantity: Annotated[
        int | None,
        Field(ge=-MOST, le=MOST),
        Label("数量（吨）", "Quantity (t)"),
        Help("期初、期末余额行可不填", "none in a row that only says a balance"),
    ] = None
    direction: Annotated[str, Field(max_length=10), Label("收支方向", "In or out"), Help("转入、转出", "in or out")] = (
        ""
    )
    signed: Annotated[
        bool,
        Label("数量带正负号", "Quantities carry their sign"),
        Help("转出为负数的对账单选“是”", "yes where what goes out is negative"),
    ] = False
    balance: Annotated[int, Field(ge=0, le=MOST), Label("余额（吨）", "Balance (t)")]


_ACCOUNT = Text(
    "可核对的账户：平台账户号、单位名称或代码；文件中是登记系统账户号的，把该列对应到“登记系统账户号”，并在“各行相同”处选定账户",
    "an account that you may reconcile, by its number here or its holder; where the column holds the registry’s own "
    "numbers, match it with “Number at the registry” and choose the account once for the file",
)
_NUMBER = Text(
    "该账户此前对账用的登记系统账户号 {n}", "the number at the registry by which it was reconciled before: {n}"
)
_OTHERS = Text("未用于其他账户的登记系统账户号", "a number at the registry that no other account has")
_UNIT = Text("账簿中的种类：{codes}", "a unit of the books: {codes}")
_DIRECTION = Text(
    "能看出收支的业务类型、“收支方向”列，或在“数量带正负号”处选“是”",
    "an operation that says it, a column “In or out”, or “Quantities carry their sign” = yes",
)
_QUANTITY = Text("数量", "a quantity")


_FOLLOWS = Text("{n}（上一行余额 {before}，本行 {amount}）", "{n} (the row before: {before}; this row: {amount})")
_COVERS = Text("不少于转入的 {n}", "at least the {n} that came in")


def add(call: Call, row: StatementRow) -> StatementLine:
    """One row, after what stands above it."""
    account = account_of(call, row)
    unit = unit_in(row.unit)
    if unit is None:
        codes = same("、".join(code for code, _ in units(call.actor)) or "—")
        raise refused("REC-UNIT", "unit", row.unit, _UNIT.format(codes=codes))
    reconciliation = reconciliation_of(call, account, row)
    lines = StatementLine.objects.filter(reconciliation=reconciliation).order_by("-pk")
    before = lines.filter(unit=unit).first()
    amount = amount_of(row, before.balance if before else None)
    refuse_out_of_order(row, reconciliation, lines.first())
    if before is not None and before.balance + amount != row.balance:
        expected = _FOLLOWS.format(
            n=f"{before.balance + amount:,}", before=f"{before.balance:,}", amount=f"{amount:+,}"
        )
        raise refused("REC-BALANCE", "balance", f"{row.balance:,}", expected)
    if row.balance - amount < 0:
        raise refused("REC-BALANCE", "balance", f"{row.balance:,}", _COVERS.format(n=f"{amount:,}"))
    return StatementLine.objects.create(
        reconciliation=reconciliation,
        day=row.day,
        kind=row.kind,
        unit=unit,
        other=row.other,
        amount=amount,
        balance=row.balance,
    )


_ORDER = Text(
    "不早于上一行的 {day}；请按日期从早到晚排列", "not before {day} of the row above; sort by day, the first first"
)
_PERIOD = Text("对账期间 {since} 至 {until} 之内", "a day of the statement, {since} to {until}")
_TURNED = Text("不早于起始日 {since}", "not before its first day, {since}")


def refuse_out_of_order(row: StatementRow, reconciliation: Reconciliation, last: StatementLine | None) -> None:
    since, until = reconciliation.since, reconciliation.until
    if since and until and until < since:
        raise refused("REC-PERIOD", "until", until.isoformat(), _TURNED.format(since=since.isoformat()))
    if (since and row.day < since) or (until and row.day > until):
        words = {name: day.isoformat() if day else "…" for name, day in (("since", since), ("until", until))}
        raise refused("REC-PERIOD", "day", row.day.isoformat(), _PERIOD.format(**words))
    if last is not None and row.day < last.day:
        raise refused("REC-ORDER", "day", row.day.isoformat(), _ORDER.format(day=last.day.isoformat()))


def account_of(call: Call, row: StatementRow) -> Account:
    """The account that a row names; the only one of the reader's organisations, where it names none."""
    rows = Account.objects.filter(kind=HOLDING).select_related("organisation", "region")
    named = row.account
    if named:
        of_holder = Q(organisation__code=named) | Q(organisation__names__zh=named) | Q(organisation__names__en=named)
        of_before = Q(reconciliations__registry_account=named)
        fits = next((hits for q in (Q(number=named), of_holder, of_before) if (hits := set(rows.filter(q)))), set())
    else:
        own = {grant.organisation_id for grant in call.actor.grants if grant.role in PLANT}
        fits = set(rows.filter(organisation_id__in=own - {None}))
    fits = {account for account in fits if call.actor.reaches(call.role, account.place)}
    if len(fits) != 1:
        raise refused("REC-ACCOUNT", "account", named or "—", _ACCOUNT)
    account: Account = Account.objects.select_for_update().select_related("region").get(pk=fits.pop().pk)
    return account


_ELSEWHERE = Text(
    "未用过的对账单编号（{who}已于 {when} 导入）", "a statement that was not imported yet ({who} did on {when})"
)


def reconciliation_of(call: Call, account: Account, row: StatementRow) -> Reconciliation:
    """The statement that a row belongs to, opened by its first row; one of an earlier import is not added to."""
    standing: Reconciliation | None = Reconciliation.objects.filter(account=account, reference=row.statement).first()
    if standing is not None and standing.at != call.now:
        words = _ELSEWHERE.format(who=same(standing.person_name), when=standing.at.date().isoformat())
        raise refused("REC-TWICE", "statement", row.statement, words)
    number = row.registry_account
    if number:
        earlier = Reconciliation.objects.exclude(registry_account="")
        others = earlier.filter(Q(account=account) | Q(registry_account=number)).exclude(
            account=account, registry_account=number
        )
        if (other := others.first()) is not None:
            expected = _NUMBER.format(n=other.registry_account) if other.account_id == account.pk else _OTHERS
            raise refused("REC-ACCOUNT", "registry_account", number, expected)
    if standing is not None:
        return standing
    opened: Reconciliation = Reconciliation.objects.create(
        account=account,
        reference=row.statement,
        registry_account=number,
        since=row.since,
        until=row.until,
        person_name=call.actor.name,
        at=call.now,
    )
    return opened


def amount_of(row: StatementRow, before: int | None) -> int:
    """What came in or went out: by its sign, its direction, its operation, or what the balance did."""
    if not row.quantity:
        if row.quantity is None and not only_balance(row.kind):
            raise refused("REC-QUANTITY", "quantity", "—", _QUANTITY)
        return 0
    if row.signed or row.quantity < 0:
        return row.quantity
    way = DIRECTIONS.get(row.direction.strip().casefold(), 0) or kind_of(row.kind)[1]
    if row.direction and row.direction.strip().casefold() not in DIRECTIONS:
        raise refused("REC-DIRECTION", "direction", row.direction, _DIRECTION)
    if not way and before is not None and abs(row.balance - before) == row.quantity:
        way = 1 if row.balance > before else -1
    if not way:
        raise refused("REC-DIRECTION", "kind", row.kind, _DIRECTION)
    return way * row.quantity


def undo(_call: Call, line: StatementLine) -> None:
    """The row goes, and with its last row the statement; one whose differences are explained stays."""
    reconciliation = line.reconciliation
    remove(line)
    if not reconciliation.lines.exists():
        remove(reconciliation)


def beside(done: Import, actor: Actor) -> PagePart | None:
    """The way from an import to what it was compared with."""
    keys = [int(ref.rpartition(":")[2]) for ref in done.added]
    rows = Reconciliation.objects.visible_to(actor).filter(lines__in=keys).distinct()
    return PagePart("registry/reconciliation_ways.html", list(rows)) if rows else None


IMPORT = Importer(
    "registry.statements",
    title=Text("登记系统对账单", "statements of the national registry"),
    row=StatementRow,
    by=BY,
    add=add,
    undo=undo,
    fills="registry.reconciliations",
    heads={
        "account": ("账户号", "账户编号", "账户名称", "单位名称", "企业名称", "持有人"),
        "unit": ("产品", "产品名称", "配额种类", "种类", "标的"),
        "kind": ("业务", "业务名称", "交易类型", "摘要"),
        "day": ("业务日期", "发生日期", "记账日期", "交易日期"),
        "other": ("对手方", "对手账户", "对方"),
        "quantity": ("数量", "变动数量", "发生量", "变动"),
        "direction": ("方向", "收支"),
        "balance": ("余额", "变动后余额", "持仓余额", "账户余额"),
    },
    example={
        "account": "P01", "statement": "2023-12", "unit": "CEA22", "kind": "配额发放", "day": "2023-08-10",
        "other": "配额分配账户", "quantity": "1000", "balance": "1000",
    },
    law=RULES,
)  # fmt: skip
BESIDE.setdefault(IMPORT.name, []).append(beside)
