"""The record evaluator against a bare script of the same formulas: decimals, nothing traced, nothing looked up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from statistics import median
from typing import Any

from bench.lines import RUNS, Line, seconds
from bench.workbook import record

TITLE = "Records against a bare script"
RATED_POWER = "350"
DEFAULT_HEAT = {"bituminous": Decimal("26.7"), "diesel": Decimal("42.652")}
DEFAULT_CARBON = {"bituminous": Decimal("0.03085"), "diesel": Decimal("0.02020")}
OXIDATION = {"bituminous": Decimal("0.99"), "diesel": Decimal("0.98")}
DIGITS = [Decimal(1).scaleb(-places) for places in range(6)]
Quantities = dict[tuple[str, str], Decimal]


def rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(DIGITS[places], ROUND_HALF_UP)


def fuel_quantities(fuel: Mapping[str, str], place: str, out: Quantities) -> None:
    """One fuel of a month; coal with its carbon measured on the air-dried basis."""
    kind, consumption = fuel["fuel"], Decimal(fuel["fuel_consumption"])
    heat = DEFAULT_HEAT[kind]
    if "net_calorific_value" in fuel:
        heat = out[place, "measured_heat"] = Decimal(fuel["net_calorific_value"])
    heat = out[place, "heat_content"] = rounded(heat, 3)
    factor = out[place, "carbon_per_heat"] = rounded(DEFAULT_CARBON[kind], 5)
    carbon = out[place, "default_carbon_content"] = heat * factor
    if "carbon_air_dried" in fuel:
        total, own = Decimal(fuel["moisture_as_received"]), Decimal(fuel["moisture_air_dried"])
        carbon = Decimal(fuel["carbon_air_dried"]) / 100 * (100 - total) / (100 - own)
        out[place, "total_moisture"] = total
        out[place, "carbon_from_air_dried"] = out[place, "measured_carbon_content"] = carbon
        out[place, "measured_carbon_per_heat"] = carbon / out[place, "measured_heat"]
        out[place, "coal_carbon_measured"], out[place, "coal_consumption"] = carbon, rounded(consumption, 2)
    carbon = out[place, "carbon_content"] = rounded(carbon, 4)
    out[place, "combustion_emission"] = rounded(consumption * carbon * OXIDATION[kind] * 44 / 12, 2)
    out[place, "fuel_heat"] = consumption * heat


def month_quantities(month: Mapping[str, Any], place: str, rated_power: Decimal, out: Quantities) -> list[str]:
    """One month of a unit; gives the places of its fuels."""
    fuels = [f"{place}.fuels[{fuel['fuel']}]" for fuel in month["fuels"]]
    for fuel, where in zip(month["fuels"], fuels, strict=True):
        fuel_quantities(fuel, where, out)
    generation, hours = Decimal(month["generation"]), Decimal(month["running_hours"])
    emission = rounded(sum(out[where, "combustion_emission"] for where in fuels), 2)  # type: ignore[arg-type]  # there are fuels
    coals = [where for where in fuels if (where, "coal_consumption") in out]
    weights = [out[where, "coal_consumption"] for where in coals]
    pairs = list(zip(coals, weights, strict=True))
    out[place, "month_combustion_emission"] = emission
    out[place, "month_hours"] = rounded(hours, 2)
    out[place, "heat_output"] = rounded(Decimal(month["heat_supplied"]), 2)
    out[place, "month_load_coefficient"] = rounded(generation / (rated_power * hours) * 100, 2)
    out[place, "month_intensity"] = emission / generation
    out[place, "month_coal_heat"] = mean([(out[where, "measured_heat"], weight) for where, weight in pairs])
    out[place, "month_carbon_per_heat"] = mean([(out[where, "measured_carbon_per_heat"], w) for where, w in pairs])
    return fuels


def mean(pairs: list[tuple[Decimal, Decimal]]) -> Decimal:
    return Decimal(sum(value * weight for value, weight in pairs)) / Decimal(sum(weight for _, weight in pairs))


def unit_quantities(unit: Mapping[str, Any], place: str, out: Quantities) -> None:
    rated_power = Decimal(unit["rated_power"])
    months = [f"{place}.months[{month['month']}]" for month in unit["months"]]
    fuels: list[str] = []
    for month, where in zip(unit["months"], months, strict=True):
        fuels += month_quantities(month, where, rated_power, out)

    def total(name: str, places: list[str]) -> Decimal:
        return Decimal(sum(out[where, name] for where in places))

    generation = Decimal(sum(Decimal(month["generation"]) for month in unit["months"]))
    coals = [where for where in fuels if (where, "coal_consumption") in out]
    weights = [out[where, "coal_consumption"] for where in coals]
    emission = out[place, "unit_combustion_emission"] = rounded(total("month_combustion_emission", months), 2)
    out[place, "unit_emission"] = out[place, "unit_obligation_emission"] = rounded(emission, 0)
    out[place, "unit_generation"] = rounded(generation, 3)
    hours = out[place, "unit_hours"] = rounded(total("month_hours", months), 2)
    heat = out[place, "unit_heat"] = rounded(total("heat_output", months), 2)
    out[place, "load_coefficient"] = rounded(generation / (rated_power * hours) * 100, 2)
    out[place, "utilisation_hours"] = rounded(generation / rated_power, 2)
    burnt = total("fuel_heat", fuels)
    out[place, "coal_equivalent"] = rounded(burnt / Decimal("29.3076"), 2)
    out[place, "thermal_efficiency"] = rounded((generation * Decimal("3.6") + heat) / burnt * 100, 2)
    for name, of, places in (("coal_carbon_content", "carbon_content", 4), ("coal_heat_content", "heat_content", 3)):
        out[place, name] = rounded(
            mean([(out[w, of], weight) for w, weight in zip(coals, weights, strict=True)]), places
        )
    out[place, "months_measured"] = Decimal(sum((where, "month_carbon_per_heat") in out for where in months))
    out[place, "mean_carbon_per_heat"] = total("month_carbon_per_heat", months) / len(months)


def by_script(filed: Mapping[str, Any]) -> Quantities:
    """Every quantity of the year that a plant's record gives, by place and name."""
    from tanzhi.rulebook.kernel.rounding import EXACT

    out: Quantities = {}
    with localcontext(EXACT):
        units = [f"units[{unit['unit']}]" for unit in filed["units"]]
        for unit, place in zip(filed["units"], units, strict=True):
            unit_quantities(unit, place, out)
        for name, of in (("enterprise_emission", "unit_emission"),
                         ("enterprise_obligation_emission", "unit_obligation_emission")):  # fmt: skip
            out["", name] = rounded(Decimal(sum(out[place, of] for place in units)), 0)
    return out


def measure(toy: bool = False) -> list[Line]:
    from tanzhi.rulebook.kernel import guidelines
    from tanzhi.rulebook.kernel.evaluation import evaluate
    from tanzhi.rulebook.kernel.rounding import shortened

    power, filed = guidelines()["power"], record(months=2 if toy else 12)
    for unit in filed["units"]:
        unit["rated_power"] = RATED_POWER
    scripted = by_script(filed)

    def by_records() -> Quantities:
        nodes = {node.path: node for node in evaluate(power, 2023, filed).walk()}
        return {(place, name): nodes[place].value(name).number for place, name in scripted}  # type: ignore[misc]  # numbers

    if different := [
        key for key, number in by_records().items() if shortened(number, 30) != shortened(scripted[key], 30)
    ]:
        raise AssertionError(f"the script differs from the records in {different[:3]}")
    taken = seconds(by_records, lambda: by_script(filed), runs=1 if toy else RUNS + 26)
    ratios = [records / script for records, script in taken]
    notes = f"a year of 2 units, {len(scripted)} quantities, all equal; the median counts"
    return [Line("record evaluator ÷ bare script of the same formulas", min(ratios), median(ratios), "≤ 25", notes)]
