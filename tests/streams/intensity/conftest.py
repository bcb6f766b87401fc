"""A province whose series is example E11 of the reference sheet, and four cities as in example E13."""

import pytest

from tanzhi.actions.perform import perform
from tests import factories

E11 = {
    2005: {2005: "1900.00", 2010: "3240.00"},
    2010: {2010: "4100.00", 2015: "6765.00"},
    2015: {2015: "6800.00", 2020: "8840.00"},
    2020: {2020: "9000.00", 2021: "9630.00", 2022: "10060.00"},
}
CO2 = {2005: "860", 2010: "1190", 2015: "1495", 2020: "1520", 2021: "1560", 2022: "1680.7"}  # 10^8 kWh at 1 kg
CITIES = {"990100": ("5200", "3300"), "990200": ("3100", "900"), "990300": ("2400", "1500"), "990400": ("1300", "2300")}


def energy(actor, region, year, electricity, **more):
    """Imported electricity at 1 kg/kWh gives the round CO2 of the examples; a sliver of coal is not needed."""
    leg = {"partner": "X", "direction": "import", "electricity": electricity, "factor": "1"}
    told = {"region": region, "year": year, "coal": "0", "oil": "0", "gas": "0", "transfers": [leg]}
    return perform("intensity.record_energy", actor, data=told | {"vintage": "annual", "source": "test"} | more)


def gdp(actor, region, base, year, value, **more):
    told = {"region": region, "price_base": base, "year": year, "value": value, "vintage": "annual", "source": "test"}
    return perform("intensity.record_gdp", actor, data=told | more)


def target(actor, region, base, end, decline):
    told = {"region": region, "base_year": base, "end_year": end, "decline": decline, "source": "test document"}
    return perform("intensity.set_target", actor, data=told).result


@pytest.fixture
def series(officer, province):
    for base, levels in E11.items():
        for year, value in levels.items():
            gdp(officer, province.code, base, year, value, published=True)
    for year, electricity in CO2.items():
        energy(officer, province.code, year, electricity, published=True)
    target(officer, province.code, 2005, 2030, "65")
    return province


@pytest.fixture
def cities(officer, world):
    for column, code in enumerate(list(CITIES)[1:]):
        factories.region(code, world.province, row=0, column=column)
    for code, (emission, value) in CITIES.items():
        gdp(officer, code, 2020, 2020, value)
        energy(officer, code, 2020, str(int(emission) // 10))
    return world.province
