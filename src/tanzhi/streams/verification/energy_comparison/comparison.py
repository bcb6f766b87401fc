"""A region's year of energy by kind: plants' reports, statistics, their difference, what is explained and left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tanzhi.filings.months.model import Filing
from tanzhi.law.evaluation import evaluate, in_force, is_set
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.rulebook.checks.cross.energy import BY_PRODUCT, GROUPS, ITEMS, UNITS, EnergyItem, FiledEnergy
from tanzhi.rulebook.energy_comparison import energy_comparison as guideline
from tanzhi.rulebook.kernel import Mark, RecordNode
from tanzhi.rulebook.kernel.rounding import round_legally, stored
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
FACTOR = f"{guideline.name}.coal_equivalent_factor"


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
    filed_tce: Decimal | None  # None too where the kind has no coal equivalent
    stated_tce: Decimal | None
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
    def undetermined(self) -> bool:
        """Whether an amount stands in no sum of coal equivalents."""
        sides = ((self.filed, self.filed_tce), (self.stated, self.stated_tce))
        return any(amount is not None and tce is None for amount, tce in sides)

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
    marks: frozenset[Mark] = frozenset()  # reservations of the factors behind the sums

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
    def amounts(self) -> dict[str, dict[str, Decimal]]:
        """By kind of energy and plant, the year's sum of what was filed."""
        amounts: dict[str, dict[str, Decimal]] = defaultdict(dict)
        for plant, own in self.plants:
            for item, sums in own.sums.items():
                amounts[item][plant.code] = sums.months
        return amounts

    @cached_property
    def in_coal(self) -> dict[str, RecordNode]:
        """By group, those of its kinds that have a coal equivalent in the table of the year's last day."""
        on, law = date(self.year, 12, 31), in_force(guideline)
        kinds: dict[str, list[dict[str, Any]]] = {code: [] for code in GROUPS}
        for item, kind in ITEMS.items():
            if (item in self.amounts or item in self.statistics) and is_set(FACTOR, on=on, energy=item):
                kinds[kind.group].append(self.energy_record(item))
        return {code: evaluate(guideline, on, {"energies": rows}, under=law) for code, rows in kinds.items() if rows}

    def energy_record(self, item: str) -> dict[str, Any]:
        """Both sides of a kind of energy, as the rulebook reads them."""
        plants = [{"plant": code, "filed_amount": stored(n)} for code, n in self.amounts.get(item, {}).items()]
        stated = {"stated_amount": self.statistics[item].quantity} if item in self.statistics else {}
        return {"energy": item, **stated, "plants": plants}

    def coal_of(self, item: str) -> RecordNode | None:
        """A kind of energy in coal equivalent, above those of its plants; None where it has none."""
        group = self.in_coal.get(ITEMS[item].group)
        return next((node for node in group.at("energy") if node.key == item), None) if group else None

    @cached_property
    def rows(self) -> list[ComparedEnergy]:
        explained: dict[str, Decimal] = defaultdict(Decimal)
        for part in self.explanations:
            explained[part.item] += part.amount
        rows = []
        for item in ITEMS:
            own, stated = self.amounts.get(item, {}), self.statistics.get(item)
            if not own and stated is None and item not in explained:
                continue
            filed = sum(own.values(), Decimal(0)) if own else None
            coal = self.coal_of(item)
            rows.append(
                ComparedEnergy(
                    item, filed, len(own), stated.amount if stated else None, explained[item],
                    tce_of(coal, "filed_coal_equivalent"), tce_of(coal, "stated_coal_equivalent"),
                    stated.source if stated else "",
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
                coal = self.in_coal.get(code)
                groups.append(
                    GroupRow(
                        label, tce_of(coal, "group_filed"), tce_of(coal, "group_stated"), self.ledger.get(code),
                        tuple(row.label for row in own if row.undetermined),
                        marks_of(coal, "group_filed") | marks_of(coal, "group_stated"),
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


def tce_of(node: RecordNode | None, name: str) -> Decimal | None:
    """A number of an evaluated record, tce; None where there is none, or no record."""
    number = node.value(name).number if node else None
    return number if isinstance(number, Decimal) else None


def marks_of(node: RecordNode | None, name: str) -> frozenset[Mark]:
    return frozenset(node.value(name).marks) if node else frozenset()


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
