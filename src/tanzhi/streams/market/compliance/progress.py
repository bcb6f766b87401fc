"""Tonnes surrendered of those that are owed in the cycle, as its page counts them."""

from __future__ import annotations

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.roles import PLANT
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.allocation.compliance import compliance
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.progress import PeriodProgress, register_progress

from .status import books_of, current_cycle

SURRENDERED = Text("配额清缴", "Surrendered")
UNIT = Text("吨", "t")
NOT_DETERMINED = Text("{n} 家应清缴量待核定", "of {n} what they owe is not determined")


@register_progress
def surrenders(actor: Actor) -> list[PeriodProgress]:
    """Of the newest cycle that has something to show, over the plants that this reader sees."""
    cycle = current_cycle() if actor.roles & (AUTHORITY | PLANT) else None
    if cycle is None:
        return []
    visible = set(Organisation.objects.visible_to(actor).order_by().values_list("pk", flat=True))
    today = clock.today()
    # Of others' books a plant would read thousands of records to leave them out again.
    books = books_of(cycle, today, None if actor.roles & AUTHORITY else visible)
    rows = [compliance(past.events, cycle.deadline, today) for key, past in books.items() if key in visible]
    if not rows and not actor.roles & AUTHORITY:
        return []
    determined = [row.obligation for row in rows if row.obligation is not None]
    note = NOT_DETERMINED.format(n=len(rows) - len(determined)) if len(determined) < len(rows) else None
    done = sum(row.surrendered for row in rows)
    whole = sum(determined) if determined else None
    return [PeriodProgress(SURRENDERED, cycle.name, cycle.get_absolute_url(), UNIT, done, whole, note)]
