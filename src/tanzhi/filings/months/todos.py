"""What filings ask of a person: a clerk fills in, an approver deposits, an officer looks after what is overdue."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .model import CHECKED, DRAFT, IN_CORRECTION, OPEN_STATES, Filing

FILL = Text("填报 {period}：{name}", "File {period}: {name}")
DEPOSIT = Text("存证 {period}：{name}", "Deposit {period}: {name}")
OVERDUE = Text("{n} 份月度数据逾期未存证", "{n} monthly filings are overdue")


@register
def filings_to_do(actor: Actor) -> list[Todo]:
    """By role: what is open in my organisation, what waits for my deposit, what is overdue in my region."""
    todos: list[Todo] = []
    mine = Filing.objects.filter(organisation_id__in=_organisations(actor)).select_related("organisation__region")
    if "enterprise_filer" in actor.roles:
        todos += _todos(mine.filter(state__in=(DRAFT, IN_CORRECTION)), FILL)
    if "enterprise_approver" in actor.roles:
        todos += _todos(mine.filter(state=CHECKED), DEPOSIT)
    return todos + _of_department(actor) + _overdue(actor)


def _of_department(actor: Actor) -> list[Todo]:
    """What my department states of its region: to be filled in, and by another one to be deposited."""
    own = {g.organisation_id for g in actor.grants if g.role in ("city_officer", "provincial_officer")}
    rows = Filing.objects.filter(organisation__in=own - {None}, subject__startswith="region:")
    rows = rows.select_related("organisation__region")
    return _todos(rows.filter(state__in=(DRAFT, IN_CORRECTION)), FILL) + _todos(rows.filter(state=CHECKED), DEPOSIT)


def _organisations(actor: Actor) -> set[int]:
    roles = {"enterprise_filer", "enterprise_approver"}
    return {g.organisation_id for g in actor.grants if g.role in roles and g.organisation_id is not None}


def _todos(filings: QuerySet[Filing], title: Text) -> list[Todo]:
    return [
        Todo(
            title.format(period=filing.period, name=filing.title),
            f"filings.filing:{filing.pk}",
            filing.inner_due_on or filing.due_on,
            reverse("filings:filing", kwargs={"pk": filing.pk}),
            "filing",
        )
        for filing in filings
    ]


def _overdue(actor: Actor) -> list[Todo]:
    """One line for an officer, not one for each plant."""
    if not actor.roles & {"city_officer", "provincial_officer"}:
        return []
    open_late = {"state__in": OPEN_STATES, "due_on__lt": clock.today()}
    late = Filing.objects.visible_to(actor).filter(**open_late).order_by("due_on")
    first = late.first()
    if first is None:
        return []
    address = f"{reverse('filings:matrix')}?year={first.period[:4]}"
    return [Todo(OVERDUE.format(n=late.count()), "filings.overdue", first.due_on, address, "filing")]
