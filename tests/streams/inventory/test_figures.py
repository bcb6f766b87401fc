"""Row 24: the figures of a year, their reservations, and the walk down to the filed cell and its receipt."""

from decimal import Decimal

import pytest

from tanzhi.actions import clock
from tanzhi.actions.registry import perform
from tanzhi.figures import Question, Unanswerable, ask, explain
from tanzhi.figures.registry import FIGURES
from tanzhi.organisations.people.roles import public_actor
from tanzhi.rulebook.inventory.categories import GROUPS, cells
from tanzhi.streams.inventory.lists import NOT_COMPILED, total_of, with_runs
from tanzhi.streams.inventory.models import Cell, Inventory, Run
from tanzhi.streams.inventory.tables import NO_LAND, summary_lines

pytestmark = pytest.mark.django_db
ASKED = Question("2022", "990000")


@pytest.fixture
def compiled(filed):
    inventory = filed.open()
    perform("inventory.compile", filed.officer, inventory)
    return inventory


def names(node):
    return [part.ref.partition("name=")[2] for part in node.parts]


def walked(ref, viewer, *names):
    """Down from a reference by the names of the quantities."""
    node = explain(ref, viewer)
    for name in names:
        node = explain(next(part.ref for part in node.parts if f"name={name}" in part.ref), viewer)
    return node


def test_before_the_first_compilation_there_is_no_figure(filed):
    filed.open()
    assert ask("inventory.total", ASKED).value is None


def test_the_total_is_provisional_until_it_is_published(compiled, filed):
    found = ask("inventory.total", ASKED)
    assert found.answer.scope.zh.startswith("2022年省级温室气体清单正在编制，数据为初步结果")
    assert {"provisional", "incomplete", "unread"} <= {mark.kind for mark in found.answer.marks}
    potentials = {"CO2": 1, "CH4": 21, "N2O": 310}
    counted = [c for c in compiled.latest_run.cells.exclude(mass=None) if not c.category.startswith("LU")]
    by_hand = sum(Decimal(c.mass) * potentials[c.gas] for c in counted) / 10000
    assert found.value == by_hand.quantize(Decimal("0.01"))


def test_a_published_year_is_no_longer_provisional(filed):
    filed.published()
    found = ask("inventory.total", ASKED)
    assert found.answer.scope.zh.startswith("2022年省级温室气体清单已发布，涵盖6类温室气体")
    assert "provisional" not in {mark.kind for mark in found.answer.marks}


@pytest.mark.parametrize(("year", "speaks"), [("2021", None), ("2022", 2022), ("2023", 2022), ("2025", 2022)])
def test_the_newest_published_inventory_speaks_and_says_its_year(filed, year, speaks):
    """An inventory is published years after its year: the bulletin of a later one states the last that there is."""
    filed.published()
    found = ask("inventory.total", Question(year, ASKED.region))
    if speaks is None:
        assert found.value is None
        return
    assert found.value == ask("inventory.total", ASKED).value
    assert found.answer.scope.zh.startswith(f"{speaks}年省级温室气体清单已发布")


def test_without_a_number_of_land_use_there_is_no_total_with_it(filed):
    filed.published()
    assert ask("inventory.net_total", ASKED).value is not None
    land = [category.code for category, _ in cells() if category.sector == "land"]
    inventory = Inventory.objects.get()
    rows = list(inventory.latest_run.cells.all())  # a run never changes: the next one has none of these numbers
    by = {"release": "-", "person_id": 0, "person_name": "-", "at": clock.now()}
    run = Run.objects.create(inventory=inventory, number=inventory.latest_run.number + 1, **by)
    for cell in rows:
        cell.pk, cell.run, cell._state.adding = None, run, True
        cell.mass = None if cell.category in land else cell.mass
    Cell.objects.bulk_create(rows)
    assert ask("inventory.net_total", ASKED).value is None
    lines = {line.code: line.total for line in summary_lines(run)}
    assert isinstance(lines["T1"], Decimal)
    assert lines["T2"] == NO_LAND


def test_the_list_says_a_word_where_there_is_no_total(filed):
    filed.open()
    with_runs(rows := list(Inventory.objects.all()))
    assert [{total_of(row, "total_equivalent"), total_of(row, "net_equivalent")} for row in rows] == [{NOT_COMPILED}]


def test_groups_and_sectors_are_figures_of_row_24(compiled):
    codes = [code for code, figure in FIGURES.items() if figure.row == 24]
    assert len(codes) == 2 + 5 + 6
    assert {f"inventory.gas_{group.lower()}" for group in GROUPS} <= set(codes)
    assert ask("inventory.sector_processes", ASKED).value == Decimal("53.80")
    assert ask("inventory.gas_sf6", ASKED).value is None


def test_a_group_that_does_not_occur_is_a_true_zero(filed):
    filed.published()
    found = ask("inventory.gas_hfcs", ASKED)
    assert (found.value, found.answer.formula.en) == (0, "not occurring in the province (NO)")


def test_the_walk_leads_from_the_total_to_factor_cell_and_receipt(compiled, filed):
    viewer = filed.officer
    total = explain(ask("inventory.total", ASKED).ref, viewer)
    carbon = next(part for part in total.parts if "gases%5BCO2%5D" in part.ref)
    mass = walked(carbon.ref, viewer, "gas_mass", "counted_mass", "mass")
    assert ("IPCC code", "1.A.1.a") in [(fact.label.en, fact.words.en) for fact in mass.facts]
    sector = explain(mass.parts[0].ref, viewer)
    assert sector.value == Decimal("1741749.57")
    heat = walked(mass.parts[0].ref, viewer, "fuel_co2", "fuel_heat")
    factor = walked(mass.parts[0].ref, viewer, "fuel_co2", "carbon_content")
    told = " ".join(fact.words.zh for part in factor.parts for fact in part.facts)
    assert "GB/T 32151.22" in told
    assert "表中未填" in told
    burnt = explain(next(part.ref for part in heat.parts if "name=fuel_burnt" in part.ref), viewer)
    assert burnt.value == 1000000
    assert burnt.parts[0].ref.startswith("entry:")


def test_the_set_of_potentials_leads_to_its_source(compiled, filed):
    gas = explain(ask("inventory.total", ASKED).answer.parts[0].ref, filed.officer)
    potential = next(part for part in gas.parts if part.label.en == "Warming potential over 100 years")
    assert potential.value == 1
    assert any("IPCC" in fact.words.zh for fact in potential.facts)


def test_what_is_not_published_is_not_walked_by_everybody(compiled):
    gas = ask("inventory.total", ASKED).answer.parts[0]
    with pytest.raises(Unanswerable) as refused:
        explain(gas.ref, public_actor())
    assert refused.value.code == "ACT-SCOPE"
