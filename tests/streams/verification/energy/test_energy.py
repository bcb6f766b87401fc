"""Other books of energy: stated, compared with what plants filed, explained in parts; nobody else's region or plant."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import Actor
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.rulebook.checks.cross.energy import ITEMS, filed_energy
from tanzhi.rulebook.checks.cross.run import cross_checked
from tanzhi.rulebook.checks.cross.year_books import YearBook
from tanzhi.rulebook.kernel import guidelines
from tanzhi.streams.verification.cross_checks.books import year_books
from tanzhi.streams.verification.cross_checks.work import limits_of
from tanzhi.streams.verification.energy_books.imports import STATEMENTS, STATISTICS
from tanzhi.streams.verification.energy_books.model import EnergyStatement, EnergyStatistic
from tanzhi.streams.verification.energy_comparison.comparison import EnergyComparison, energy_comparison
from tanzhi.streams.verification.energy_comparison.model import EnergyExplanation
from tanzhi.streams.verification.energy_comparison.plant_books import plant_books
from tests.rulebook.checks.cross.province import series
from tests.sheets import taken_in
from tests.streams.verification.conftest import report

COAL = "bituminous"
FACTOR = Decimal("0.7143")


@pytest.fixture
def filed(plant: Organisation) -> Filing:
    """Twelve months as the plant deposited them."""
    filing = report(plant)
    Filing.objects.filter(pk=filing.pk).update(form_code="power.month", period="2023-06")
    filing.refresh_from_db()
    return filing


@pytest.fixture
def burned(filed: Filing) -> Decimal:
    """The plant's coal of the year, added up from what was typed."""
    months = json.loads(filed.versions.get().values)["units"][0]["months"]
    fuels = [fuel for month in months for fuel in month["fuels"] if fuel["fuel"] == COAL]
    return sum((Decimal(fuel["fuel_consumption"]) for fuel in fuels), Decimal(0))


def cents(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), "ROUND_HALF_UP")


def state(actor: Actor, plant: Organisation, quantity: Decimal | str, **fields: Any) -> EnergyStatement:
    data = {"organisation": plant.code, "year": 2023, "item": COAL, "quantity": quantity, "source": "205-1", **fields}
    row: EnergyStatement = perform("verification.state_energy", actor, data=data).result
    return row


def record(actor: Actor, region: Region, quantity: Decimal | str, item: str = COAL) -> EnergyStatistic:
    data = {"region": region.code, "year": 2023, "item": item, "quantity": quantity, "source": "2023 年能源平衡表"}
    row: EnergyStatistic = perform("verification.record_energy_statistics", actor, data=data).result
    return row


def explain(actor: Actor, region: Region, quantity: Decimal | str, kind: str = "unlisted") -> EnergyExplanation:
    data = {
        "region": region.code, "year": 2023, "item": COAL, "kind": kind, "quantity": quantity,
        "reason": "规模以下工业用煤", "basis": "统计局函 2024-7",
    }  # fmt: skip
    row: EnergyExplanation = perform("verification.explain_energy", actor, data=data).result
    return row


def compared(plant: Organisation, actor: Actor) -> EnergyComparison:
    return energy_comparison(plant.region, 2023, actor)


def hits(code: str) -> list[Any]:
    return [hit for hit in cross_checked(year_books(2023), limits_of(2023)) if hit.code == code]


# --- a plant's other books -------------------------------------------------------------------------------


@pytest.mark.parametrize(("factor", "number"), [("1.0000", 0), ("0.9710", 0), ("0.9708", 1), ("1.0310", 1)])
def test_statistics_beyond_three_per_cent_are_asked_about(
    factor: str, number: int, filed: Filing, burned: Decimal, clerk: Actor
) -> None:
    state(clerk, filed.organisation, (burned * Decimal(factor)).quantize(Decimal("0.01")))
    assert len(hits("GEN-3")) == number


def test_the_newest_statement_counts_and_none_is_lost(filed: Filing, burned: Decimal, clerk: Actor) -> None:
    state(clerk, filed.organisation, "1")
    state(clerk, filed.organisation, burned)
    assert not hits("GEN-3")
    assert EnergyStatement.objects.count() == 2


