"""What compliance asks of an officer: whose plants still owe. A plant's own duty stands there by its deadline."""

from __future__ import annotations

from collections import Counter

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import reference
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.todos.todo import Todo, register

from .cycle_work import CYCLE, SURRENDER_BY

UNMET = Text("{cycle} 周期有 {n} 家企业尚未足额清缴", "{n} plants have not met {cycle} yet")


@register
def unmet(actor: Actor) -> list[Todo]:
    """One line for an officer, not one for each plant."""
    if not actor.roles & {"city_officer", "provincial_officer"}:
        return []
    running = Clock.objects.visible_to(actor).filter(kind=CYCLE.name, limit=SURRENDER_BY.code, state=Clock.RUNNING)
    owing = Counter(running.values_list("case", flat=True))
    cycles = Cycle.objects.exclude(state__in=CYCLE.ends) if owing else ()
    return [
        Todo(
            UNMET.format(cycle=cycle.code, n=owing[reference(cycle)]),
            reference(cycle),
            cycle.deadline,
            cycle.get_absolute_url(),
            "surrender",
        )
        for cycle in cycles
        if reference(cycle) in owing
    ]
