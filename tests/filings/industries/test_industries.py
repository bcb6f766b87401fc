"""A plant of each industry: register, form, template down and up, checks, report, figure, and the walk to its receipt.

One test for all of them: `plants.yaml` has a plant of each industry that the rulebook computes, but of power, whose own
tests are the model.
"""

from __future__ import annotations

import io
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import Refused
from tanzhi.figures import Question, ask
from tanzhi.figures.lineage import explain
from tanzhi.figures.nodes import LineageNode
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import form_of, is_composed
from tanzhi.filings.plans.form import planned_guidelines
from tanzhi.filings.reminders.duties import duties
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.sectors import industries
from tests.factories import World
from tests.filings.industries.steps import (
    PLANTS,
    REPORTING,
    YEAR,
    deposited,
    every_industry,
    opened,
    people_of,
    uploaded,
    works_of,
)
from tests.web.conftest import BACKEND


def without_blanks(record: Any) -> Any:
    if isinstance(record, dict):
        return {name: without_blanks(value) for name, value in record.items() if value not in (None, "", [])}
    return [without_blanks(row) for row in record] if isinstance(record, list) else record


def leads_to_a_receipt(step: LineageNode, reader: Actor) -> bool:
    """Whether some way down ends at an entry of the log; a sum of nothing ends before."""
    if not step.parts:
        return step.ref.startswith("entry:")
    return any(leads_to_a_receipt(explain(part.ref, reader), reader) for part in step.parts if part.ref)


def test_every_industry_but_power_has_a_plant_here() -> None:
    assert {"power", *PLANTS} == set(industries())


@every_industry
def test_a_report_goes_out_as_a_workbook_and_comes_back_as_the_same_figure_down_to_its_receipt(
    name: str, world: World, officer: Actor
) -> None:
    plant, works = PLANTS[name], works_of(world, name)
    clerk, head = people_of(works)
    with time_machine.travel(REPORTING, tick=False):
        report = opened(clerk, works, f"{name}.year", YEAR)
        assert not is_composed(report)
        uploaded(clerk, report, plant["report"])
        report = Filing.objects.get(pk=report.pk)
        assert report.latest is not None
        assert without_blanks(report.latest.record) == plant["report"]
        deposited(clerk, head, report)
    sector = industries()[name].sector
    figure = ask("verification.reported_emission", Question(YEAR, "990000", {"sector": sector}))
    assert (figure.value, figure.answer.state) == (Decimal(plant["emission"]), "known")
    step = explain(f"figure:verification.reported_emission?period={YEAR}&region=990000&sector={sector}", officer)
    assert leads_to_a_receipt(step, officer)


@every_industry
def test_a_wrong_cell_is_named_with_its_sheet_and_nothing_is_kept(name: str, world: World) -> None:
    plant, works = PLANTS[name], works_of(world, name)
    clerk, _ = people_of(works)
    with time_machine.travel(REPORTING, tick=False):
        report, wrong, record = opened(clerk, works, f"{name}.year", YEAR), plant["wrong"], deepcopy(plant["report"])
        place = record
        for step in wrong["at"]:
            place = place[step]
        place[wrong["field"]] = wrong["value"]
        book = load_workbook(io.BytesIO(template(form_of(report), Prefill(works.code, YEAR))))
        assert wrong["sheet"] in book.sheetnames
        with pytest.raises(Refused, match="FIL-UPLOAD") as refused:
            uploaded(clerk, report, record)
    (finding,) = (f for f in refused.value.findings if f.severity == "error")
    assert (finding.code, finding.place.partition("!")[0]) == (wrong["code"], wrong["sheet"])
    assert finding.message.zh
    assert finding.message.en
    assert Filing.objects.get(pk=report.pk).latest is None


@every_industry
def test_months_are_owed_from_the_year_in_which_the_law_has_them_deposited(name: str, world: World) -> None:
    works, since = works_of(world, name), industries()[name].months_since
    owed = set()
    for day in (date(2025, 3, 2), date(2026, 3, 2)):
        with time_machine.travel(day, tick=False):
            owed |= {(duty.form_code, duty.period[:4]) for duty in duties([works])}
    assert {(f"{name}.year", "2024"), (f"{name}.year", "2025")} <= owed
    assert {year for form, year in owed if form == f"{name}.month"} == {str(year) for year in range(since, 2027)}
    assert [year for year in range(2019, 2027) if name in planned_guidelines(year)] == list(range(since, 2027))


@every_industry
def test_its_clerk_sees_the_industry_s_own_tables_on_the_page(name: str, world: World, client: Client) -> None:
    works = works_of(world, name)
    clerk, _ = people_of(works)
    Person.objects.filter(pk=clerk.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=clerk.person_id), backend=BACKEND)
    with time_machine.travel(REPORTING, tick=False):
        report = opened(clerk, works, f"{name}.year", YEAR)
        page = client.get(reverse("filings:filing", args=[report.pk])).content.decode()
    for table in form_of(report).tables:
        for field in table.fields:
            assert field.label.zh in page, field.name
    assert "机组" not in page
