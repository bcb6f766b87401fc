"""Reports handed in of those that are due: the province counts all, a city its own, each as its list does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from tanzhi.organisations.people.model import Person
from tanzhi.streams.policy.rounds.progress import reports
from tests.streams.policy.conftest import assigned, on, opened, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispatched(officer, document, task, department):
    """Two reports of the city's bureau and one of the department."""
    assigned(officer, document, number="2", reporters=["DRC", "C99"])
    return opened(officer, document)


def counted(actor):
    return [(row.done, row.whole, row.share, row.address) for row in reports(actor)]


def test_what_is_handed_in_counts_for_whoever_sees_it(dispatched, officer, city_officer, clerk):
    own = reverse("policy:round_reports", args=[dispatched.pk])
    whole = dispatched.get_absolute_url()
    with on("2024-07-05"):
        assert (counted(officer), counted(city_officer)) == ([(0, 3, 0, whole)], [(0, 2, 0, own)])
        tell(city_officer, dispatched.reports.get(task__number="1"))
        assert counted(officer) == [(1, 3, Decimal("33.3"), whole)]
        assert counted(city_officer) == [(1, 2, Decimal("50.0"), own)]
        assert counted(clerk) == []


def test_a_city_reads_its_own_reports_of_a_round(dispatched, city_officer, clerk, client):
    Person.objects.update(state="active", is_active=True)
    address = reverse("policy:round_reports", args=[dispatched.pk])
    client.force_login(
        Person.objects.get(pk=city_officer.person_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    with on("2024-07-05"):
        assert "应报 2 份，已报 0 份" in client.get(address).content.decode()
        client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address).status_code == 404
