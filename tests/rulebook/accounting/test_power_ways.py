"""Ways of measuring: samples, heat of every method, power supplied, merged units, 2026. Expected values by hand."""

from typing import Any

import pytest

from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel import RecordNode
from tanzhi.rulebook.kernel.evaluation import evaluate


def month_of(year: int = 2024, **filed: Any) -> RecordNode:
    record = {"units": [{"unit": "1", "months": [{"month": f"{year}-01", **filed}]}]}
    return evaluate(power, year, record).at("month")[0]


def heat(**filed: str) -> str:
    return str(month_of(**filed).value("heat_output").number)


STEAM = {"steam": "1000.00", "steam_enthalpy": "3000.00"}
NETWORK = {
    "network_supply": "1000.00",
    "network_supply_enthalpy": "400.00",
    "network_return": "1000.00",
    "network_return_enthalpy": "210.00",
}


@pytest.mark.parametrize(
    ("filed", "gigajoules"),
    [
        ({"heat_supplied": "12.34"} | STEAM, "12.34"),
        (STEAM, "2916.26"),  # 1000 × (3000 - 83.74) / 1000
        (STEAM | {"return_water": "400.00", "return_enthalpy": "250.00", "makeup_water": "0"}, "2900.00"),
        (
            STEAM
            | {
                "return_water": "400.00",
                "return_enthalpy": "250.00",
                "makeup_water": "600.00",
                "makeup_enthalpy": "100.00",
            },
            "2840.00",
        ),  # 3000 - 100 - 60
        (STEAM | {"return_water": "400.00", "return_enthalpy": "250.00"}, "2916.26"),  # make-up unknown
        ({"drain_water": "1000.00", "heating_steam_enthalpy": "2800.00", "drain_enthalpy": "400.00"}, "2400.00"),
        (NETWORK, "200.00"),  # 190 / 0.95
        (NETWORK | {"network_makeup": "100.00", "network_makeup_enthalpy": "95.00"}, "190.00"),  # (190 - 9.5) / 0.95
        (STEAM | {"hot_water": "1000.00", "supply_temperature": "95.00"}, "3230.27"),  # and 314.01
    ],
)
def test_heat_supplied_by_every_way_of_measuring_it(filed: dict[str, str], gigajoules: str) -> None:
    assert heat(**filed) == gigajoules


def test_no_way_of_measuring_heat_is_blank_and_not_zero() -> None:
    assert month_of().value("heat_output").state == "blank"


def test_samples_give_the_month_its_carbon_and_a_missing_test_takes_the_default() -> None:
    tested = {"sample_carbon_air_dried": "50.00", "sample_moisture_air_dried": "0", "sample_moisture_as_received": "0"}
    samples = [
        {"sample": "1", "sample_mass": "300.00", "sample_calorific_value": "20.000", **tested},
        {"sample": "2", "sample_mass": "100.00", "sample_calorific_value": "20.000"},
    ]
    month = month_of(fuels=[{"fuel": "bituminous", "fuel_consumption": "400.00", "samples": samples}])
    # (300 × 0.5 + 100 × 20 × 0.03085) / 400 = 0.52925
    assert str(month.at("fuel")[0].value("carbon_content").number) == "0.5293"


def test_a_composite_sample_takes_the_moisture_of_the_days() -> None:
    days = [
        {"sample": "1", "sample_mass": "100.00", "sample_moisture_as_received": "10.00"},
        {"sample": "2", "sample_mass": "300.00", "sample_moisture_as_received": "14.00"},
    ]
    month = month_of(fuels=[{"fuel": "lignite", "carbon_dry": "60.00", "samples": days}])
    # 60 % × (100 - 13) / 100
    assert str(month.at("fuel")[0].value("carbon_content").number) == "0.5220"


def unit(year: int, months: dict[str, Any], **attributes: str) -> RecordNode:
    record = {"units": [{"unit": "1", **attributes, "months": [{"month": f"{year}-01", **months}]}]}
    return evaluate(power, year, record).at("unit")[0]


def test_power_supplied_of_a_condensing_unit_is_what_it_does_not_use() -> None:
    found = unit(2021, {"generation": "1000.000", "auxiliary_power": "60.000"})
    assert str(found.value("unit_power_supplied").number) == "940.000"


COGENERATION = {"generation": "1000.000", "auxiliary_power": "60.000", "heat_auxiliary_power": "10.000"}


def test_power_supplied_of_cogeneration_bears_its_share_of_auxiliary_power() -> None:
    found = unit(2021, COGENERATION | {"heat_supplied": "20.00", "boiler_heat": "100.00"})
    # 1000 - (60 - 10) × (1 - 0.2)
    assert str(found.value("unit_power_supplied").number) == "960.000"


def test_cogeneration_without_boiler_heat_has_no_power_supplied() -> None:
    assert unit(2021, COGENERATION | {"heat_supplied": "20.00"}).value("unit_power_supplied").state == "blank"


def test_merged_units_take_the_least_favourable_class() -> None:
    attributes = {"main_fuel": "conventional_coal", "rated_power": "300", "merged_class": "I"}
    assert unit(2023, {}, **attributes).value("unit_class").number == "I"


def test_weighted_hours_of_merged_units_give_their_load_coefficient() -> None:
    # 300 MW × 500 h and 600 MW × 650 h: t = 540000 / 900 = 600 h; F = 432000 / 540000
    found = unit(2023, {"generation": "432000.000", "running_hours": "600.00"}, rated_power="900")
    assert str(found.value("load_coefficient").number) == "80.00"


def test_biomass_gave_what_fossil_fuel_did_not() -> None:
    fuels = [{"fuel": "bituminous", "fuel_consumption": "8.00", "net_calorific_value": "20.000"}]
    # boiler heat 180 / 0.9 = 200 GJ, of which coal 160
    found = unit(2023, {"boiler_heat": "180.00", "fuels": fuels}, boiler_efficiency="90.00")
    assert str(found.value("biomass_share").number) == "20.00"


OXIDATION = {
    "source": "国家温室气体排放因子数据库",
    "entered_by": "1",
    "entered_at": "2026-11-01T00:00:00Z",
    "since": "2026",
}


def test_what_an_administrator_enters_for_2026_determines_coal_by_boiler_and_altitude() -> None:
    keys = {"oxidation_boiler": "pulverised", "oxidation_band": "2"}
    entered = power.parameters.with_entries(
        [OXIDATION | {"parameter": "coal_oxidation_rate", "keys": keys, "value": "0.985"}]
    )
    fuels = [{"fuel": "lignite", "fuel_consumption": "1000.00", "carbon_as_received": "0.3000"}]
    units = [{"unit": "1", "boiler_type": "pulverised", "months": [{"month": "2026-01", "fuels": fuels}]}]
    value = evaluate(power, 2026, {"altitude_band": "2", "units": units}, entered).value("enterprise_emission")
    # 1000 × 0.3 × 0.985 × 44/12 = 1083.50
    assert str(value.number) == "1084"
