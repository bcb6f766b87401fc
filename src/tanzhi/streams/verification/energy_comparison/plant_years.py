"""What plants filed of their energy in a year, cell by cell and in sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tanzhi.filings.months.derived import Derived
from tanzhi.filings.months.model import Version
from tanzhi.rulebook.checks.cross.energy import FiledEnergy, filed_energy
from tanzhi.rulebook.kernel import guidelines
from tanzhi.streams.verification.cross_checks.books import books_of, in_report, kinds_of, year_forms

if TYPE_CHECKING:
    from django.db.models import QuerySet

Stamp = tuple[int, str]  # a version's key and digest
MOST = 4096  # plants' years that a process keeps


@dataclass(frozen=True, slots=True)
class ItemSums:
    """One kind of energy of a plant's year: its months in all; its annual report, None where that states none."""

    months: Decimal
    report: Decimal | None


@dataclass(frozen=True, slots=True)
class EnergyYear:
    """A plant's year of energy; a kind without a cell has no sum."""

    facts: tuple[FiledEnergy, ...]
    sums: Mapping[str, ItemSums]


@dataclass(frozen=True, slots=True)
class YearKey:
    """What a plant's year follows from: the versions that stand, and the register's words where they choose units."""

    plant: int
    year: int
    versions: tuple[Stamp, ...]
    kinds: tuple[tuple[str, str], ...] = ()


def plant_years(year: int, filings: QuerySet[Any]) -> dict[int, EnergyYear]:
    """By plant what some filings hold of a year's energy."""
    versions = Version.objects.filter(deposited=True, filing__form_code__in=year_forms())
    of_year = versions.filter(filing__period__startswith=str(year), filing__in=filings.order_by().values("pk"))
    names = ("filing_id", "filing__organisation_id", "filing__form_code", "pk", "digest")
    newest = {row[0]: row[1:] for row in of_year.order_by("number", "pk").values_list(*names)}
    stamps: dict[int, list[Stamp]] = defaultdict(list)
    industries: dict[int, str] = {}
    for plant, form_code, pk, digest in newest.values():
        stamps[plant].append((pk, digest))
        industries.setdefault(plant, form_code.split(".")[0])
    of_units = {name for name, guideline in guidelines().items() if guideline.industry and guideline.industry.whole}
    by_unit = {plant for plant, name in industries.items() if name in of_units}
    kinds = kinds_of(by_unit, date(year, 12, 31)) if by_unit else {}
    keys = [
        YearKey(plant, year, tuple(own), tuple(sorted(kinds.get(plant, {}).items()))) for plant, own in stamps.items()
    ]
    return {key.plant: own for key, own in YEARS.of(keys).items()}


def read_years(keys: list[YearKey]) -> dict[YearKey, EnergyYear]:
    """Years read out of their versions; all of one year, as the register's words are those of its last day."""
    order = {pk: place for place, pk in enumerate(pk for key in keys for pk, _ in key.versions)}
    versions = sorted(
        Version.objects.filter(pk__in=order).select_related("filing__organisation"), key=lambda row: order[row.pk]
    )
    year = keys[0].year
    books = books_of(versions, year)
    years = {}
    for key in keys:
        book = books[key.plant, year]
        industry = guidelines()[book.industry].industry
        facts = tuple(filed_energy(book, industry)) if industry else ()
        by_item: dict[str, list[FiledEnergy]] = defaultdict(list)
        for fact in facts:
            by_item[fact.item].append(fact)
        sums = {
            item: ItemSums(sum((fact.amount for fact in own), Decimal(0)), in_report(book, own))
            for item, own in by_item.items()
        }
        years[key] = EnergyYear(facts, sums)
    return years


YEARS: Derived[YearKey, EnergyYear] = Derived(read_years, MOST)
