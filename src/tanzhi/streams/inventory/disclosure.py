"""What of a compiled inventory only those who work on it may see: what is confidential, and what would tell it."""

from __future__ import annotations

from functools import lru_cache

from tanzhi.law.evaluation import InForce, in_force
from tanzhi.rulebook.inventory.categories import CATEGORIES, SECTORS
from tanzhi.rulebook.inventory.summary import inventory as summary

from .confidential import CONFIDENTIAL
from .models import CONFIDENTIAL as NOTATION_CONFIDENTIAL
from .models import Run
from .tables import MASS_GROUPS, summary_lines

WITHOUT_LAND, WITH_LAND = "T1", "T2"
ROW_OF_SECTOR = {category.sector: code for code, category in CATEGORIES.items() if "." not in code}
ROWS = {f"{sector}_equivalent": ROW_OF_SECTOR[sector] for sector in SECTORS} | {
    "total_equivalent": WITHOUT_LAND,
    "net_equivalent": WITH_LAND,
}
"""The row of the summary table that shows a value of the region."""
CODES = {"region", "gwp_set", "gas", "category", "sector", "warming_potential"}  # they hold no amount


def hidden_rows(run: Run, gwp_set: str = "") -> frozenset[str]:
    """The rows of the summary table that are blackened, totals among them; the same in any set of potentials."""
    return _hidden_by(run.pk, gwp_set or run.inventory.gwp_set, in_force(summary))


@lru_cache(maxsize=64)
def _hidden_by(run_id: int, gwp_set: str, _law: InForce) -> frozenset[str]:
    run = Run.objects.select_related("inventory__region").get(pk=run_id)
    if not run.cells.filter(notation=NOTATION_CONFIDENTIAL).exclude(mass=None).exists():
        return frozenset()
    return frozenset(line.code for line in summary_lines(run, gwp_set) if line.total == CONFIDENTIAL)


def is_hidden(hidden: frozenset[str], name: str, gas: str = "", category: str = "") -> bool:
    """Whether a value of the summary tells what a blackened row holds.

    A category's by its own row, a sector's and a total's by theirs. The amount of one gas is a column of the totals,
    where it is a column of its own; fluorinated gases stand in one column, so that one of them tells more than the
    table and is hidden beside anything that is.
    """
    if not hidden or name in CODES:
        return False
    if category:
        return category in hidden
    if gas:
        of_total = WITHOUT_LAND if name in ("gas_mass", "gas_equivalent") else WITH_LAND
        beside_land = of_total == WITH_LAND and ROW_OF_SECTOR["land"] in hidden
        return gas not in MASS_GROUPS or of_total in hidden or beside_land
    return name not in ROWS or ROWS[name] in hidden
