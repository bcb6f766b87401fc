"""A provincial energy balance as a long table: heat is kept, what it does not say is asked, a file is one version."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.evidence.files import receive
from tanzhi.filings.months.model import Filing
from tanzhi.office.imports.work import call_of, dry_run, guessed, sheet_of
from tanzhi.streams.inventory.imports import IMPORT
from tests.streams.inventory.conftest import Office

# The layout of the field (province.name, year, EBMaterial, EBProcess, value in Mtce); its numbers are invented there.
HEADS = "province.name,year,EBMaterial,EBProcess,value"
ROWS = (
    "Region 990000,2005,Coal Raw,Thermal Power,-10.5",
    "Region 990000,2005,Coal Raw,Heating Supply,-2.0",
    "Region 990000,2005,Coal Raw,Industry,6.4",
    "Region 990000,2005,Coal Raw,Industry - NonEnergy Use,0.4",
    "Region 990000,2005,Coal Gas not Coke Source,Industry,0.17",
    "Region 990000,2005,Coke Other Products,Industry,0.36",
    "Region 990000,2005,Natural Gas,Residential consumption,0.05",
)
ASIDE = (
    "Region 990000,2005,Coal Raw,Indigenous Production,36.2",
    "Region 990000,2005,Electricity,Industry,5",
    "Region 990000,2005,Diesel Oil,Agriculture,0",
)
CONSTANTS = {"unit": "mtce", "factor_release": "gbt32151", "raw_coal_as": "bituminous"}


def table(*rows: str) -> str:
    content = "\n".join((HEADS, *rows)).encode()
    return receive(io.BytesIO(content), "balance.csv", "text/csv").file.sha256


def taken(who: Actor, *rows: str, **more: str) -> Any:
    return perform(IMPORT.commit_name, who, data={"file": table(*rows), "constants": CONSTANTS | more}).result


def told(who: Actor, *rows: str, **more: str) -> list[tuple[str, str]]:
    sheet, _ = sheet_of(IMPORT, table(*rows), Actor.platform())
    answers = dry_run(IMPORT, call_of(IMPORT, who), sheet, guessed(IMPORT, sheet), CONSTANTS | more)
    return [(each.code, each.place) for answer in answers for each in answer.findings]


def burnt() -> dict[tuple[str, str], Decimal]:
    record = Filing.objects.get(form_code="inventory_energy.year", period="2005").latest.record
    return {
        (sector["sector"], fuel["fuel"]): Decimal(fuel["fuel_burnt"])
        for sector in record["sectors"]
        for fuel in sector["fuels"]
    }


def test_coal_equivalent_becomes_fuel_by_its_heat_and_the_file_is_one_version(office: Office) -> None:
    done = taken(office.clerk, *ROWS, *ASIDE)
    # tce × 29.3076 GJ/tce ÷ net calorific value (GB/T 32151.22-2024, C.1: 19.570, 52.270, 33.453, 389.31), 4 decimals;
    # worked out with fractions apart from the program
    assert burnt() == {
        ("power_heat", "bituminous"): Decimal("18719724.0675"),
        ("other_industry", "bituminous"): Decimal("8985467.5523"),
        ("other_industry", "other_gas"): Decimal("95318.3853"),
        ("other_industry", "tar"): Decimal("315389.8305"),
        ("residential", "natural_gas"): Decimal("3764.0441"),
    }
    filing = Filing.objects.get(form_code="inventory_energy.year", period="2005")
    assert filing.versions.count() == 1
    assert (done.count, done.mapping["aside"]) == (7, 3)


def test_a_second_file_keeps_the_factors_that_stand_there_and_the_other_sectors(office: Office) -> None:
    taken(office.clerk, *ROWS)
    filing = Filing.objects.get(form_code="inventory_energy.year", period="2005")
    record = dict(filing.latest.record)
    record["sectors"][0]["fuels"][0]["local_net_calorific_value"] = "20.908"
    perform("filings.save", office.clerk, filing, {"record": record})
    taken(office.clerk, "Region 990000,2005,Coal Raw,Thermal Power,-100", unit="wt")
    filing.refresh_from_db()
    [fuel] = filing.latest.record["sectors"][0]["fuels"]
    assert (Decimal(fuel["fuel_burnt"]), Decimal(fuel["local_net_calorific_value"])) == (1_000_000, Decimal("20.908"))
    assert ("residential", "natural_gas") in burnt()
    taken(office.clerk, "Region 990000,2005,Coal Raw,Thermal Power,-1.0454")
    # with the calorific value that the filing states: 1.0454 × 10^6 × 29.3076 ÷ 20.908 = 1 465 380 t
    assert burnt()["power_heat", "bituminous"] == 1_465_380


@pytest.mark.parametrize(
    ("row", "constants", "code", "cell"),
    [
        (ROWS[0], {"raw_coal_as": ""}, "BAL-RAW", "2"),
        ("Region 990000,2005,Coal Raw,Transportation,0.2", {}, "BAL-TRANSPORT", "2"),
        ("Region 990000,2005,Peat,Industry,0.2", {}, "BAL-FUEL", "C2"),
        ("Region 990000,2005,Coal Raw,Space flight,0.2", {}, "BAL-PROCESS", "D2"),
        ("Region 990000,2005,Coal Raw,Construction,-0.2", {}, "BAL-SIGN", "E2"),
        ("Region 990000,2005,Natural Gas,Construction,2", {"unit": "wt"}, "BAL-UNIT", "2"),
        ("Region 990000,2005,Coal Raw,Construction,2", {"unit": "ym3"}, "BAL-UNIT", "2"),
        ("Elsewhere,2005,Coal Raw,Construction,2", {}, "BAL-REGION", "A2"),
        (ROWS[3], {}, "BAL-FEEDSTOCK", ""),
    ],
)
def test_what_a_balance_does_not_say_is_told_at_its_cell(
    office: Office, row: str, constants: dict[str, str], code: str, cell: str
) -> None:
    assert [(found, place.rpartition("!")[2]) for found, place in told(office.clerk, row, **constants)] == [
        (code, cell)
    ]
    assert not Filing.objects.filter(period="2005").exists()


def test_coal_in_transport_goes_to_the_way_that_is_chosen_once_for_the_file(office: Office) -> None:
    taken(office.clerk, "Region 990000,2005,Coal Raw,Transportation,20", unit="wt", transport_as="rail")
    assert burnt() == {("rail", "bituminous"): 200_000}


def test_town_and_country_count_where_households_are_not_told_together(office: Office) -> None:
    parts = ("Region 990000,2005,Coal Raw,Urban,3", "Region 990000,2005,Coal Raw,Rural,4")
    taken(office.clerk, *parts, unit="wt")
    assert burnt() == {("residential", "bituminous"): 70_000}
    taken(office.clerk, *parts, "Region 990000,2005,Coal Raw,Residential consumption,8", unit="wt")
    assert burnt() == {("residential", "bituminous"): 80_000}


def test_nobody_but_the_department_of_the_region_imports_its_balance(office: Office, stranger: Actor) -> None:
    with pytest.raises(Refused) as refused:
        taken(stranger, *ROWS)
    assert refused.value.code == "ACT-ROLE"
    assert not Filing.objects.filter(period="2005").exists()
