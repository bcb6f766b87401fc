"""What is kept of a computation goes when the law changes."""

from __future__ import annotations

from typing import Any

from tanzhi.actions import clock
from tanzhi.streams.inventory.models import Cell, Inventory, Run
from tanzhi.streams.inventory.queries import summary_of_run
from tests.factories import World
from tests.law.conftest import Enter


def methane_of(run: Any) -> Any:
    return summary_of_run(run.pk, "SAR").at("gas")[0].value("gas_equivalent").number


def test_the_summary_of_an_inventory_follows_a_potential_that_is_entered(world: World, enter: Enter) -> None:
    """10 t of methane: 10 × 21 by the second assessment report, 10 × 25 by the value entered."""
    inventory = Inventory.objects.create(region=world.province, year=2022, edition="2011", gwp_set="SAR")
    run = Run.objects.create(inventory=inventory, number=1, person_id=1, person_name="x", at=clock.now(), release="x")
    Cell.objects.create(run=run, category="AG.3", gas="CH4", mass="10")
    before = methane_of(run)
    enter(guideline="inventory", parameter="warming_potential", keys={"gwp_set": "SAR", "gas": "CH4"}, value="25",
          unit="tCO2e/t", since="2022-01-01", until="2022-12-31", supersedes=True, source="公告第7号，二")  # fmt: skip
    assert (before, methane_of(run)) == (210, 250)