def test_a_kind_that_the_plant_never_filed_is_a_row_of_its_books_and_no_hit(filed: Filing, clerk: Actor) -> None:
    state(clerk, filed.organisation, "40", item="coke")
    assert not hits("GEN-3")
    row = next(row for row in plant_books(2023, clerk) if row.item == "coke")
    assert (row.months, row.report, row.stated, row.difference, row.share) == (None, None, Decimal(40), None, None)


def test_the_plants_books_stand_beside_each_other(filed: Filing, burned: Decimal, clerk: Actor) -> None:
    state(clerk, filed.organisation, burned / 2)
    row = next(row for row in plant_books(2023, clerk) if row.item == COAL)
    assert (row.months, row.stated, row.difference, row.share) == (burned, burned / 2, burned / 2, Decimal("100.00"))


@pytest.mark.parametrize(("fields", "code"), [({"item": "peat"}, "ACT-INPUT"), ({"book": "grid_bill"}, "ENG-BILL")])
def test_another_kind_of_energy_is_refused(
    fields: dict[str, str], code: str, plant: Organisation, clerk: Actor
) -> None:
    with pytest.raises(Refused) as refused:
        state(clerk, plant, "5", **fields)
    assert refused.value.code == code
    assert not EnergyStatement.objects.exists()


def test_nobody_states_another_plants_energy(plant: Organisation, stranger: Actor) -> None:
    with pytest.raises(Refused):
        state(stranger, plant, "5")


# --- the region ------------------------------------------------------------------------------------------


def test_difference_explained_and_left_over_add_up(filed: Filing, burned: Decimal, officer: Actor) -> None:
    plant = filed.organisation
    record(officer, plant.region, burned + 1000)
    explain(officer, plant.region, "700")
    explain(officer, plant.region, "-50", "timing")
    row = compared(plant, officer).row(COAL)
    assert row is not None
    assert (row.filed, row.stated, row.difference) == (burned, burned + 1000, Decimal(1000))
    assert (row.explained, row.rest, row.standing) == (Decimal(650), Decimal(350), "open")
    assert row.filed_tce == cents(burned * FACTOR)
    assert row.stated_tce == cents((burned + 1000) * FACTOR)
    explain(officer, plant.region, "350")
    row = compared(plant, officer).row(COAL)
    assert row is not None
    assert (row.rest, row.standing) == (Decimal(0), "explained")


def test_what_is_missing_on_a_side_is_said_and_never_nil(filed: Filing, burned: Decimal, officer: Actor) -> None:
    record(officer, filed.organisation.region, "0", "gasoline")
    record(officer, filed.organisation.region, "7", "briquette")
    whole = compared(filed.organisation, officer)
    coal, gasoline, briquette = whole.row(COAL), whole.row("gasoline"), whole.row("briquette")
    assert coal
    assert gasoline
    assert briquette
    assert (coal.stated, coal.difference, coal.standing) == (None, None, "no_statistics")
    assert (gasoline.filed, gasoline.stated, gasoline.standing) == (None, Decimal(0), "not_reported")
    assert briquette.stated_tce is None  # no coal equivalent in the table
    group = whole.groups[0]
    assert (group.filed, group.stated, group.ledger) == (cents(burned * FACTOR), None, None)
    assert [label.en for label in group.undetermined] == ["Briquettes"]
    assert "M-high" in {mark.kind for mark in group.marks}
    assert whole.row("coke") is None


def test_the_intensity_ledger_stands_beside_the_groups(filed: Filing, burned: Decimal, officer: Actor) -> None:
    told = {"region": filed.organisation.region.code, "year": 2023, "coal": "100", "oil": "2", "gas": "3"}
    perform("intensity.record_energy", officer, data={**told, "vintage": "annual", "source": "年鉴"})
    coal = compared(filed.organisation, officer).groups[0]
    assert coal.ledger == Decimal(1000000)
    assert coal.covered == (burned * FACTOR / 10000).quantize(Decimal("0.01"), "ROUND_HALF_UP")


