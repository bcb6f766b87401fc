"""What quality control plans ask of a person: the plant completes them, the authority approves them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .model import OPEN_PLAN_STATES, SUBMITTED, Plan

COMPLETE = Text("编制并提交：{name}", "Complete and submit: {name}")
APPROVE = Text("审定：{name}", "Approve: {name}")


@register
def plans_to_do(actor: Actor) -> list[Todo]:
    """Plans that my organisation has not handed in, and those that wait for my approval."""
    todos: list[Todo] = []
    seen = Plan.objects.visible_to(actor).select_related("organisation")
    mine = [g.organisation_id for g in actor.grants if g.role in ("enterprise_filer", "enterprise_approver")]
    if mine:
        todos += _todos(seen.filter(organisation__in=mine, state__in=OPEN_PLAN_STATES), COMPLETE)
    if actor.roles & {"city_officer", "provincial_officer"}:
        todos += _todos(seen.filter(state=SUBMITTED), APPROVE)
    return todos


def _todos(plans: Iterable[Plan], title: Text) -> list[Todo]:
    return [
        Todo(title.format(name=plan.name), f"filings.plan:{plan.pk}", _due(plan), plan.get_absolute_url(), "plan")
        for plan in plans
    ]


def _due(plan: Plan) -> date | None:
    """The law dates the first submission; a revision and the approval have no day of their own."""
    return None if plan.submitted_at else plan.due_on
