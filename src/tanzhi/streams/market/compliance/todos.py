"""What compliance asks: of a plant, while its obligation is not determined; of an officer, whose plants still owe.

What a plant owes once it is determined stands there by its own deadline.
"""

from __future__ import annotations

from django.db.models import Count

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.references import reference
from tanzhi.actions.roles import PLANT
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.todos.todo import WATCH, Todo, register

from .cycle_work import CYCLE, SURRENDER_BY
from .status import books_of

UNMET = Text("{cycle} 周期有 {n} 家企业尚未足额清缴", "{n} plants have not met {cycle} yet")

NOT_DETERMINED = Text(
    "清缴 {cycle} 周期配额：{name}应清缴量待核定（{years} 年度）",
    "Surrender for {cycle}: what {name} owes is not determined yet ({years})",
)


@register
def not_determined(actor: Actor) -> list[Todo]:
    """A plant's cycle in which its obligation is not determined yet: the day of the surrender stands all the same."""
    own = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    if not own:
        return []
    codes = dict(Organisation.objects.filter(pk__in=own).order_by("code").values_list("pk", "code"))
    today, todos = clock.today(), []
    names = names_of(codes, today)
    for cycle in Cycle.objects.exclude(state__in=CYCLE.ends).select_related("region"):
        books = books_of(cycle, today, codes)
        for key, code in codes.items():
            if key in books and books[key].lacking:
                years = "、".join(map(str, books[key].lacking))
                words = NOT_DETERMINED.format(cycle=cycle.code, name=names.get(key, same(code)), years=years)
                subject, address = f"{reference(cycle)}/{key}", cycle.get_absolute_url()
                todos.append(Todo(words, subject, cycle.deadline, address, "surrender", WATCH))
    return todos


@register
def unmet(actor: Actor) -> list[Todo]:
    """One line for an officer, not one for each plant."""
    if not actor.roles & {"city_officer", "provincial_officer"}:
        return []
    running = Clock.objects.visible_to(actor).filter(kind=CYCLE.name, limit=SURRENDER_BY.code, state=Clock.RUNNING)
    owing = dict(running.order_by().values_list("case").annotate(Count("pk")))
    cycles = Cycle.objects.exclude(state__in=CYCLE.ends) if owing else ()
    return [
        Todo(
            UNMET.format(cycle=cycle.code, n=owing[reference(cycle)]),
            reference(cycle),
            cycle.deadline,
            cycle.get_absolute_url(),
            "surrender",
            WATCH,
        )
        for cycle in cycles
        if reference(cycle) in owing
    ]
