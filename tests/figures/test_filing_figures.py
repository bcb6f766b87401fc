"""The first published figures, from a plant's twelve deposited months down to the cell and the receipt."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from tests.built_once import built_once

from tanzhi.actions.perform import perform
from tanzhi.evidence.sealer import seal_all
from tanzhi.figures import Question, Span, Unanswerable, ask, calculated, explain, publication
from tanzhi.figures.lineage import explain as walk
from tanzhi.filings.months.model import Result
from tanzhi.filings.months.status import standing_of
from tanzhi.filings.results import figures

REGION = "990000"
QUESTION = Question("2023", REGION)
MONTHS = [f"2023-{n:02d}" for n in range(1, 13)]


def record(month):
    fuels = [{"fuel": "diesel", "fuel_consumption": "86.20"}]
    return {
        "units": [
            {
                "unit": "1",
                "months": [{"month": month, "generation": "1000.000", "running_hours": "500.00", "fuels": fuels}],
            }
        ]
    }


def deposited(clerk, approver, filing):
    for found in standing_of(filing).unanswered:
        told = {"code": found.code, "where": found.place, "text": "已核对原始记录"}
        perform("filings.answer", clerk, filing, {"answers": [told]})
    perform("filings.check", clerk, filing)
    perform("filings.deposit", approver, filing)


def month_of(clerk, approver, plant, month):
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": month}
    filing = perform("filings.open", clerk, data=data).result
    perform("filings.save", clerk, filing, {"record": record(month)})
    deposited(clerk, approver, filing)
    return filing


@pytest.fixture
def year(clerk, approver, plant):
    """Twelve months, each deposited in time, and the annual report composed of them."""
    filing = built_once("year of test_filing_figures", lambda: reported(clerk, approver, plant))
    seal_all()
    return filing


def reported(clerk, approver, plant):
    for n, month in enumerate(MONTHS):
        with time_machine.travel(date(2023 + (n + 1) // 12, (n + 1) % 12 + 1, 9), tick=False):
            month_of(clerk, approver, plant, month)
    data = {"form_code": "power.year", "organisation_id": plant.pk, "period": "2023"}
    filing = perform("filings.open", clerk, data=data).result
    perform("filings.compose", clerk, filing)
    deposited(clerk, approver, filing)
    return filing


@pytest.mark.usefixtures("year")
def test_reported_emission_is_the_sum_of_the_annual_reports():
    # 42.652 GJ/t × 0.0202 tC/GJ = 0.8616 tC/t; 86.20 t × 0.8616 × 98 % × 44/12 = 266.88 t a month; × 12 → 3203
    found = ask("verification.reported_emission", QUESTION)
    assert (found.value, found.answer.state) == (Decimal(3203), "known")
    assert found.answer.scope.en == "1 key emission units (1 on the list), 1 units"
    of_power = ask("verification.reported_emission", Question("2023", REGION, {"sector": "power"}))
    assert (of_power.value, of_power.answer.scope.en) == (3203, "1 power enterprises (1 on the list), 1 units")
    of_steel = ask("verification.reported_emission", Question("2023", REGION, {"sector": "steel"}))
    assert of_steel.answer.state != "known"
    assert found.as_dict()["basis"]["size"] > 0


@pytest.mark.usefixtures("year")
def test_a_doubtful_parameter_marks_the_provinces_figure():
    assert ask("verification.reported_emission", QUESTION).answer.all_marks


@pytest.mark.usefixtures("year")
def test_enterprises_and_units_are_counted():
    assert ask("verification.reporting_enterprises", QUESTION).value == 1
    assert ask("verification.reporting_units", QUESTION).value == 1
    assert ask("verification.key_units", QUESTION).value == 1


@pytest.mark.usefixtures("year")
def test_another_province_reports_nothing_and_that_is_no_zero_emission():
    elsewhere = ask("verification.reported_emission", Question("2023", "980000"))
    assert (elsewhere.value, elsewhere.answer.state) == (None, "blank")
    assert ask("verification.reporting_enterprises", Question("2023", "980000")).value == 0


@pytest.mark.usefixtures("year")
def test_an_officer_walks_the_figure_down_to_the_cell_the_person_and_the_receipt(officer):
    node = walk("figure:verification.reported_emission?period=2023&region=990000", officer)
    node = walk(node.parts[0].ref, officer)
    assert node.value == 3203
    assert node.formula
    node = walk(node.parts[0].ref, officer)
    burning = next(p for p in node.parts if p.value == Decimal("3202.56"))
    month = walk(burning.ref, officer).parts[5]
    assert (month.value, month.detail.en) == (Decimal("266.88"), "Unit 1 · June 2023")
    fuel = walk(walk(month.ref, officer).parts[0].ref, officer)
    assert "× 44" in fuel.numbers.en
    consumption = walk(next(p for p in fuel.parts if p.value == Decimal("86.20")).ref, officer)
    facts = {f.label.en: f.words.en for f in consumption.facts}
    assert facts["Filing"] == "2023-06 version 1"
    assert facts["Filed by"].startswith("Clerk · ")
    assert consumption.parts[0].value.startswith("R-")


@pytest.mark.usefixtures("year")
def test_the_public_sees_the_figure_once_it_is_published_and_no_plants_total(monkeypatch):
    ref = "figure:verification.reported_emission?period=2023&region=990000"
    with pytest.raises(Unanswerable) as unpublished:
        explain(ref, depth=3)
    assert unpublished.value.code == "FIG-UNPUBLISHED"
    monkeypatch.setattr(publication, "PUBLISHED", [lambda code, question: {"value": "3203", "state": "known"}])
    node = explain(ref, depth=3)
    (rest,) = node.parts
    assert (node.value, rest.value, rest.state, rest.parts) == (3203, None, "withheld", ())


@pytest.mark.usefixtures("year")
def test_a_stranger_is_told_that_there_is_no_such_record(stranger):
    ref = f"result:{Result.objects.filter(quantity='unit_emission').latest('pk').pk}"
    with pytest.raises(Unanswerable) as refused:
        walk(ref, stranger)
    assert (refused.value.code, refused.value.status) == ("ACT-SCOPE", 404)


@pytest.mark.usefixtures("year")
def test_a_result_of_another_release_says_so_and_keeps_its_value(officer, monkeypatch):
    monkeypatch.setattr(calculated, "release", lambda guideline: "9.9.9+newer")
    result = Result.objects.filter(quantity="enterprise_emission", period="2023").get()
    node = walk(f"result:{result.pk}", officer)
    assert node.value == 3203
    assert any(result.release in mark.text.en and "9.9.9+newer" in mark.text.zh for mark in node.marks)


@pytest.mark.usefixtures("year")
def test_a_value_that_other_rules_would_change_is_told_with_both(officer, monkeypatch):
    monkeypatch.setattr(calculated, "release", lambda guideline: "9.9.9+newer")
    monkeypatch.setattr(calculated, "stored", lambda number: "3300")
    result = Result.objects.filter(quantity="enterprise_emission", period="2023").get()
    (mark,) = [m for m in walk(f"result:{result.pk}", officer).marks if m.kind == "release"]
    assert "3203 then, 3300 now" in mark.text.en


def test_punctuality_counts_months_that_nobody_filed(clerk, approver, plant):
    # due in 2023 H1: the months of November 2022 (10 January) to April 2023 (9 June... 40 days) = 6; one on time
    with time_machine.travel(date(2023, 2, 5), tick=False):
        month_of(clerk, approver, plant, "2023-01")
    found = ask("market.deposit_punctuality", Question("2023H1", REGION))
    assert found.answer.numbers.en == "1 ÷ 6"
    assert found.value == Decimal("16.67")


@pytest.mark.django_db
def test_months_whose_deadline_has_not_come_are_not_due_yet():
    # 40 days after 31 January 2024 is 11 March; after 30 November 2023 is 9 January
    span = Span.parse("2024H1")
    assert figures.months_due(span, date(2024, 3, 10)) == ["2023-11", "2023-12"]
    assert figures.months_due(span, date(2024, 3, 11)) == ["2023-11", "2023-12", "2024-01"]