def test_the_factors_of_the_years_last_day_count_and_their_marks_stay(filed: Filing, officer: Actor) -> None:
    region = filed.organisation.region
    for year in (2007, 2008):
        data = {"region": region.code, "year": year, "item": "natural_gas", "quantity": "10", "source": "能源平衡表"}
        perform("verification.record_energy_statistics", officer, data=data)
    before, after = (energy_comparison(region, year, officer).groups[0] for year in (2007, 2008))
    assert (before.stated, [label.en for label in before.undetermined]) == (None, ["Natural gas"])
    assert (after.stated, {mark.kind for mark in after.marks}) == (Decimal("133.00"), {"M-med"})


def test_a_withdrawn_explanation_counts_no_longer(filed: Filing, burned: Decimal, officer: Actor) -> None:
    record(officer, filed.organisation.region, burned + 10)
    part = explain(officer, filed.organisation.region, "10")
    perform("verification.withdraw_energy_explanation", officer, part, {"reason": "重复计算"})
    row = compared(filed.organisation, officer).row(COAL)
    assert row is not None
    assert row.rest == Decimal(10)
    with pytest.raises(Refused) as refused:
        perform("verification.withdraw_energy_explanation", officer, part, {"reason": "重复计算"})
    assert refused.value.code == "ENG-WITHDRAWN"


def test_an_explanation_of_nothing_is_refused(filed: Filing, officer: Actor) -> None:
    with pytest.raises(Refused) as refused:
        explain(officer, filed.organisation.region, "0")
    assert refused.value.code == "ENG-NIL"


def test_a_plant_neither_records_nor_sees_a_region(filed: Filing, clerk: Actor, officer: Actor) -> None:
    record(officer, filed.organisation.region, "5")
    with pytest.raises(Refused):
        record(clerk, filed.organisation.region, "5")
    assert not EnergyStatistic.objects.visible_to(clerk).exists()


# --- imports ---------------------------------------------------------------------------------------------


def test_a_plants_form_comes_in_by_names_and_is_withdrawn_whole(plant: Organisation, clerk: Actor) -> None:
    done = taken_in(
        STATEMENTS, clerk, ("单位代码", "年份", "报表", "能源名称", "消费量", "来源"),
        (plant.code, 2023, "form_205_1", "烟煤", "120000.5", "205-1 表"),
        (plant.code, 2023, "grid_bill", "电力", "300", "结算单"),
    )  # fmt: skip
    rows = EnergyStatement.objects.order_by("pk").values_list("book", "item", "quantity")
    assert list(rows) == [("form_205_1", COAL, "120000.5"), ("grid_bill", "electricity", "300")]
    perform(STATEMENTS.undo_name, clerk, done, {"reason": "文件有误"})
    assert plant_books(2023, clerk) == []
    assert EnergyStatement.objects.count() == 2


def test_a_regions_statistics_come_in(plant: Organisation, officer: Actor) -> None:
    head = ("地区", "年份", "能源名称", "消费量", "来源")
    taken_in(STATISTICS, officer, head, (plant.region.code, 2023, "焦炭", "77", "平衡表"))
    assert EnergyStatistic.objects.values_list("item", "quantity").get() == ("coke", "77")


def test_a_bill_of_coal_is_told_at_its_row(plant: Organisation, clerk: Actor) -> None:
    with pytest.raises(Refused) as refused:
        taken_in(
            STATEMENTS, clerk, ("单位代码", "年份", "报表", "能源名称", "消费量", "来源"),
            (plant.code, 2023, "grid_bill", "烟煤", "1", "结算单"),
        )  # fmt: skip
    assert [one.code for one in refused.value.findings] == ["ENG-BILL"]
    assert not EnergyStatement.objects.exists()


# --- pages -----------------------------------------------------------------------------------------------


