"""A compiled inventory is listed with a value that was entered after it; a published one never changes."""

from __future__ import annotations

from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.actions.registry import perform
from tanzhi.law.earlier import Entered, earlier
from tanzhi.streams.inventory.earlier_law import STAYS
from tests.law.entering import enter_by
from tests.law.reevaluating import reevaluated

CLINKER = {
    "guideline": "inventory_processes", "parameter": "clinker_factor", "keys": {}, "value": "0.6", "unit": "tCO2/t",
}  # fmt: skip


def values(filed: Any, inventory: Any) -> dict[str, Any]:
    days = {"since": f"{inventory.year}-01-01", "until": f"{inventory.year}-12-31"}
    keys = {"gwp_set": "SAR", "gas": "CH4"}
    return days | {"guideline": "inventory", "parameter": "warming_potential", "keys": keys, "value": "25",
                   "unit": "tCO2e/t", "supersedes": True, "source": "公告第7号，二"}  # fmt: skip


def inventories(entry: Any, actor: Actor) -> list[tuple[Any, int]]:
    found = earlier(Entered.of(entry), actor)
    return [(one.stays, one.count) for one in found if one.stream.code == "inventory.inventories"]


def test_one_whose_sector_went_by_an_earlier_law_is_listed_until_deposit_and_inventory_are_computed_again(
    filed: Any, administrator: Actor, other_administrator: Actor
) -> None:
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    before = inventory.latest_run.cells.get(category="IP.1", gas="CO2")
    data = values(filed, inventory) | CLINKER
    entry = enter_by(administrator, **data)
    assert inventories(entry, administrator) == [(None, 1)]
    perform("inventory.compile", filed.officer, inventory)
    assert inventories(entry, administrator) == [(None, 1)]  # its deposit stands as it was
    deposits = {"stream": "filings.deposits", "guideline": "inventory_processes", "year": inventory.year}
    reevaluated(administrator, other_administrator, **deposits)
    perform("inventory.compile", filed.officer, inventory)
    assert inventories(entry, administrator) == []
    after = inventory.latest_run.cells.get(category="IP.1", gas="CO2")
    assert (before.mass, after.mass) == ("538000", "600000")  # 1 000 000 t of clinker × 0.538, × 0.6 t/t


def test_one_under_way_is_listed_until_it_is_compiled_again(filed: Any, administrator: Actor) -> None:
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    entry = enter_by(administrator, **values(filed, inventory))
    assert inventories(entry, administrator) == [(None, 1)]
    perform("inventory.compile", filed.officer, inventory)
    assert earlier(Entered.of(entry), administrator) == []


def test_a_published_one_is_listed_and_keeps_its_run_and_cells(filed: Any, administrator: Actor) -> None:
    inventory = filed.published()
    run = inventory.latest_run
    before = run.release, list(run.cells.order_by("pk").values_list("category", "gas", "mass", "notation"))
    data = values(filed, inventory) | {"after_publication": True}
    entry = enter_by(administrator, **data)
    assert inventories(entry, administrator) == [(STAYS, 1)]
    after = inventory.latest_run
    assert (
        after.release,
        list(after.cells.order_by("pk").values_list("category", "gas", "mass", "notation")),
    ) == before
    inventory.refresh_from_db()
    assert (inventory.state, inventory.published) == ("published", True)
