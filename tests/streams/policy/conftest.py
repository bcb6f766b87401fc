"""A library, a task list and the people of two departments and a city, all through the actions."""

import io
from datetime import date, datetime, time

import pytest
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.registry import perform
from tanzhi.evidence.files import receive
from tanzhi.organisations.people.roles import actor_of
from tests import factories


def on(day):
    """Act at noon of a day."""
    return clock.at(datetime.combine(date.fromisoformat(day), time(12), timezone.get_current_timezone()))


def paper(words="evidence"):
    return receive(io.BytesIO(words.encode()), f"{words}.txt", "text/plain").file.sha256


def registered(officer, region, **more):
    told = {
        "region": region.code, "zh": "示例方案", "en": "Example plan", "level": "provincial", "kind": "plan",
        "topic": "peaking", "issued_on": "2024-01-10", "issuers": ["P99"],
    }  # fmt: skip
    with on("2024-01-10"):
        return perform("policy.register_document", officer, data=told | more).result


def in_force(officer, region, clauses=("1", "2", "2.1"), **more):
    document = registered(officer, region, **more)
    with on("2024-01-11"):
        if clauses:
            rows = [{"number": n, "zh": f"条款{n}", "en": f"Clause {n}"} for n in clauses]
            perform("policy.add_clauses", officer, document, {"clauses": rows})
        perform("policy.bring_into_force", officer, document)
    document.refresh_from_db()
    return document


def assigned(officer, document, **more):
    told = {
        "document": document.pk, "region": document.region.code, "number": "1", "zh": "示例任务", "en": "Example task",
        "clause": "1", "lead": "C99", "starts_on": "2024-01-01", "due_on": "2024-12-31",
        "indicators": [{"number": "1", "zh": "完成量", "en": "Amount", "unit": "t", "start": "10", "target": "10"}],
    }  # fmt: skip
    with on("2024-01-15"):
        return perform("policy.assign_task", officer, data=told | more).result


def opened(officer, document, as_of="2024-06-30", due="2024-07-20"):
    with on("2024-07-01"):
        return perform(
            "policy.open_round", officer, data={"document": document.pk, "as_of": as_of, "due_on": due}
        ).result


def tell(actor, report, value="10", day="2024-07-05", **more):
    data = {"actuals": [{"number": "1", "value": value}], "progress": "进展 progress", "files": [paper()]}
    with on(day):
        return perform("policy.report_task", actor, report, data | more)


def confirm(actor, report, day="2024-07-08"):
    with on(day):
        return perform("policy.confirm_report", actor, report, {"text": "已核对"})


@pytest.fixture
def department(world):
    """Another department of the province."""
    return factories.organisation("DRC", world.province, "authority")


@pytest.fixture
def colleague(department):
    """Its officer."""
    return actor_of(factories.person("colleague", ("provincial_officer", department)))


@pytest.fixture
def document(officer, province):
    return in_force(officer, province)


@pytest.fixture
def task(officer, document):
    return assigned(officer, document)


@pytest.fixture
def report(officer, document, task):
    """The one report that a round over the document asks for, of the city's bureau."""
    return opened(officer, document).reports.get()
