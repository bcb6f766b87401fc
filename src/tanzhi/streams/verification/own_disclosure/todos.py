"""A year that an enterprise is to disclose, among the things to do of whoever acts for it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.roles import PLANT
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .duties import duties

DISCLOSE = Text("披露 {year} 年排放信息并登记：{name}", "Disclose the emission of {year} and record it: {name}")


@register
def years_to_disclose(actor: Actor) -> list[Todo]:
    """Every year that is owed and of which no record stands."""
    own = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    if not own:
        return []
    form = reverse("presentation:act", args=["verification.record_own_disclosure"])
    return [
        Todo(
            DISCLOSE.format(year=duty.year, name=duty.organisation.name),
            f"verification.owndisclosures:{duty.organisation.pk}:{duty.year}",
            duty.due_on,
            f"{form}?{urlencode({'organisation': duty.organisation.code, 'year': duty.year})}",
            "verification.own_disclosure",
        )
        for duty in duties(Organisation.objects.filter(pk__in=own, state="active"))
        if duty.record is None
    ]
