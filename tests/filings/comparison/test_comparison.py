"""Totals of a month and a year beside earlier ones: what a plant sees of its own numbers."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.filings.comparison.comparison import comparison_of, plant_year
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.model import Person
from tests.filings.months.test_history import deposited, record, saved

WHOLE, UNIT, FUELS = "The enterprise", "Unit 1", "Consumption by kind"


@pytest.fixture
def past(clerk, approver, plant):
    """June 2023 deposited, July 2022 deposited."""
    deposited(clerk, approver, plant, "2022-07", record("2022-07", generation="100000.000"))
    deposited(clerk, approver, plant, "2023-06", record("2023-06", generation="160000.000"))


def rows(comparison):
    return {
        (group.title.en, row.label.en): (row.now.number if row.now else None, *(b.difference for b in row.beside))
        for group in comparison.groups
        for row in group.rows
    }


def test_a_month_stands_beside_the_last_and_the_same_one_a_year_before(clerk, plant, past):
    filing = saved(clerk, plant, "2023-07", record("2023-07", generation="150000.000", fuel_consumption="64112.55"))
    own = rows(comparison_of(filing, filing.latest.record))
    # 150 000 − 160 000, 150 000 − 100 000; 64 112.55 − 64 012.55
    assert own[WHOLE, "Generation of the enterprise"] == (Decimal("150000.000"), Decimal(-10000), Decimal(50000))
    assert own[UNIT, "Generation of the unit"] == (Decimal("150000.000"), Decimal(-10000), Decimal(50000))
    assert own[FUELS, "Bituminous coal"] == (Decimal("64112.55"), Decimal(100), Decimal(100))
    percentages = {
        row.label.en: [beside.percentage for beside in row.beside]
        for group in comparison_of(filing, filing.latest.record).groups
        for row in group.rows
    }
    assert percentages["Generation of the enterprise"] == ["−6.25 %", "+50.00 %"]


def test_what_was_not_reported_is_no_nil_and_is_compared_with_nothing(clerk, plant, past):
    values = record("2023-07")
    values["units"][0]["months"][0]["heat_supplied"] = "1000.00"
    filing = saved(clerk, plant, "2023-07", values)
    own = rows(comparison_of(filing, filing.latest.record))
    assert own[WHOLE, "Heat of the enterprise"] == (Decimal("1000.00"), None, None)
    first = saved(clerk, plant, "2023-01", record("2023-01"))
    comparison = comparison_of(first, first.latest.record)
    assert [totals for _, totals in comparison.periods] == [None, None]
    assert {values[1:] for values in rows(comparison).values()} == {(None, None)}


def month_of(plant, year):
    return Filing(form_code="power.month", subject=f"organisation:{plant.pk}", organisation=plant, period=f"{year}-01")


def test_a_year_is_the_sum_of_its_deposited_months_beside_the_same_months_before(clerk, approver, plant, past):
    deposited(clerk, approver, plant, "2023-07", record("2023-07", generation="150000.000"))
    saved(clerk, plant, "2023-08", record("2023-08", generation="999.000"))
    year = plant_year(month_of(plant, 2023))
    assert year.deposited == ("2023-06", "2023-07")
    assert year.lacking == ("2022-06",)
    whole = next(table for table in year.tables if table.title.en == WHOLE)
    column = next(c for c in whole.columns if c.label.en == "Generation of the enterprise")
    at = whole.columns.index(column)
    # 160 000 + 150 000; of the year before only July is there: 100 000. August is under way and in no sum.
    assert (column.now.number, column.beside[0].total.number) == (Decimal("310000.000"), Decimal("100000.000"))
    by_month = {row.month: row.cells[at] for row in whole.months}
    assert by_month["2023-08"].now.number == Decimal("999.000")
    assert by_month["2023-08"].before.percentage == "−99.33 %"
    assert by_month["2023-05"].now is None
    assert by_month["2023-05"].words.en == "not reported"


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "2023 年各月合计与对比"), ("en", "Totals of 2023, month by month")]
)
def test_the_page_of_a_year_is_its_plants_and_its_officers(
    clerk, approver, officer, stranger, plant, past, language, words
):
    def page(actor):
        client = Client()
        client.cookies["django_language"] = language
        if actor:
            Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
            person = Person.objects.get(pk=actor.person_id)
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(reverse("filings:plant_year", kwargs={"code": plant.code, "year": 2023}))

    assert page(None).status_code == 302
    for actor in (clerk, approver, officer):
        assert words in page(actor).content.decode()
    assert page(stranger).status_code == 404
