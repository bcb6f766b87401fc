"""Inventories that an earlier law compiled; one under way is compiled again, a published one recalculated.

A compilation rests on the summary's law and on the stored results of its sectors' deposits: these are computed anew
first, then the inventory is compiled again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanzhi.actions.actor import Actor
from tanzhi.law.earlier import (
    STREAMS,
    EarlierResults,
    Evaluation,
    Names,
    Stream,
    ValueChange,
    compared_and_same,
    register,
)
from tanzhi.law.evaluation import under_release
from tanzhi.rulebook.inventory.categories import GUIDELINES
from tanzhi.rulebook.inventory.summary import inventory as summary
from tanzhi.rulebook.kernel.rounding import stored
from tanzhi.rulebook.kernel.text import Text

from .compilation import compiled
from .models import OPEN_STATES, WITHDRAWN, Cell, Inventory
from .queries import deposited_versions, latest_runs, summary_of

DEPOSITS = "filings.deposits"
KIND = Text("温室气体清单", "Greenhouse-gas inventories")
AGAIN = Text(
    "先重新核算部门数据，再在清单页重新汇总；前后对照在清单页",
    "The sectors' data first, then compiled again on the inventory's page, which shows before and after",
)
STAYS = Text(
    "已审核、已发布的清单不变；撤下或退回后回算，已印发的发布稿不变",
    "A reviewed or published one stays: a recalculation follows once it is withdrawn or sent back, and what was "
    "printed stays",
)


def standing(actor: Actor) -> Iterator[EarlierResults]:
    """The latest compilation of each inventory, by the summary's release and by those of the results in its cells."""
    inventories = list(Inventory.objects.visible_to(actor).exclude(state=WITHDRAWN).order_by("-year", "pk"))
    runs = latest_runs(inventories)
    cells = Cell.objects.filter(run__in=list(runs.values())).exclude(result=None)
    rows = cells.values_list(
        "run__inventory_id", "result__filing__form_code", "result__filing_id", "result__release"
    ).distinct()
    same = compared_and_same(STREAMS[DEPOSITS], GUIDELINES.values())
    by_inventory: dict[int, set[tuple[str, str]]] = {}
    for key, form_code, filing, release in rows.order_by():
        guideline = form_code.split(".", 1)[0]
        if filing not in same[guideline]:
            by_inventory.setdefault(key, set()).add((guideline, release))
    for inventory in inventories:
        if inventory.pk in runs:
            stays = None if inventory.state in OPEN_STATES else STAYS
            laws = {(summary.name, runs[inventory.pk].release)} | by_inventory.get(inventory.pk, set())
            for guideline, release in sorted(laws):
                yield EarlierResults.of_year(guideline, release, inventory.year, [inventory.pk], stays)


def names(keys: Sequence[int]) -> Names:
    inventories = Inventory.objects.filter(pk__in=keys).select_related("region")
    return {row.pk: (row.name, row.get_absolute_url()) for row in inventories}


def evaluate(key: int) -> Evaluation:
    """The totals of an inventory as it would be compiled now, beside those of its last run by that run's law."""
    inventory = Inventory.objects.select_related("region").get(pk=key)
    run = inventory.latest_run
    if run is None:
        return Evaluation()
    then = summary_of(inventory, run.cells.all(), law=under_release(summary, run.release))
    now = summary_of(inventory, compiled(inventory, deposited_versions(inventory)).cells)
    after = {value.name: value for value in now.all_values()}
    changes = [
        ValueChange(value.label, inventory.name, value.unit, stored(value.number), stored(after[value.name].number))
        for value in then.all_values()
        if value.rule and not value.rule.filed and stored(value.number) != stored(after[value.name].number)
    ]
    return Evaluation.of(changes)


register(
    Stream(
        "inventory.inventories",
        KIND,
        model="inventory.inventory",
        guidelines=frozenset({summary.name, *GUIDELINES.values()}),
        act=AGAIN,
        standing=standing,
        names=names,
        evaluate=evaluate,
        own_act=True,
    )
)
