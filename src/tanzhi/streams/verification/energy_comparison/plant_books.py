"""Every plant's kinds of energy of a year in its books: the months, the annual report, 205-1 or the grid's bills."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.verification.energy_books.model import EnergyStatement
from tanzhi.streams.verification.energy_books.queries import statements_of

from .lists import BookRow
from .plant_years import EnergyYear, plant_years

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.rulebook.kernel.text import Text

NOTHING_FILED = EnergyYear((), {})


def plant_books(year: int, viewer: Actor) -> list[BookRow]:
    """Rows of the plants that the viewer may see; a book without the other side is a row too."""
    stated: dict[int, list[EnergyStatement]] = defaultdict(list)
    for row in statements_of(EnergyStatement.objects.visible_to(viewer).filter(year=year)):
        stated[row.organisation_id].append(row)
    filed = plant_years(year, Filing.objects.visible_to(viewer))
    codes = dict(Organisation.objects.filter(pk__in=filed.keys() | stated.keys()).values_list("pk", "code"))
    names = names_of(codes, clock.today())
    rows = []
    for plant, code in codes.items():
        rows += rows_of(code, names.get(plant, same(code)), filed.get(plant, NOTHING_FILED), stated[plant], year)
    return sorted(rows, key=lambda row: (row.code, row.item, row.book))


def rows_of(code: str, name: Text, filed: EnergyYear, stated: list[EnergyStatement], year: int) -> list[BookRow]:
    rows = []
    for item in dict.fromkeys([*filed.sums, *(row.item for row in stated)]):
        sums = filed.sums.get(item)
        months, report = (sums.months, sums.report) if sums else (None, None)
        amounts: list[tuple[Decimal | None, str, str]] = [
            (row.amount, row.book, row.source) for row in stated if row.item == item
        ]
        rows += [
            BookRow(code, name, item, months, report, amount, kind, source, year)
            for amount, kind, source in amounts or [(None, "", "")]
        ]
    return rows
