"""A million fuel-months of power plants by columns, against exact records and against bare floats in NumPy."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.lines import RUNS, Line, line, quotients, seconds
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel.columns import BLANK_UNITS, Coded, Columns
from tanzhi.rulebook.kernel.columns.tables import Table, Tables
from tanzhi.rulebook.kernel.evaluation import evaluate

TITLE = "Rules on columns"
YEAR, MONTHS = 2023, 12
FUELS = ("bituminous", "diesel")
NAMES = ("combustion_emission", "unit_emission")
BLANKS = 10
"""One month's carbon in so many was not measured."""
Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Population:
    """Plants with two units, each with twelve months of coal and diesel."""

    units: int
    tables: Tables
    unit: Array
    """For each fuel-month its unit."""

    @property
    def fuels(self) -> dict[str, Any]:
        return dict(self.tables.tables["fuel"])

    @property
    def rows(self) -> int:
        return self.units * MONTHS * len(FUELS)


def population(units: int) -> Population:
    """Plausible figures, seeded; carbon of diesel is never measured, that of coal sometimes is not."""
    draw = np.random.default_rng(20230630)
    months, fuels = units * MONTHS, units * MONTHS * len(FUELS)
    coal = np.arange(fuels) % 2 == 0
    measured = coal & (draw.integers(0, BLANKS, fuels) > 0)
    table: Table = {
        "fuel": Coded(np.where(coal, 0, 1).astype(np.int32), FUELS),
        "fuel_consumption": np.where(coal, draw.integers(2_000_000, 30_000_000, fuels), draw.integers(0, 9000, fuels)),
        "carbon_air_dried": np.where(measured, draw.integers(5200, 6400, fuels), BLANK_UNITS),
        "moisture_air_dried": np.where(measured, draw.integers(200, 900, fuels), BLANK_UNITS),
        "moisture_as_received": np.where(measured, draw.integers(700, 2000, fuels), BLANK_UNITS),
        "net_calorific_value": np.where(coal, draw.integers(17_000, 24_000, fuels), 42_652),
    }
    keys = Coded(np.tile(np.arange(MONTHS, dtype=np.int32), units), tuple(f"{YEAR}-{n:02d}" for n in range(1, 13)))
    tables: dict[str, Table] = {"month": {"month": keys}, "fuel": table}
    owner = {
        "unit": np.arange(units) // 2,
        "month": np.arange(months) // MONTHS,
        "fuel": np.arange(fuels) // len(FUELS),
        "sample": np.arange(0),
    }
    tables["enterprise"] = {"altitude": np.full((units + 1) // 2, BLANK_UNITS)}
    return Population(units, Tables(power, tables, owner), np.arange(fuels) // (MONTHS * len(FUELS)))


def by_columns(found: Population) -> dict[str, Any]:
    return Columns(power, YEAR, found.tables).results(*NAMES)


def records(found: Population, plants: int) -> Iterator[dict[str, Any]]:
    """The first plants as records."""
    each = MONTHS * len(FUELS)
    fuels = [{name: found.tables.raw("fuel", name, row) for name in found.fuels} for row in range(plants * 2 * each)]
    for plant in range(plants):
        units = [
            {"unit": str(u + 1), "months": list(_months(fuels[(2 * plant + u) * each : (2 * plant + u + 1) * each]))}
            for u in range(2)
        ]
        yield {"units": units}


def _months(fuels: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for n in range(MONTHS):
        yield {"month": f"{YEAR}-{n + 1:02d}", "fuels": fuels[2 * n : 2 * n + 2]}


def by_records(rows: list[dict[str, Any]]) -> list[dict[str, list[Any]]]:
    tops = [evaluate(power, YEAR, row) for row in rows]
    return [{name: [v.number for v in top.values(name)] for name in NAMES} for top in tops]


def floats(found: Population) -> dict[str, Array]:
    """The inputs as a programmer without law would hold them: floats, blanks as NaN."""
    scales = {"net_calorific_value": 1000.0}
    numbers = {n: v for n, v in found.fuels.items() if isinstance(v, np.ndarray)}
    held = {n: np.where(v == BLANK_UNITS, np.nan, v / scales.get(n, 100.0)) for n, v in numbers.items()}
    return held | {"fuel": found.fuels["fuel"].index, "unit": found.unit}


def bare(f: dict[str, Array], units: int) -> tuple[Array, Array]:
    """The same formula in floats: nothing rounded, nothing proven, no state but NaN."""
    per_heat, oxidation = np.array([0.03085, 0.0202])[f["fuel"]], np.array([0.99, 0.98])[f["fuel"]]
    dried = f["carbon_air_dried"] / 100 * (100 - f["moisture_as_received"]) / (100 - f["moisture_air_dried"])
    carbon = np.where(np.isnan(dried), f["net_calorific_value"] * per_heat, dried)
    emission = f["fuel_consumption"] * carbon * oxidation * 44 / 12
    return emission, np.bincount(f["unit"], emission, minlength=units)


def exactly(found: Population) -> list[int]:
    """Each row's emission in 0.01 t by whole numbers alone: an independent account of the same law."""
    names = ("fuel_consumption", "carbon_air_dried", "moisture_air_dried", "moisture_as_received")
    columns = [found.fuels[name].tolist() for name in (*names, "net_calorific_value")]
    return [_exactly(row % 2 == 0, *values) for row, values in enumerate(zip(*columns, strict=True))]


def _exactly(coal: bool, *filed: int) -> int:
    burned, carbon, air_dried, received, heat = filed
    per_heat, oxidation = (3085, 99) if coal else (2020, 98)
    defaulted = carbon == BLANK_UNITS
    content = (heat * per_heat, 10**4) if defaulted else (carbon * (10_000 - received), 10_000 - air_dried)
    return _halves_up(burned * _halves_up(*content) * oxidation * 44, 12 * 10**6)


def _halves_up(number: int, divisor: int) -> int:
    return (2 * number + divisor) // (2 * divisor)


def peak_memory(found: Population) -> int:
    """Bytes held at most, beyond the inputs."""
    tracemalloc.start()
    by_columns(found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def measure(toy: bool = False) -> list[Line]:
    found = population(4 if toy else 41_668)
    plants = list(records(found, 2 if toy else 100))
    answered = by_columns(found)
    _compare(found, answered, plants)
    held, runs = floats(found), 1 if toy else RUNS
    share = found.units / (2 * len(plants))
    taken = seconds(lambda: by_columns(found), lambda: by_records(plants), runs=runs)
    compared = f"{found.rows:,} fuel-months, all equal to whole numbers, {len(plants) * 48:,} to records"
    inputs = sum(v.nbytes for v in found.fuels.values() if isinstance(v, np.ndarray))
    memory = peak_memory(found) / inputs
    return [
        line(
            "records without trace ÷ columns", [r * share / c for c, r in taken], "≥ 40",
            f"{compared}; records timed on {len(plants)} plants of {found.units // 2:,} and extrapolated",
        ),
        line(
            "columns ÷ bare float NumPy expression",
            quotients(lambda: by_columns(found), lambda: bare(held, found.units), runs), "≤ 5",
            f"the expression rounds nothing and proves nothing; inputs of both prepared; {compared}",
        ),
        line(
            "peak memory of columns ÷ their filed inputs",
            [memory], "", f"results included; {memory * inputs / found.rows:.0f} bytes a fuel-month",
        ),
    ]  # fmt: skip


def _compare(found: Population, answered: dict[str, Any], plants: list[dict[str, Any]]) -> None:
    """Every row with whole numbers; the first plants with records."""
    emission = answered["combustion_emission"]
    if emission.units.tolist() != exactly(found):
        raise AssertionError("columns differ from whole numbers")
    for name in NAMES:
        expected = [number for plant in by_records(plants) for number in plant[name]]
        if [answered[name].number(row) for row in range(len(expected))] != expected:
            raise AssertionError(f"columns differ from records in {name}")
