"""A million fuel-months by columns against the same accounting written for OpenFisca, an engine for laws as code."""

from __future__ import annotations

import tracemalloc
from importlib.util import find_spec
from typing import Any

import numpy as np

from bench.columns import MONTHS, YEAR, Array, Population, by_columns, exactly, floats, peak_memory, population
from bench.lines import RUNS, Line, line, quotients

TITLE = "Columns against OpenFisca"
INSTALL = "pip install 'openfisca-core==46.0.1'"
COMPUTED = ("carbon_content", "combustion_emission", "unit_emission")
NEARLY = 3e-4
"""A 32-bit float has some seven digits and may round the carbon content, 0.4 or so, to its neighbour of 0.0001."""


def missing() -> str:
    """What is to be installed first; nothing where it is. It is needed here alone, so the lock does not have it."""
    return "" if find_spec("openfisca_core") else f"not installed; beside the others: {INSTALL}"


def simulation(found: Population, look_up: Any) -> Any:
    """The same figures given to OpenFisca: a row for each fuel of a unit, month by month."""
    from openfisca_core.simulations import SimulationBuilder

    from bench.openfisca.rules import INPUTS, system

    builder, rules, fuels = SimulationBuilder(), system(look_up), 2 * found.units
    builder.create_entities(rules)
    builder.declare_person_entity("fuel_row", range(fuels))
    units = builder.declare_entity("power_unit", range(found.units))
    builder.join_with_persons(units, np.arange(fuels) // 2, ["fuel"] * fuels)
    built = builder.build(rules)
    filed = floats(found)
    measured = ~np.isnan(filed["carbon_air_dried"])
    for number in range(MONTHS):
        month = f"{YEAR}-{number + 1:02d}"
        for name in INPUTS:
            built.set_input(name, month, of_month(np.nan_to_num(filed[name]), number))
        built.set_input("carbon_measured", month, of_month(measured, number))
        built.set_input("fuel", month, np.array(["bituminous", "diesel"])[of_month(filed["fuel"], number)])
    return built


def of_month(values: Array, number: int) -> Array:
    """Of rows by unit, month and fuel those of one month, by unit and fuel."""
    return values.reshape(-1, MONTHS, 2)[:, number].ravel()


def by_openfisca(built: Any) -> tuple[Array, Array]:
    """Emissions of fuels by unit, month and fuel, and of units; what an earlier run computed is forgotten."""
    for name in COMPUTED:
        built.delete_arrays(name)
    units = built.calculate("unit_emission", str(YEAR))
    months = [built.calculate("combustion_emission", f"{YEAR}-{n:02d}") for n in range(1, MONTHS + 1)]
    return np.stack([month.reshape(-1, 2) for month in months], axis=1).ravel(), units


def compared(found: Population, built: Any) -> tuple[int, int]:
    """In how many fuel-months, and units, OpenFisca's result is another than the law's; stops where it is far off."""
    exact = np.array(exactly(found)) / 100
    fuels, units = by_openfisca(built)
    by_law = by_columns(found)["unit_emission"].units
    for ours, theirs in ((exact, fuels), (by_law, units)):
        if not np.allclose(theirs, ours, rtol=NEARLY, atol=1):
            raise AssertionError("the accounting written for OpenFisca is another one")
    off = np.abs(fuels.astype(np.float64) - exact) >= 0.005  # not the same to the 0.01 t that the law rounds to
    return int(off.sum()), int((np.abs(units - by_law) >= 1).sum())


def their_peak_memory(built: Any) -> int:
    """Bytes held at most beyond the inputs."""
    for name in COMPUTED:
        built.delete_arrays(name)
    tracemalloc.start()
    by_openfisca(built)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def measure(toy: bool = False) -> list[Line]:
    from bench.openfisca.rules import by_rows, written_out

    found, runs = population(4 if toy else 41_668), 1 if toy else RUNS
    looked_up, conditions = simulation(found, by_rows), simulation(found, written_out)
    fuels, units = compared(found, looked_up)
    if compared(found, conditions) != (fuels, units):
        raise AssertionError("two ways to read a table give two results")
    if by_columns(found)["combustion_emission"].units.tolist() != exactly(found):
        raise AssertionError("columns differ from whole numbers")
    notes = (
        f"{found.rows:,} fuel-months, inputs of both prepared; OpenFisca-Core in 32-bit floats is within 0.03 %, "
        f"{fuels:,} fuel-months off by 0.01 t or more and {units:,} of {found.units:,} units by 1 t; columns: none"
    )
    memory = peak_memory(found), their_peak_memory(conditions)
    bytes_a_row = [number / found.rows for number in memory]

    def against(built: Any) -> list[float]:
        return quotients(lambda: by_openfisca(built), lambda: by_columns(found), runs)

    return [
        line("OpenFisca ÷ columns, tables looked up by rows", against(looked_up), "≥ 1", notes),
        line("OpenFisca ÷ columns, tables written out as conditions", against(conditions), "≥ 1",
             "the same figures; what remains is an expression in 32-bit floats that proves nothing"),
        line("OpenFisca ÷ columns, peak memory", [memory[1] / memory[0]], "",
             f"beyond the inputs, results included: {bytes_a_row[1]:.0f} and {bytes_a_row[0]:.0f} bytes a fuel-month"),
    ]  # fmt: skip