def sign_in(client: Client, actor: Actor) -> Client:
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_reader_walks_from_the_difference_to_the_cell(
    filed: Filing, burned: Decimal, officer: Actor, client: Client
) -> None:
    plant = filed.organisation
    record(officer, plant.region, burned + 1000)
    page = sign_in(client, officer)
    query = {"region": plant.region.code, "year": "2023"}
    whole = page.get(reverse("verification:energy"), query).content.decode()
    item = reverse("verification:energy_item", args=[COAL])
    assert item in whole
    assert "2023 年能源平衡表" in whole
    assert f"plant={plant.code}" in page.get(item, query).content.decode()
    months = page.get(item, {**query, "plant": plant.code}).content.decode()
    assert "#units-1.months-2023-06.fuels-bituminous.fuel_consumption" in months


def test_the_page_opens_on_the_newest_year_with_statistics(filed: Filing, officer: Actor, client: Client) -> None:
    region, page = filed.organisation.region, sign_in(client, officer)
    address, query = reverse("verification:energy"), {"region": filed.organisation.region.code}
    assert page.get(address, query).context["compared"].year == 2023  # the newest with data
    data = {"region": region.code, "year": 2021, "item": COAL, "quantity": "5", "source": "能源平衡表"}
    perform("verification.record_energy_statistics", officer, data=data)
    assert page.get(address, query).context["compared"].year == 2021
    assert page.get(address, {**query, "year": "2023"}).context["compared"].year == 2023


def test_where_one_side_is_missing_nothing_is_called_explained(filed: Filing, officer: Actor, client: Client) -> None:
    query = {"region": filed.organisation.region.code, "year": "2023"}
    page = sign_in(client, officer).get(reverse("verification:energy"), query).content.decode()
    assert "没有可比的品种" in page
    assert "没有未解释的差异" not in page


def test_regions_out_of_reach_and_plants_find_no_comparison(filed: Filing, clerk: Actor, client: Client) -> None:
    page = sign_in(client, clerk)
    assert page.get(reverse("verification:energy")).status_code == 404
    assert page.get(reverse("verification:energy_item", args=["peat"])).status_code == 404
    assert filed.organisation.code in page.get(reverse("verification:energy_books")).content.decode()


def test_another_plants_books_are_not_shown(filed: Filing, stranger: Actor, clerk: Actor) -> None:
    state(clerk, filed.organisation, "5")
    assert plant_books(2023, stranger) == []


# --- the rulebook's side ---------------------------------------------------------------------------------


def test_every_fuel_of_every_industry_is_a_kind_of_energy() -> None:
    missing = {
        code
        for guideline in guidelines().values()
        if guideline.industry
        for name in ("fuel", "aviation_fuel")
        for rules in (guideline.rules.get(name, ()),)
        for rule in rules
        for code in rule.options or {}
    } - ITEMS.keys()
    assert not missing


def test_the_whole_enterprise_counts_once_and_sold_electricity_below_zero() -> None:
    steel, chemical = guidelines()["iron_and_steel"].industry, guidelines()["chemical"].industry
    assert steel
    assert chemical
    months = {"2023-01": "10.00"}
    rows = (
        series("processes[0]", "fuels[coke]", "fuel_consumption", False, months),
        series("processes[1]", "fuels[coke]", "fuel_consumption", False, months),
        series("processes[0]", "", steel.electricity, False, months),
    )
    kinds = {"processes[0]": steel.whole, "processes[1]": "ironmaking"}
    works = YearBook("S1", "iron_and_steel", 2023, "output", rows, kinds)
    assert [(fact.item, fact.unit, fact.amount) for fact in filed_energy(works, steel)] == [
        ("coke", "processes[0]", Decimal("10.00")), ("electricity", "processes[0]", Decimal("10.00")),
    ]  # fmt: skip
    rows = (
        series("workshops[1]", "", chemical.electricity, False, {"2023-01": "30"}),
        series("workshops[1]", "", chemical.electricity_sold, False, {"2023-01": "4"}),
        series("workshops[1]", "fuels[peat]", "fuel_consumption", False, months),
    )
    plant = YearBook("C1", "chemical", 2023, "product_output", rows)
    assert sum(fact.amount for fact in filed_energy(plant, chemical)) == Decimal(26)
