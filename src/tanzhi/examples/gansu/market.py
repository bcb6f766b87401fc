"""The carbon market of the example: two cycles of its plants, written through the actions in the order of the days.

Opening balances from the first cycle, allocation of 2021 and 2022 by the rulebook, trades from monthly statements, CCER
of three projects, surrender by 2023-11-09. Every number is synthetic; the totals are those the province published.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import decide
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.market.allocation.model import AllocationRun, Cycle
from tanzhi.streams.market.compliance.model import Surrender
from tanzhi.streams.market.ledger.model import Account, Hold
from tanzhi.streams.market.ledger.queries import account_of

from . import market_statement
from .crew import acting, home
from .market_trades import ExampleTrade, Position, deals, positions, yuan
from .market_units import YEARS, Filed, allocation_data

SOURCE = "示例对账单（合成） / synthetic statement"
VENUE = "示例交易所"
OWNER = "O1"
PROJECTS = (
    ("EX-WIND", "酒泉示例风电", "Jiuquan wind power (example)", date(2014, 6, 18), 2015),
    ("EX-SOLAR", "武威示例光伏", "Wuwei solar power (example)", date(2015, 9, 2), 2016),
    ("EX-BIOGAS", "张掖示例沼气", "Zhangye biogas (example)", date(2016, 3, 30), 2016),
)
LEAVER: dict[str, Any] = {
    "market": "power",
    "year": 2024,
    "document": "关于一家发电企业关停退出的函（示例）",
    "source": "甘肃省生态环境厅（示例）",
    "decided_on": "2024-07-15",
    "rows": [{"organisation": "P24", "standing": "left", "reason": "ceased"}],
}
"""A change of the year's list that one person proposed: a plant that ceased to generate."""
LAST_SURRENDER = date(2023, 11, 9)


def load() -> None:
    """The whole stream, day after day: an account's entries stand in the order of their times."""
    filed, outcomes = allocation_data()
    owed_and_issued: dict[str, tuple[int, int]] = {}
    for (code, _), outcome in outcomes.items():
        owed, issued = owed_and_issued.get(code, (0, 0))
        owed_and_issued[code] = owed + outcome.obligation, issued + outcome.allowance
    every = positions(owed_and_issued)
    trades = deals(every)
    # Cycles, accounts, and what the first cycle left.
    officer = acting("officer")
    with _at(date(2022, 1, 4)):
        first = _cycle(officer, 2019, 2020, date(2021, 12, 31))
        cycle = _cycle(officer, 2021, 2022, date(2023, 12, 31))
        for code in (*(p.code for p in every), OWNER):
            perform("registry.open_account", officer, data={"organisation": code})
    with _at(date(2022, 1, 5)):
        rows = [_carried(p) for p in every]
        _both("registry.carry_in", first, {"source": "示例登记系统对账单（合成）", "rows": rows})
    with _at(date(2024, 2, 5)):
        _cycle(officer, 2023, 2023, date(2024, 12, 31))
    _file(filed, 2021, date(2022, 3, 25))
    _statements(trades, date(2022, 1, 1), date(2023, 3, 31))
    _file(filed, 2022, date(2023, 3, 24))
    _allocate(cycle, "pre", date(2023, 4, 26), date(2023, 5, 10))
    _allocate(cycle, "final", date(2023, 7, 4), date(2023, 7, 14))
    _statements(trades, date(2023, 4, 1), date(2023, 10, 31))
    _credits(every)
    # Plant after plant, the last one on the day that the province published.
    start = LAST_SURRENDER - timedelta(days=2 * (len(every) - 1))
    for number, position in enumerate(every):
        day = start + timedelta(days=2 * number)
        data = {"cycle": cycle.pk, "allowances": position.owed - position.credits, "credits": position.credits}
        with _at(day):
            account = _held_by(position.code)
            surrender: Surrender = perform(
                "registry.surrender", acting(f"{position.code.lower()}.head"), account, data
            ).result
        with _at(day, 16):
            perform("registry.confirm_surrender", acting("officer"), surrender)
    market_statement.load()
    # What waits for the director on the example's day: nothing changes before.
    with _at(date(2024, 7, 15)):
        perform("organisations.decide_membership", acting("officer"), data=LEAVER | {"region": home().code})


def _at(day: date, hour: int = 10) -> Any:
    return clock.at(datetime.combine(day, time(hour), timezone.get_current_timezone()))


def _both(action: str, subject: Any = None, data: Any = None) -> Any:
    """The officer proposes, the director approves."""
    proposal = perform(action, acting("officer"), subject, data).proposal
    if proposal is None:
        raise ValueError(f"{action} asks for no second person")
    return decide(proposal, acting("director"), True, "示例：同意").result


