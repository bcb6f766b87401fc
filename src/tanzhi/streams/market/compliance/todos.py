"""What compliance asks of a person: surrender before the deadline."""

from __future__ import annotations

from datetime import timedelta

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.workflow.todos.todo import Todo, register

from .status import standings

OWED = Text("清缴 {cycle}：{name} 尚欠 {n} 吨", "Surrender for {cycle}: {name} owes {n} t")
UNMET = Text("{cycle} 周期有 {n} 家企业尚未足额清缴", "{n} plants have not met {cycle} yet")
AHEAD = timedelta(days=180)


@register
def surrenders_to_do(actor: Actor) -> list[Todo]:
    """By role: what my plant owes, what waits for me, who is late in my region."""
    roles = ("enterprise_approver", "project_owner")
    own = {g.organisation_id for g in actor.grants if g.role in roles and g.organisation_id is not None}
    return (_owed(own) if own else []) + _unmet(actor)


def _cycles() -> list[Cycle]:
    """Cycles whose deadline is near or has passed."""
    return list(Cycle.objects.filter(deadline__lte=clock.today() + AHEAD).select_related("region"))


def _owed(own: set[int]) -> list[Todo]:
    plants = list(Organisation.objects.filter(pk__in=own))
    return [
        Todo(
            OWED.format(cycle=cycle.code, name=standing.name, n=f"{standing.compliance.remaining:,}"),
            f"registry.cycle:{cycle.pk}",
            cycle.deadline,
            cycle.get_absolute_url(),
            "surrender",
        )
        for cycle in _cycles()
        for standing in standings(cycle, clock.today(), plants)
        if standing.compliance.remaining
    ]


def _unmet(actor: Actor) -> list[Todo]:
    """One line for an officer, not one for each plant."""
    if not actor.roles & {"city_officer", "provincial_officer"}:
        return []
    todos = []
    for cycle in _cycles():
        open_ones = [standing for standing in standings(cycle, clock.today()) if standing.compliance.remaining]
        seen = [standing for standing in open_ones if actor.sees(standing.organisation.place)]
        if seen:
            title = UNMET.format(cycle=cycle.code, n=len(seen))
            todos.append(
                Todo(title, f"registry.cycle:{cycle.pk}", cycle.deadline, cycle.get_absolute_url(), "surrender")
            )
    return todos
