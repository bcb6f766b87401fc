"""Synthetic trades of the second cycle: who buys and sells what, and prices whose sums are exact to the fen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

BOUGHT, BOUGHT_YUAN = 2_990_800, 189_000_000
SOLD, SOLD_YUAN = 4_702_900, 284_000_000
BLOCK = 100_000
EARLY = [date(2022, 1, 10) + timedelta(days=n) for n in range(0, 440, 7)]
LATE = [date(2023, 7, 24) + timedelta(days=n) for n in range(0, 84, 7)]


@dataclass(frozen=True, slots=True)
class Position:
    """A plant over the whole cycle, tonnes: what it lacks, buys, sells, offsets; what it began and ends with."""

    code: str
    owed: int
    issued: int
    bought: int = 0
    sold: int = 0
    credits: int = 0
    opening: int = 0

    @property
    def gap(self) -> int:
        return self.owed - self.issued

    @property
    def early(self) -> int:
        """What is sold before the allowances of the cycle are issued: out of the opening balance."""
        return min(self.sold * 3 // 4, self.opening)


@dataclass(frozen=True, slots=True)
class ExampleTrade:
    """One side of a trade, price in fen."""

    code: str
    day: date
    side: str
    unit: str
    tonnes: int
    price: int

    @property
    def method(self) -> str:
        return "block" if self.tonnes >= BLOCK else "listed"


def positions(owed_and_issued: dict[str, tuple[int, int]]) -> list[Position]:
    """Buyers close part of their gap on the market and part with CCER; what they began with closes the books."""
    every = [Position(code, *amounts) for code, amounts in owed_and_issued.items()]
    buyers, sellers = [p for p in every if p.gap > 0], [p for p in every if p.gap <= 0]
    bought = _shared(BOUGHT, {p.code: p.gap for p in buyers})
    sold = _shared(SOLD, {p.code: 200_000 - p.gap for p in sellers})
    closed = []
    for position in every:
        buys, sells = bought.get(position.code, 0), sold.get(position.code, 0)
        used = min(position.owed // 20, max(0, position.gap - buys) * 3 // 5)
        # With CCER, and with the opening balance that leaves a modest rest after surrender.
        rest = Random(f"rest {position.code}").randrange(8_000, 60_000)
        opening = max(position.gap - buys + sells - used + rest, rest)
        closed.append(replace(position, bought=buys, sold=sells, credits=used, opening=opening))
    return closed


def _shared(whole: int, weights: dict[str, int]) -> dict[str, int]:
    """Shares in hundreds of tonnes that add up; the last one takes the rest."""
    total, shares = sum(weights.values()), {}
    for code, weight in weights.items():
        shares[code] = whole * weight // total // 100 * 100
    shares[next(reversed(shares))] += whole - sum(shares.values())
    return shares


def deals(every: list[Position]) -> list[ExampleTrade]:
    """All trades, by day; both sides add up to their tonnes and their money."""
    bought = [deal for p in every for deal in _of(p, "buy", p.bought, p.bought * 4 // 5)]
    sold = [deal for p in every for deal in _of(p, "sell", p.sold, p.early)]
    trades = _priced(bought, BOUGHT_YUAN * 100) + _priced(sold, SOLD_YUAN * 100)
    return sorted(trades, key=lambda deal: (deal.day, deal.code, deal.side, deal.tonnes))


def _of(position: Position, side: str, tonnes: int, early: int) -> Iterator[ExampleTrade]:
    """A plant's trades of one side: some of the old vintage, the rest of the cycle's own."""
    random = Random(f"deals {position.code} {side}")
    for amount, days, unit in ((early, EARLY, "CEA"), (tonnes - early, LATE, "CEA21")):
        for part in _parts(random, amount):
            day = random.choice(days) + timedelta(days=random.randrange(4))
            day -= timedelta(days=max(0, day.weekday() - 4))  # no trading at the weekend
            # Fen: about 57 yuan until summer 2023, then rising.
            months = (day.year - 2022) * 12 + day.month
            base = 5_650 + 12 * months if months < 18 else 6_300 + 190 * (months - 18)
            yield ExampleTrade(position.code, day, side, unit, part, base + random.randrange(-60, 61))


def _parts(random: Random, amount: int) -> Iterator[int]:
    """A block or two and smaller listed trades."""
    while amount >= 260_000:
        block = random.randrange(1_000, 2_300) * 100
        yield block
        amount -= block
    while amount > 40_000:
        part = random.randrange(120, 380) * 100
        yield part
        amount -= part
    if amount:
        yield amount


def _priced(trades: list[ExampleTrade], money: int) -> list[ExampleTrade]:
    """Prices moved alike until the sum is near, then one at a time by a fen; two trades close it exactly."""
    tonnes = sum(deal.tonnes for deal in trades)
    shift = (money - _sum(trades)) // tonnes
    moved = [replace(deal, price=deal.price + shift) for deal in trades]
    # Two listed trades whose tonnes differ by one: a fen up on one and down on the other moves the sum by a fen.
    small = sorted((d for d in moved if 4_000 < d.tonnes < BLOCK), key=lambda d: (d.unit, d.day, d.code))
    trade = small[0]
    halves = [replace(trade, tonnes=tonnes) for tonnes in (1_000, 1_001, 1_030, trade.tonnes - 3_031)]
    place = moved.index(trade)
    trades = moved[:place] + halves + moved[place + 1 :]
    prices = [deal.price for deal in trades]
    first = next(n for n, deal in enumerate(trades) if deal.tonnes == 1_000)
    left = money - _sum(trades)
    order = sorted(range(len(trades)), key=lambda n: -trades[n].tonnes)
    for n in order:
        if n not in range(first, first + 3) and trades[n].tonnes <= left:
            prices[n] += 1
            left -= trades[n].tonnes
    steps, left = divmod(left, 1_000)
    tens, ones = divmod(left, 30)
    prices[first] += steps - tens - ones
    prices[first + 1] += ones
    prices[first + 2] += tens
    return [replace(deal, price=price) for deal, price in zip(trades, prices, strict=True)]


def _sum(trades: list[ExampleTrade]) -> int:
    return sum(deal.tonnes * deal.price for deal in trades)


def yuan(fen: int) -> str:
    return str(Decimal(fen).scaleb(-2))