def _plant(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def _held_by(code: str) -> Account:
    account = account_of(_plant(code))
    if account is None:
        raise ValueError(f"{code} has no account")
    return account


def _cycle(officer: Actor, first: int, last: int, deadline: date) -> Cycle:
    data = {"first_year": first, "last_year": last, "deadline": deadline.isoformat(), "source": "履约通知（示例）"}
    cycle: Cycle = perform("registry.open_cycle", officer, data={"region": home().code, **data}).result
    return cycle


def _carried(position: Position) -> dict[str, Any]:
    """The first cycle: owed and surrendered in full, what was left over."""
    random = Random(f"first cycle {position.code}")
    owed = position.owed * random.randrange(900, 980) // 1000
    met = date(2021, 12, 6) + timedelta(days=random.randrange(22))
    balance = {"owed": owed, "surrendered": owed, "met_on": met.isoformat(), "holding": position.opening}
    return {"organisation": position.code, **balance}


def _file(filed: Filed, year: int, day: date) -> None:
    """Each plant deposits its allocation data of a year."""
    for (code, of), record in filed.items():
        if of != year:
            continue
        clerk, head, plant = acting(f"{code.lower()}.clerk"), acting(f"{code.lower()}.head"), _plant(code)
        data = {"form_code": "power_allocation.year", "organisation_id": plant.pk, "period": str(year)}
        with _at(day):
            filing = perform("filings.open", clerk, data=data).result
            perform("filings.save", clerk, filing, {"record": record})
            perform("filings.check", clerk, filing)
            perform("filings.deposit", head, filing)


def _allocate(cycle: Cycle, stage: str, computed: date, issued: date) -> None:
    """Both years: computed, approved by two, issued by two."""
    officer = acting("officer")
    for year in YEARS:
        with _at(computed, year - 2010):
            data = {"cycle": cycle.pk, "year": year, "stage": stage}
            run: AllocationRun = perform("registry.open_run", officer, data=data).result
            perform("registry.compute_run", officer, run)
        with _at(issued - timedelta(days=2)):
            _both("registry.approve_run", run)
        with _at(issued, year - 2010):
            _both("registry.issue_run", run)


def _statements(trades: list[ExampleTrade], first: date, last: date) -> None:
    """One statement for each month, read in on the first of the next."""
    months: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, deal in enumerate(trades, 1):
        if first <= deal.day <= last:
            close = deal.price + Random(f"close {number}").randrange(-150, 151)
            months[f"{deal.day:%Y-%m}"].append(
                {
                    "number": f"{deal.day:%Y%m%d}{number:04d}",
                    "day": deal.day.isoformat(),
                    "organisation": deal.code,
                    "side": deal.side,
                    "method": deal.method,
                    "unit": deal.unit,
                    "quantity": deal.tonnes,
                    "price": yuan(deal.price),
                    "amount": yuan(deal.price * deal.tonnes),
                    "previous_close": yuan(close),
                }
            )
    for month, rows in sorted(months.items()):
        end = date.fromisoformat(f"{month}-28") + timedelta(days=4)
        data = {"region": home().code, "venue": VENUE, "reference": month, "source": SOURCE, "rows": rows}
        with _at(end.replace(day=1)):
            perform("exchange.import_statement", acting("officer"), data=data)


def _credits(every: list[Position]) -> None:
    """Three projects' batches, and from them to the plants that offset; each plant confirms what it is sent."""
    users = [p for p in every if p.credits]
    groups = [users[n :: len(PROJECTS)] for n in range(len(PROJECTS))]
    for (code, zh, en, registered, year), group in zip(PROJECTS, groups, strict=True):
        needed = sum(p.credits for p in group)
        batch = {"owner": OWNER, "project": code, "zh": zh, "en": en, "registered_on": registered.isoformat()}
        with _at(date(2022, 6, 15)):
            _both("registry.enter_credits", None, {**batch, "year": year, "tonnes": needed + 20_000, "first": 1})
        for day, position in enumerate(group):
            sent_on, account = date(2023, 8, 14) + timedelta(days=day), _held_by(position.code)
            sent = {"receiver": account.number, "unit": f"CCER-{code}-{year}", "tonnes": position.credits}
            reason = {"reason": "抵销用减排量转让（示例）"}
            with _at(sent_on):
                hold: Hold = perform("registry.transfer", acting("owner"), _held_by(OWNER), sent | reason).result
            with _at(sent_on, 15):
                perform("registry.accept_transfer", acting(f"{position.code.lower()}.head"), hold.pk)
