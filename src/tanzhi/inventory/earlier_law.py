"""Inventories that an earlier law compiled; one under way is compiled again, a published one recalculated."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.actions.actor import Actor
from tanzhi.law.earlier import NAMED, Earlier, Entered, computes
from tanzhi.rulebook.kernel.text import Text

from .models import OPEN_STATES, Inventory

AGAIN = Text("编制中的清单：在清单页重新汇总", "Inventories under way: compile again on the page of each")
RECALCULATION = Text(
    "已审核、已发布的清单：撤下或退回后回算，发布稿不变",
    "Reviewed or published ones: recalculated once withdrawn or sent back; what was printed stays",
)
UNDER_WAY = Text("编制中的清单", "Inventories under way")
DONE = Text("已完成的清单", "Inventories that were reviewed or published")


@computes
def inventories(entered: Entered, actor: Actor) -> Iterator[Earlier]:
    """Inventories whose last compilation comes from a release that did not have the value."""
    if not entered.guideline.startswith("inventory"):
        return
    visible = Inventory.objects.visible_to(actor).filter(year__range=entered.years).select_related("region")
    old = [inventory for inventory in visible if _is_old(inventory, entered)]
    for kind, act, rows in (
        (UNDER_WAY, AGAIN, [inventory for inventory in old if inventory.state in OPEN_STATES]),
        (DONE, RECALCULATION, [inventory for inventory in old if inventory.state not in OPEN_STATES]),
    ):
        yield Earlier(kind, len(rows), tuple((row.name, row.get_absolute_url()) for row in rows[:NAMED]), act)


def _is_old(inventory: Inventory, entered: Entered) -> bool:
    run = inventory.latest_run
    return run is not None and run.release not in entered.releases
