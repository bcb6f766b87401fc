"""Every plant's kinds of energy of a year in its books: the months, the annual report, 205-1 or the grid's bills."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tanzhi.filings.months.model import Filing
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.checks.cross.energy import FiledEnergy, filed_energy
from tanzhi.rulebook.kernel import guidelines
from tanzhi.streams.verification.cross_checks.books import in_report
from tanzhi.streams.verification.energy_books.model import EnergyStatement
from tanzhi.streams.verification.energy_books.queries import statements_of

from .comparison import year_of
from .lists import BookRow

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.rulebook.checks.cross.year_books import YearBook


def plant_books(year: int, viewer: Actor) -> list[BookRow]:
    """Rows of the plants that the viewer may see; a book without the other side is a row too."""
    stated: dict[int, list[EnergyStatement]] = defaultdict(list)
    for row in statements_of(EnergyStatement.objects.visible_to(viewer).filter(year=year)):
        stated[row.organisation_id].append(row)
    plants = {plant.pk: (plant, book) for plant, book in year_of(year, Filing.objects.visible_to(viewer))}
    missing = Organisation.objects.filter(pk__in=stated.keys() - plants.keys()).prefetch_related("names")
    rows = []
    for plant, book in [*plants.values(), *((plant, None) for plant in missing)]:
        rows += rows_of(plant, book, stated[plant.pk], year)
    return sorted(rows, key=lambda row: (row.code, row.item, row.book))


def rows_of(plant: Organisation, book: YearBook | None, stated: list[EnergyStatement], year: int) -> list[BookRow]:
    industry = guidelines()[book.industry].industry if book else None
    filed: dict[str, list[FiledEnergy]] = defaultdict(list)
    for fact in filed_energy(book, industry) if book and industry else ():
        filed[fact.item].append(fact)
    rows = []
    for item in dict.fromkeys([*filed, *(row.item for row in stated)]):
        facts, others = filed[item], [row for row in stated if row.item == item]
        months = sum((fact.amount for fact in facts), Decimal(0)) if facts else None
        report = in_report(book, facts) if book else None
        amounts: list[tuple[Decimal | None, str, str]] = [(row.amount, row.book, row.source) for row in others]
        rows += [
            BookRow(plant.code, plant.name, item, months, report, amount, kind, source, year)
            for amount, kind, source in amounts or [(None, "", "")]
        ]
    return rows
