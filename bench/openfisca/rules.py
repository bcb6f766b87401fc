"""The accounting of a power plant's fuels as a country package of OpenFisca has it: entities, variables, parameters.

A fuel of a unit is the single entity, its unit the group; a month's variables are of the fuel, the year's total of the
unit. Variables are of 32-bit floats, which is what the engine computes in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH, YEAR
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

FROM = "2023-01-01"
FuelRow = build_entity("fuel_row", "fuel_rows", "Fuel of a unit", is_person=True)
PowerUnit = build_entity("power_unit", "power_units", "Unit", roles=[{"key": "fuel", "plural": "fuels"}])


class Fuel(Enum):
    bituminous = "bituminous"
    diesel = "diesel"


def by_rows(table: Any, fuels: Any) -> Any:
    """A table's value for each row, as the engine's documentation has it."""
    return table[fuels]


def written_out(table: Any, fuels: Any) -> Any:
    """The same by a condition in the formula, where a table has two rows."""
    return np.where(fuels == Fuel.diesel, table.diesel, table.bituminous)


def halves_up(values: Any, places: int) -> Any:
    return np.floor(values * 10**places + 0.5) / 10**places


def variable(name: str, label: str, value_type: Any, entity: Any, period: Any, **more: Any) -> type:
    """A variable, which OpenFisca names by its class; a `formula` takes the entity, the period and the parameters."""
    terms = {"value_type": value_type, "entity": entity, "definition_period": period, "label": label}
    return type(name, (Variable,), terms | more)


INPUTS = (
    "fuel_consumption", "carbon_air_dried", "moisture_air_dried", "moisture_as_received", "net_calorific_value",
)  # fmt: skip
FILED = (
    variable("fuel", "fuel", Enum, FuelRow, MONTH, possible_values=Fuel, default_value=Fuel.bituminous),
    variable("carbon_measured", "whether the carbon was measured", bool, FuelRow, MONTH),
    *(variable(name, "number", float, FuelRow, MONTH) for name in INPUTS),
)


def computed(look_up: Any) -> tuple[type, ...]:
    """What follows from the inputs; `look_up` reads a table."""

    def carbon_content(rows: Any, period: Any, parameters: Any) -> Any:
        per_heat = look_up(parameters(period).carbon_per_heat, rows("fuel", period))
        wet, dry = rows("moisture_as_received", period), rows("moisture_air_dried", period)
        measured = rows("carbon_air_dried", period) / 100 * (100 - wet) / (100 - dry)
        default = rows("net_calorific_value", period) * per_heat
        return halves_up(np.where(rows("carbon_measured", period), measured, default), 4)

    def combustion_emission(rows: Any, period: Any, parameters: Any) -> Any:
        oxidation = look_up(parameters(period).oxidation_rate, rows("fuel", period))
        burned = rows("fuel_consumption", period) * rows("carbon_content", period)
        return halves_up(burned * oxidation * 44 / 12, 2)

    def unit_emission(units: Any, period: Any) -> Any:
        months = [units.members("combustion_emission", month) for month in period.get_subperiods(MONTH)]
        return halves_up(units.sum(sum(months)), 0)

    stated = (
        (carbon_content, "carbon content, tC/t, to four places", FuelRow, MONTH),
        (combustion_emission, "emission of a fuel in a month, tCO2", FuelRow, MONTH),
        (unit_emission, "emission of a unit in a year, tCO2", PowerUnit, YEAR),
    )
    return tuple(
        variable(formula.__name__, label, float, entity, period, formula=formula)
        for formula, label, entity, period in stated
    )


def system(look_up: Any) -> TaxBenefitSystem:
    """The rules with their two tables."""
    tables = {
        "carbon_per_heat": {"bituminous": "0.03085", "diesel": "0.0202"},
        "oxidation_rate": {"bituminous": "0.99", "diesel": "0.98"},
    }
    values = {
        name: {fuel_name: {"values": {FROM: {"value": float(value)}}} for fuel_name, value in table.items()}
        for name, table in tables.items()
    }
    built = TaxBenefitSystem([FuelRow, PowerUnit])
    built.parameters = ParameterNode("", data=values)
    built.add_variables(*FILED, *computed(look_up))
    return built
