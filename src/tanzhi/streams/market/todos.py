"""What the registry asks of a person: surrender before the deadline, accept a transfer."""

from __future__ import annotations

from datetime import timedelta

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.organisations.models import Organisation
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .ledger import ACTIVE, PENDING, Incoming
from .models import Cycle
from .standing import standings

OWED = Text("清缴 {cycle}：{name} 尚欠 {n} 吨", "Surrender for {cycle}: {name} owes {n} t")
UNMET = Text("{cycle} 周期有 {n} 家企业尚未足额清缴", "{n} plants have not met {cycle} yet")
ACCEPT = Text("确认接收划转：{name}", "Accept a transfer: {name}")
AHEAD = timedelta(days=180)


@register
def registry_to_do(actor: Actor) -> list[Todo]:
    """By role: what my plant owes, what waits for me, who is late in my region."""
    roles = ("enterprise_approver", "project_owner")
    own = {g.organisation_id for g in actor.grants if g.role in roles and g.organisation_id is not None}
    todos = _owed(own) + _incoming(own) if own else []
    return todos + _unmet(actor)


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


def _incoming(own: set[int]) -> list[Todo]:
    rows = Incoming.objects.filter(receiver__organisation__in=own, state=ACTIVE, part__kind=PENDING)
    return [
        Todo(ACCEPT.format(name=hold.name), f"registry.hold:{hold.pk}", None, hold.get_absolute_url(), "transfer")
        for hold in rows.select_related("unit", "receiver")
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
