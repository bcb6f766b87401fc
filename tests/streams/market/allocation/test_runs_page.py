"""A plant finds its own allocation in the list of runs, and none of what others are allocated."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.people.model import Person
from tanzhi.streams.market.allocation.model import AllocationLine, AllocationRun
from tests import factories
from tests.actions.spots import spots

if TYPE_CHECKING:
    from tests.factories import World


def listed(client: Client, person: Person) -> list[tuple[int, int, Decimal | None]]:
    with unrecorded():
        Person.objects.filter(pk=person.pk).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=person.pk), backend="django.contrib.auth.backends.ModelBackend")
    rows = client.get(reverse("registry:runs")).context["listing"].rows
    return [(row.record.pk, row.record.plants, row.record.total) for row in rows]


def test_a_run_is_listed_for_whose_plant_has_a_line_in_it_with_that_line_alone(world: World, client: Client) -> None:
    here, beside, far = spots(world)
    mine = here.of(AllocationLine)
    run: AllocationRun = mine.run
    with unrecorded():
        AllocationRun.objects.filter(pk=run.pk).update(state="issued", stage="final")
        AllocationLine.objects.filter(pk=mine.pk).update(to_issue=7)
        beside.made[AllocationRun] = run
        AllocationLine.objects.filter(pk=beside.of(AllocationLine).pk).update(to_issue=5)
        AllocationRun.objects.filter(pk=far.of(AllocationLine).run_id).update(state="issued", stage="final")
    assert run.lines.aggregate(sum=Sum("to_issue"))["sum"] == 12
    clerk = factories.person("clerk", ("enterprise_filer", world.plant))
    officer = factories.person("officer", ("provincial_officer", world.authority))
    bank = factories.person("bank", ("bank", world.authority))
    assert listed(client, clerk) == [(run.pk, 1, 7)]
    assert listed(client, officer) == [(run.pk, 2, 12)]
    assert listed(client, bank) == []
