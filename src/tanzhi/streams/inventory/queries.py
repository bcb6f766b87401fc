"""What others may ask of inventories: deposited data, the summary of a run, the inventory that stands for a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.filings.months.model import Filing, Version
from tanzhi.law.evaluation import InForce, evaluate, in_force
from tanzhi.organisations.register.model import Region
from tanzhi.rulebook.inventory.categories import CATEGORIES, GUIDELINES, cells
from tanzhi.rulebook.inventory.summary import inventory as summary
from tanzhi.rulebook.kernel import RecordNode

from .models import PUBLISHED, WITHDRAWN, Cell, Inventory, Run

ORDER = {(category.code, gas): place for place, (category, gas) in enumerate(cells())}


def filings_of(inventory: Inventory) -> dict[str, Filing]:
    """The filings of the inventory's region and year, by guideline."""
    codes = {f"{name}.year": name for name in GUIDELINES.values()}
    filings = Filing.objects.filter(
        form_code__in=codes, subject=f"region:{inventory.region_id}", period=str(inventory.year)
    )
    return {codes[filing.form_code]: filing for filing in filings.select_related("organisation__region")}


def deposited_versions(inventory: Inventory) -> dict[str, Version]:
    """The version that stands of each filing, by guideline."""
    versions = {name: filing.deposited_version for name, filing in filings_of(inventory).items()}
    return {name: version for name, version in versions.items() if version is not None}


def summary_of(inventory: Inventory, rows: Iterable[Cell], gwp_set: str = "", law: InForce | None = None) -> RecordNode:
    """Cells as one record of the summary, evaluated; whatever holds no number is left out."""
    gases: dict[str, list[dict[str, Any]]] = {}
    for cell in sorted(rows, key=lambda c: ORDER[c.category, c.gas]):
        if cell.mass is not None:
            sector = CATEGORIES[cell.category].sector
            gases.setdefault(cell.gas, []).append({"category": cell.category, "sector": sector, "mass": cell.mass})
    rows_of_gas = [{"gas": gas, "categories": masses} for gas, masses in gases.items()]
    record = {"region": inventory.region.code, "gwp_set": gwp_set or inventory.gwp_set, "gases": rows_of_gas}
    return evaluate(summary, inventory.year, record, under=law)


def summary_of_run(run_id: int, gwp_set: str) -> RecordNode:
    """A run's summary in a set of potentials by the law in force; runs never change, so it is kept for that law."""
    return _summary_by(run_id, gwp_set, in_force(summary))


@lru_cache(maxsize=64)
def _summary_by(run_id: int, gwp_set: str, law: InForce) -> RecordNode:
    run = Run.objects.select_related("inventory__region").get(pk=run_id)
    return summary_of(run.inventory, run.cells.all(), gwp_set, law)


def has_land(run: Run) -> bool:
    """Whether a run holds any number of land use: without one there is no total with land use to speak of."""
    return bool(runs_with_land([run]))


def runs_with_land(runs: Iterable[Run]) -> set[int]:
    """Those of many runs that hold a number of land use, with one query."""
    land = {category.code for category, _ in cells() if category.sector == "land"}
    rows = Cell.objects.filter(run__in=list(runs), category__in=land).exclude(mass=None)
    return set(rows.order_by().values_list("run", flat=True).distinct())


def newest_published(region: Region, until: int) -> Inventory | None:
    """The published inventory of the newest year up to `until`."""
    inventories = Inventory.objects.filter(region=region, state=PUBLISHED, year__lte=until, runs__isnull=False)
    return inventories.select_related("region").order_by("-year", "-number").first()


def standing(region: Region, year: int) -> Inventory | None:
    """The inventory that speaks for a year: the published one, else the newest that was compiled."""
    return standing_of_years(region, [year]).get(year)


def standing_of_years(region: Region, years: Iterable[int]) -> dict[int, Inventory]:
    """By year the inventory that speaks for it, with one query: the published one, else the newest compiled one."""
    inventories = Inventory.objects.filter(region=region, year__in=list(years), runs__isnull=False).distinct()
    rows = inventories.exclude(state=WITHDRAWN).select_related("region").order_by("year", "number")
    compiled = {row.year: row for row in rows}
    return compiled | {row.year: row for row in rows if row.state == PUBLISHED}


def series(region: Region, viewer: Actor) -> list[Inventory]:
    """One inventory for each year that the viewer may see, the oldest first."""
    seen = dict(Inventory.objects.visible_to(viewer).filter(region=region).order_by().values_list("pk", "year"))
    inventories = standing_of_years(region, set(seen.values()))
    return [row for _, row in sorted(inventories.items()) if row.pk in seen]


def latest_runs(inventories: Iterable[Inventory]) -> Mapping[int, Run]:
    """The latest run of many inventories with one query."""
    rows = Run.objects.filter(inventory__in=list(inventories)).order_by("number")
    return {run.inventory_id: run for run in rows}
