"""June 2024 of the plant, opened by its filer, and his browser."""

from __future__ import annotations

import pytest
from django.test import Client

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.register.model import Organisation

from .national import browser_of


@pytest.fixture
def filing(clerk: Actor, plant: Organisation) -> Filing:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2024-06"}
    opened: Filing = perform("filings.open", clerk, data=data).result
    return opened


@pytest.fixture
def browser(clerk: Actor) -> Client:
    return browser_of(clerk)
