"""Statistics of the library: the same sums by batch, by city, by kind and by bank; ratios are ratios of sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tanzhi.rulebook.kernel.rounding import HALF_UP, round_legally
from tanzhi.rulebook.kernel.text import Text, same

from .bank_models import BankLink, Credit, Disbursement
from .models import Project
from .money import wan_of
from .queries import Money, attributed_exactly, money_of


@dataclass(slots=True)
class StatisticLine:
    """One line of a statistic; amounts in fen, reduction in t a year."""

    code: str
    label: Text
    projects: int = 0
    investment: int = 0
    demand: int = 0
    credit: int = 0
    disbursed: int = 0
    reduction: Decimal = field(default_factory=Decimal)
    attributed_exactly: Decimal = field(default_factory=Decimal)
    claimed: Decimal = field(default_factory=Decimal)

    def add(self, project: Project, money: Money) -> None:
        self.projects += 1
        self.investment += project.investment_fen
        self.demand += project.demand_fen
        self.credit += money.credit
        self.disbursed += money.disbursed
        tonnes = Decimal(project.reduction or 0)
        self.reduction += tonnes
        self.attributed_exactly += attributed_exactly(project, money.disbursed)
        self.claimed += tonnes if project.credit_code else 0

    @property
    def investment_wan(self) -> Decimal:
        return wan_of(self.investment)

    @property
    def demand_wan(self) -> Decimal:
        return wan_of(self.demand)

    @property
    def credit_wan(self) -> Decimal:
        return wan_of(self.credit)

    @property
    def disbursed_wan(self) -> Decimal:
        return wan_of(self.disbursed)

    @property
    def attributed(self) -> Decimal:
        """The reduction that goes with what was disbursed, to 0.01 t: rounded once, after it was added up."""
        return round_legally(self.attributed_exactly, 2, HALF_UP)

    @property
    def disbursed_share(self) -> Decimal | None:
        """Disbursed over credit, per cent of the sums (放款率)."""
        return _percent(self.disbursed, self.credit)

    @property
    def demand_share(self) -> Decimal | None:
        """Loan wanted over investment, per cent of the sums."""
        return _percent(self.demand, self.investment)


def _percent(part: int, whole: int) -> Decimal | None:
    return round_legally(Decimal(part) * 100 / whole, 2, HALF_UP) if whole else None


Key = Callable[[Project], tuple[str, Text]]


KEYS: dict[str, Key] = {
    "batch": lambda project: (project.batch, same(project.batch)),
    "city": lambda project: (project.region.code, project.region.name),
    "kind": lambda project: (project.kind, project.kind_label),
}


def lines(projects: Iterable[Project], key: Key, until: date) -> list[StatisticLine]:
    """One line for each value of the key, in its order."""
    rows = list(projects)
    money = money_of(rows, until)
    by_code: dict[str, StatisticLine] = {}
    for project in rows:
        code, label = key(project)
        by_code.setdefault(code, StatisticLine(code, label)).add(project, money[project.pk])
    return [by_code[code] for code in sorted(by_code)]


def whole(projects: Iterable[Project], until: date) -> StatisticLine:
    """Everything together."""
    totals = lines(projects, lambda _project: ("", Text("合计", "Together")), until)
    return totals[0] if totals else StatisticLine("", Text("合计", "Together"))


def by_bank(projects: Iterable[Project], until: date) -> list[StatisticLine]:
    """What each bank was assigned, granted and paid; a project of two banks stands with both."""
    rows = {project.pk: project for project in projects}
    links = list(BankLink.objects.filter(project__in=rows).select_related("bank").prefetch_related("bank__names"))
    credit, paid = _sums(Credit, links, until), _sums(Disbursement, links, until)
    by_code: dict[str, StatisticLine] = {}
    for link in links:
        line = by_code.setdefault(link.bank.code, StatisticLine(link.bank.code, link.bank.name))
        line.add(rows[link.project_id], Money(credit[link.pk], paid[link.pk]))
    return [by_code[code] for code in sorted(by_code)]


def _sums(model: type[Credit] | type[Disbursement], links: list[BankLink], until: date) -> dict[int, int]:
    sums: dict[int, int] = defaultdict(int)
    rows = model.objects.filter(link__in=links, on__lte=until, cancelled_at=None)
    for link, fen in rows.values_list("link_id", "amount_fen"):
        sums[link] += fen
    return sums
