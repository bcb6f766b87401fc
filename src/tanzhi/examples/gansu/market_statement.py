"""A statement of the national registry for a plant's account, as its head imports it: some rows agree, some do not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.examples.plants import noon
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.market.ledger.model import Account, UnitKind
from tanzhi.streams.market.ledger.queries import account_of
from tanzhi.streams.market.reconciliation.queries import sums, transfers_of

from .crew import acting
from .policy import sheet

PLANT = "P02"
SINCE, UNTIL, IMPORTED = date(2023, 9, 1), date(2023, 10, 31), date(2024, 7, 11)
HEADS = ("账户", "产品与年度", "业务类型", "日期", "对方账户", "数量", "收支方向", "余额")
WORDS = {"trade": "交易卖出", "surrender": "配额清缴"}


@dataclass(frozen=True)
class Movement:
    """A row of the statement before its balance; what goes out is negative, tonnes."""

    unit: str
    words: str
    day: date
    tonnes: int
    other: str = ""


SENT = Movement("CEA22", "划转转入", date(2023, 10, 20), 1_200, "示例热电厂")
"""A transfer that reached the account at the registry, and was not entered here."""


def load() -> None:
    """One trade stands there a day later, one not at all, and one transfer is missing here; the rest agrees."""
    head, account = acting(f"{PLANT.lower()}.head"), account_of(Organisation.objects.get(code=PLANT))
    if account is None:
        raise LookupError(f"{PLANT} has no account")
    file = sheet([HEADS, *statement_rows(account)], "登记系统对账单（示例）.xlsx")
    constants = {"statement": "2023-09/10", "since": SINCE.isoformat(), "until": UNTIL.isoformat()}
    with clock.at(noon(IMPORTED)):
        perform("registry.statements_import", head, data={"file": file, "constants": constants})


def statement_rows(account: Account) -> list[tuple[object, ...]]:
    """The rows as the registry would print them, by day, each with the balance of its unit after it."""
    transfers = transfers_of(account, SINCE, UNTIL)
    movements = [
        Movement(each.unit.code, WORDS[each.command.kind], each.business_date, -each.amount) for each in transfers
    ]
    later, *_, absent = [movement for movement in movements if movement.words == WORDS["trade"]]
    movements.remove(absent)
    movements[movements.index(later)] = replace(later, day=later.day + timedelta(days=1))
    units = {unit.pk: unit.code for unit in UnitKind.objects.all()}
    balances = dict.fromkeys(units.values(), 0)
    balances |= {units[pk]: tonnes for pk, tonnes in sums(account, Q(business_date__lt=SINCE)).items()}
    rows: list[tuple[object, ...]] = []
    for row in sorted([*movements, SENT], key=lambda movement: movement.day):
        balances[row.unit] += row.tonnes
        way = "转入" if row.tonnes > 0 else "转出"
        rows.append(
            (PLANT, row.unit, row.words, row.day.isoformat(), row.other, abs(row.tonnes), way, balances[row.unit])
        )
    return rows
