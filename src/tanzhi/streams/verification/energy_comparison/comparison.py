"""A region's year of energy by kind: plants' reports, statistics, their difference, what is explained and left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from tanzhi.filings.months.model import Filing
from tanzhi.law.evaluation import is_set, parameter
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.rulebook.checks.cross.energy import BY_PRODUCT, GROUPS, ITEMS, UNITS, EnergyItem, FiledEnergy
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.queries import energy_balance
from tanzhi.streams.verification.energy_books.model import EnergyStatistic
from tanzhi.streams.verification.energy_books.queries import statistics_of

from .model import EnergyExplanation
from .plant_years import EnergyYear, plant_years

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

TCE_OF_LEDGER = 10000  # the ledger keeps 10^4 tce
STANDINGS = {
    "explained": Text("差异已全部解释", "Wholly explained"),
    "open": Text("有未解释差异", "Not wholly explained"),
    "equal": Text("无差异", "No difference"),
    "not_reported": Text("企业未报送", "No plant reported it"),
    "no_statistics": Text("未录入统计", "No statistics recorded"),
}
FACTOR = "cross_checks.coal_equivalent_factor"


@dataclass(frozen=True, slots=True)
class PlantEnergy:
    """One cell of a plant's filing, with the plant."""

    plant: Organisation
    fact: FiledEnergy


@dataclass(frozen=True)
class ComparedEnergy:
    """One kind of energy of a region's year; a sum of nothing is None and never nil."""

    item: str
    filed: Decimal | None
    plants: int
    stated: Decimal | None
    explained: Decimal
    factor: Decimal | None  # tce by unit; None: not determinable in coal equivalent
    source: str = ""

    @property
    def kind(self) -> EnergyItem:
        return ITEMS[self.item]

    @property
    def label(self) -> Text:
        return self.kind.label

    @property
    def group(self) -> Text:
        return GROUPS[self.kind.group]

    @property
    def unit(self) -> Text:
        return UNITS[self.kind.unit]

    @property
    def difference(self) -> Decimal | None:
        """Statistics less reports."""
        return None if self.filed is None or self.stated is None else self.stated - self.filed

    @property
    def share(self) -> Decimal | None:
        """The difference by the statistics, %; of nil statistics there is none."""
        if self.difference is None or not self.stated:
            return None
        return round_legally(self.difference * 100 / self.stated, 2)

    @property
    def rest(self) -> Decimal | None:
        """What is not explained."""
        return None if self.difference is None else self.difference - self.explained

    @property
    def filed_tce(self) -> Decimal | None:
        return coal_equivalent(self.filed, self.factor)

    @property
    def stated_tce(self) -> Decimal | None:
        return coal_equivalent(self.stated, self.factor)

    @property
    def standing(self) -> str:
        if self.filed is None:
            return "not_reported"
        if self.stated is None:
            return "no_statistics"
        return "equal" if not self.difference else "open" if self.rest else "explained"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of kinds of energy in coal equivalent, t; beside it the ledger's whole region where there is one."""

    label: Text
    filed: Decimal | None
    stated: Decimal | None
    ledger: Decimal | None
    undetermined: tuple[Text, ...]  # kinds that were filed or stated and have no factor

    @property
    def covered(self) -> Decimal | None:
        """Share of the ledger that plants filed, %."""
        return round_legally(self.filed * 100 / self.ledger, 2) if self.filed is not None and self.ledger else None


@dataclass(frozen=True)
class EnergyComparison:
    """Both sides of a region's year."""

    region: Region
    year: int
    plants: Sequence[tuple[Organisation, EnergyYear]]
    statistics: Mapping[str, EnergyStatistic]
    explanations: Sequence[EnergyExplanation]
    ledger: Mapping[str, Decimal]  # by group, tce

    @cached_property
    def rows(self) -> list[ComparedEnergy]:
        amounts: dict[str, list[Decimal]] = defaultdict(list)  # by kind, one of each plant
        for _, own in self.plants:
            for item, sums in own.sums.items():
                amounts[item].append(sums.months)
        explained: dict[str, Decimal] = defaultdict(Decimal)
        for part in self.explanations:
            explained[part.item] += part.amount
        rows = []
        for item in ITEMS:
            filed, stated = amounts.get(item, []), self.statistics.get(item)
            if not filed and stated is None and item not in explained:
                continue
            rows.append(
                ComparedEnergy(
                    item, sum(filed, Decimal(0)) if filed else None, len(filed), stated.amount if stated else None,
                    explained[item], factor_of(item, self.year), stated.source if stated else "",
                )
            )  # fmt: skip
        return rows

    @property
    def groups(self) -> list[GroupRow]:
        """Sums in coal equivalent; by-product gas stands in none, as what it was made of counts already."""
        groups = []
        for code, label in GROUPS.items():
            own = [row for row in self.rows if row.kind.group == code]
            if code != BY_PRODUCT and (own or code in self.ledger):
                without = tuple(row.label for row in own if row.factor is None)
                filed = [row.filed_tce for row in own if row.filed_tce is not None]
                stated = [row.stated_tce for row in own if row.stated_tce is not None]
                groups.append(
                    GroupRow(
                        label, sum(filed, Decimal(0)) if filed else None, sum(stated, Decimal(0)) if stated else None,
                        self.ledger.get(code), without,
                    )
                )  # fmt: skip
        return groups

    def row(self, item: str) -> ComparedEnergy | None:
        return next((row for row in self.rows if row.item == item), None)

    @property
    def reporting(self) -> int:
        """Plants that filed any energy."""
        return sum(bool(own.sums) for _, own in self.plants)

    def of_item(self, item: str) -> list[PlantEnergy]:
        return [PlantEnergy(plant, fact) for plant, own in self.plants for fact in own.facts if fact.item == item]


def factor_of(item: str, year: int) -> Decimal | None:
    """Coal equivalent of a unit of energy by the table of the year's last day, tce; None where it has no value."""
    on = date(year, 12, 31)
    return parameter(FACTOR, on=on, energy=item) if is_set(FACTOR, on=on, energy=item) else None


def coal_equivalent(amount: Decimal | None, factor: Decimal | None) -> Decimal | None:
    """An amount in tce; None where there is none, or its kind has no factor."""
    return None if amount is None or factor is None else amount * factor


def energy_comparison(region: Region, year: int, viewer: Actor) -> EnergyComparison:
    """All that is known of a region's energy in a year to somebody who reaches the region."""
    within = Filing.objects.visible_to(viewer).filter(organisation__region__path__startswith=region.path)
    stated = statistics_of(EnergyStatistic.objects.visible_to(viewer).filter(region=region, year=year))
    parts = EnergyExplanation.objects.visible_to(viewer).filter(region=region, year=year, withdrawn_at=None)
    balance = energy_balance(region, year, viewer)
    ledger = {}
    if balance is not None:
        groups = (("coal", balance.coal), ("oil", balance.oil), ("gas", balance.gas))
        ledger = {code: Decimal(amount) * TCE_OF_LEDGER for code, amount in groups}
    years = plant_years(year, within)
    firms = Organisation.objects.select_related("region").in_bulk(years.keys())
    plants = [(firms[key], own) for key, own in years.items()]
    return EnergyComparison(region, year, plants, {row.item: row for row in stated}, list(parts), ledger)
