"""From deposited filings to a published inventory, and everything that refuses on the way."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tanzhi.actions.registry import Refused, perform
from tanzhi.evidence.log import particulars, timeline
from tanzhi.rulebook.inventory.categories import CATEGORIES, NOTATIONS, cells
from tanzhi.streams.inventory.models import Cell, Inventory
from tanzhi.streams.inventory.queries import standing, summary_of_run
from tests.streams.inventory.conftest import RECORDS

pytestmark = pytest.mark.django_db


def code_of(name, actor, *subject, **data):
    with pytest.raises(Refused) as refused:
        perform(name, actor, *subject, data=data or None)
    assert refused.value.message.zh != refused.value.message.en
    return refused.value.code


def mass(run, category, gas):
    found = run.cells.get(category=category, gas=gas).mass
    return None if found is None else Decimal(found)


def test_a_compilation_takes_every_deposited_value_by_category_and_gas(filed):
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    run = inventory.latest_run
    assert run.cells.count() == len(list(cells()))
    # E1; by hand: 1 Mt at 8.37 m3/t and 0.67 kg/m3; E3 factor of clinker; E6; E7 at 7000 tN;
    # forest 0.462*1.787*0.5*0.03
    assert mass(run, "EN.1.1.1", "CO2") == Decimal("1741749.57")
    assert mass(run, "EN.3", "CH4") == Decimal("5607.9")
    assert mass(run, "IP.1", "CO2") == Decimal("538000")
    assert mass(run, "AG.3", "CH4") == Decimal("924.8")
    assert mass(run, "AG.4.1", "N2O") == Decimal("61.6")
    assert mass(run, "LU.1.1", "CO2") == Decimal("-45407.67")
    assert mass(run, "WA.3", "CH4") == Decimal("990")
    assert mass(run, "EN.1.5", "CO2") is None


def test_the_totals_are_those_of_the_cells(filed):
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    run = inventory.latest_run
    root = summary_of_run(run.pk, "SAR")
    counted = [c for c in run.cells.exclude(mass=None) if not c.category.startswith(("LU", "ME"))]
    potentials = {"CO2": 1, "CH4": 21, "N2O": 310}
    by_hand = sum(Decimal(c.mass) * potentials[c.gas] for c in counted)
    assert root.value("total_equivalent").number == by_hand
    assert root.value("net_equivalent").number == by_hand + Decimal("-45407.67")


def test_compiling_again_gives_the_same_cells_as_a_new_run(filed):
    inventory = filed.open()
    for _ in range(2):
        perform("inventory.compile", filed.officer, inventory)
    first, second = inventory.runs.all()
    told = [[(c.category, c.gas, c.mass) for c in run.cells.all()] for run in (first, second)]
    assert told[0] == told[1]
    assert second.number == 2


def test_another_set_of_potentials_changes_no_mass(filed):
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    run = inventory.latest_run
    sar, ar5 = (summary_of_run(run.pk, name) for name in ("SAR", "AR5"))
    methane = [node.at("gas")[1] for node in (sar, ar5)]
    assert methane[0].value("gas_mass").number == methane[1].value("gas_mass").number
    assert methane[1].value("gas_equivalent").number == methane[0].value("gas_equivalent").number * 28 / 21


def test_compile_review_and_publish_by_three_people(filed):
    inventory = filed.published()
    assert (inventory.state, inventory.published) == ("published", True)
    assert standing(inventory.region, inventory.year) == inventory


def test_without_any_deposit_there_is_nothing_to_compile(office):
    assert code_of("inventory.compile", office.officer, office.open()) == "INV-11"


def test_a_blank_cell_is_not_handed_in(filed):
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    with pytest.raises(Refused) as refused:
        perform("inventory.submit", filed.officer, inventory)
    assert refused.value.code == "INV-11"
    assert "EN.1.5 居民生活" in " ".join(f.message.zh for f in refused.value.findings)


def test_a_blank_cell_that_the_edition_has_no_method_for_asks_for_a_notation_key_alone(filed):
    """Non-energy use and the two memo items of bunkers: no form of any sector has a value for them."""
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    with pytest.raises(Refused) as refused:
        perform("inventory.submit", filed.officer, inventory)
    asked = {(f.place, f.field): f for f in refused.value.findings}
    without = {place for place, f in asked.items() if f.expected.en == "a notation key"}
    assert without == {("EN.5", "CO2"), ("ME.1", "CO2"), ("ME.2", "CO2")}
    assert {f.expected.en for place, f in asked.items() if place not in without} == {"a value or a notation key"}
    assert "不能填报数值" in asked["EN.5", "CO2"].message.zh


def test_a_factor_that_is_not_in_force_stops_the_compilation_and_is_named(filed):
    record = RECORDS["inventory_agriculture"] | {"rices": [{"rice": "winter_flooded", "rice_area": "10"}]}
    filed.file("inventory_agriculture", record)
    inventory = filed.open()
    with pytest.raises(Refused) as refused:
        perform("inventory.compile", filed.officer, inventory)
    assert [f.code for f in refused.value.findings] == ["INV-08"]
    assert "rice_factor" in refused.value.findings[0].message.en
    assert inventory.latest_run is None
    filed.note(inventory, "AG.3", "CH4", "NE", reason="no factor of winter-flooded paddy")
    perform("inventory.compile", filed.officer, inventory)
    assert mass(inventory.latest_run, "AG.3", "CH4") is None


def test_a_negative_emission_outside_land_use_is_refused(filed):
    filed.file("inventory_processes", {"iron_used": "1000", "steel_output": "900000"})
    with pytest.raises(Refused) as refused:
        perform("inventory.compile", filed.officer, filed.open())
    assert {f.code for f in refused.value.findings} == {"INV-03"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"category": "EN.5", "gas": "CO2", "key": "NE"}, "INV-11"),
        ({"category": "EN.5", "gas": "CO2", "key": "IE"}, "INV-11"),
        ({"category": "EN.5", "gas": "CO2", "key": "IE", "target": "XX"}, "ACT-INPUT"),
        ({"category": "EN.5", "gas": "CO2", "key": "IE", "target": "EN.5"}, "INV-11"),
        ({"category": "EN.5", "gas": "SF6", "key": "NO"}, "INV-11"),
        ({"category": "EN.1", "gas": "CO2", "key": "NO"}, "ACT-INPUT"),
        ({"category": "EN.5", "gas": "CO2", "key": "??"}, "ACT-INPUT"),
    ],
)
def test_a_notation_without_what_it_needs_is_refused(office, told, code):
    assert code_of("inventory.note", office.officer, office.open(), **told) == code


@pytest.mark.parametrize("key", [key for key in NOTATIONS if key != "C"])
def test_every_key_that_says_that_there_is_no_number_is_refused_beside_one(filed, key):
    inventory = filed.open()
    more = {"NE": {"reason": "not estimated"}, "IE": {"target": "IP.2"}}.get(key, {})
    filed.note(inventory, "IP.1", "CO2", key, **more)
    with pytest.raises(Refused) as refused:
        perform("inventory.compile", filed.officer, inventory)
    assert [f.code for f in refused.value.findings] == ["INV-11"]


def test_a_note_is_changed_and_taken_back_with_what_stood_before(filed):
    inventory = filed.open()
    filed.note(inventory, "EN.5", "CO2", "NE", reason="no balance yet")
    same_note = {"category": "EN.5", "gas": "CO2", "key": "NE", "reason": "no balance yet"}
    assert code_of("inventory.note", filed.officer, inventory, **same_note) == "INV-24"
    filed.note(inventory, "EN.5", "CO2", "IE", target="IP.2")
    again = {"category": "EN.5", "gas": "CO2", "reason": "filed now"}
    perform("inventory.take_back_note", filed.officer, inventory, again)
    assert not inventory.notations.exists()
    told = [particulars(entry) for entry in timeline(inventory.reference)][-1]
    assert (told["cell"], told["before"], told["after"]) == ("EN.5 CO2", "IE IP.2", "")
    assert code_of("inventory.take_back_note", filed.officer, inventory, **again) == "INV-24"


def test_the_blank_cells_of_a_sector_are_noted_alike_and_no_others(filed):
    inventory = filed.open()
    asked = {"sector": "waste", "key": "NE", "reason": "first inventory of the province"}
    assert code_of("inventory.note_blanks", filed.officer, inventory, **asked) == "INV-24", "nothing is computed yet"
    filed.note(inventory, "WA.1", "CH4", "NO")
    perform("inventory.compile", filed.officer, inventory)
    blank = set(inventory.latest_run.cells.filter(mass=None, notation="").values_list("category", "gas"))
    of_waste = {cell for cell in blank if CATEGORIES[cell[0]].sector == "waste"}
    assert of_waste
    assert of_waste < blank
    perform("inventory.note_blanks", filed.officer, inventory, asked)
    noted = inventory.notations.filter(key="NE", reason=asked["reason"])
    assert set(noted.values_list("category", "gas")) == of_waste
    assert inventory.notations.get(category="WA.1", gas="CH4").key == "NO"
    assert code_of("inventory.note_blanks", filed.officer, inventory, **asked) == "INV-24", "none of them is blank now"
    perform("inventory.note_blanks", filed.officer, inventory, {"key": "NO"})
    perform("inventory.compile", filed.officer, inventory)
    assert not inventory.latest_run.cells.filter(mass=None, notation="").exists()


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"key": "NE", "reason": "no"}, "INV-11"),
        ({"key": "NO", "sector": "moon"}, "ACT-INPUT"),
        ({"key": "IE"}, "ACT-INPUT"),
        ({"key": "C"}, "ACT-INPUT"),
    ],
)
def test_blank_cells_are_not_noted_by_what_each_has_to_say_for_itself(filed, stated, code):
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    assert code_of("inventory.note_blanks", filed.officer, inventory, **stated) == code
    assert not inventory.notations.exists()


def test_a_confidential_value_is_hidden_and_counted(filed):
    inventory = filed.open()
    filed.note(inventory, "IP.1", "CO2", "C")
    perform("inventory.compile", filed.officer, inventory)
    cell = inventory.latest_run.cells.get(category="IP.1")
    assert (cell.notation, cell.mass) == ("C", "538000")
    assert summary_of_run(cell.run_id, "SAR").value("processes_equivalent").number == 538000


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"gwp_set": "AR5-feedback"}, "ACT-INPUT"),
        ({"edition": "2025"}, "ACT-INPUT"),
        ({"gwp_set": ""}, "INV-10"),
        ({"edition": ""}, "INV-08"),
    ],
)
def test_an_unknown_edition_or_set_of_potentials_is_refused(office, more, code):
    with pytest.raises(Refused) as refused:
        office.open(**more)
    assert refused.value.code == code


def test_a_second_inventory_of_the_year_waits_for_the_first(filed):
    filed.open()
    with pytest.raises(Refused) as refused:
        filed.open()
    assert refused.value.code == "INV-16"


def test_a_recalculation_is_published_once_the_first_was_withdrawn(filed):
    first = filed.published()
    again = filed.open(gwp_set="AR5")
    assert again.number == 2
    perform("inventory.compile", filed.officer, again)
    filed.note_blanks(again)
    perform("inventory.compile", filed.officer, again)
    perform("inventory.submit", filed.officer, again)
    perform("inventory.approve", filed.reviewer, again)
    assert code_of("inventory.publish", filed.director, again) == "INV-16"
    perform("inventory.withdraw", filed.director, first, {"reason": "recalculated with AR5"})
    perform("inventory.publish", filed.director, again)
    assert standing(first.region, first.year) == again


def test_whoever_compiled_does_not_approve(filed):
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    filed.note_blanks(inventory)
    perform("inventory.compile", filed.officer, inventory)
    perform("inventory.submit", filed.officer, inventory)
    assert code_of("inventory.approve", filed.officer, inventory) == "ACT-SELF"
    perform("inventory.send_back", filed.reviewer, inventory, {"reason": "check the coal"})
    inventory.refresh_from_db()
    assert inventory.state == "draft"


def test_a_published_inventory_is_fixed(filed):
    inventory = filed.published()
    told = {"category": "EN.5", "gas": "CO2", "key": "NO"}
    assert code_of("inventory.note", filed.officer, inventory, **told) == "INV-22"
    assert code_of("inventory.compile", filed.officer, inventory) == "ACT-STATE"
    cell = inventory.latest_run.cells.first()
    for change in (lambda: Cell.objects.filter(pk=cell.pk).update(mass="1"), cell.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_corrected_filing_leaves_the_published_inventory_as_it_was(filed):
    inventory = filed.published()
    filed.file("inventory_processes", {"clinker_output": "2000000"})
    assert mass(inventory.latest_run, "IP.1", "CO2") == 538000


@pytest.mark.parametrize("who", ["clerk", "verifier", "stranger", "other_officer"])
def test_only_the_officer_of_the_province_opens_one(office, request, who):
    actor = request.getfixturevalue(who)
    asked = {"region": "990000", "year": 2022, "edition": "2011", "gwp_set": "SAR"}
    assert code_of("inventory.open", actor, **asked) in {"ACT-ROLE", "ACT-SCOPE"}
    assert not Inventory.objects.exists()
