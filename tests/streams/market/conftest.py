"""A small ledger: the province's accounts, two plants, allowances of a year and a serialised CCER."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

import pytest

from tanzhi.evidence.tracking import unrecorded
from tanzhi.streams.market.ledger.accounts import open_account, own_account
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import MARKET, SOURCE, Account, Balance, Command, UnitKind
from tanzhi.streams.market.ledger.posting import Who, post
from tests.factories import World

AT = datetime(2023, 5, 10, 4, tzinfo=UTC)
DAY = date(2023, 5, 10)
CLERK = Who(1, 2, AT, DAY)


@dataclass
class Books:
    """Accounts and units by short names, and a way to post without an action."""

    source: Account
    market: Account
    plant: Account
    other: Account
    cea: UnitKind
    ccer: UnitKind
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    def move(
        self, debit: Account, credit: Account, amount: int, unit: UnitKind | None = None, **more: object
    ) -> Command:
        key = str(more.pop("key", f"k{next(self.keys)}"))
        leg = Leg("test", (unit or self.cea).pk, debit.pk, credit.pk, amount, **more)  # type: ignore[arg-type]
        return post(CLERK, key, "test", {"amount": amount}, [leg])

    def held(self, account: Account, unit: UnitKind | None = None) -> int:
        row = Balance.objects.filter(account=account, unit=unit or self.cea).first()
        return row.amount if row else 0


def made(world: World) -> Books:
    """Without an act that answers for it."""
    with unrecorded():
        source = own_account(world.province, SOURCE, AT)
        market = own_account(world.province, MARKET, AT)
        cea = UnitKind.objects.create(
            code="CEA21",
            kind="CEA",
            first_year=2021,
            last_year=2021,
            name_zh="2021年度配额",
            name_en="allowances of 2021",
        )
        ccer = UnitKind.objects.create(
            code="CCER-X-2016", kind="CCER", first_year=2016, last_year=2016, project="X", serialised=True,
            name_zh="X项目2016年CCER", name_en="CCER of X, 2016", registered_on=date(2016, 3, 1),
        )  # fmt: skip
        return Books(source, market, open_account(world.plant, AT), open_account(world.other_plant, AT), cea, ccer)


@pytest.fixture
def books(world: World) -> Iterator[Books]:
    """Posted by itself, without an act that answers for it."""
    with unrecorded():
        yield made(world)
