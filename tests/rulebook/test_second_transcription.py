"""Official tables transcribed a second time: a wrong, missing, surplus or misdated row of a parameter is named.

`tables/<guideline>.yaml` holds them, as the reference sheets and the official texts print them: a parameter and a row
for each combination of keys, with either a head of `years` (or months, or days) and a value for each of them, or the
first day `since` which the row's single value holds without end. A dash: no value. `guidelines` names those that share
a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.entries import PERIOD_ENDS, DatedValue, Parameter, Period

FOLDER = Path(__file__).with_name("tables")
FAR = "2035"
"""A year in which what holds without end must still hold."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the quicker one, where it is
    """Rows are named by their keys, which are a mapping themselves."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {self._name(key): self.construct_object(value, deep=True) for key, value in node.value}

    def _name(self, key: yaml.Node) -> Any:
        name = self.construct_object(key, deep=True)
        return tuple(sorted(name.items())) if isinstance(name, dict) else name


TABLES = [
    (guideline, table)
    for path in sorted(FOLDER.glob("*.yaml"))
    for table in yaml.load(path.read_text("utf-8"), _Loader)  # a safe loader with keys of its own
    for guideline in table.get("guidelines", [path.stem])
]
NAMES = [f"{guideline}.{table['parameter']}" for guideline, table in TABLES]
tables = pytest.mark.parametrize(("guideline", "table"), TABLES, ids=NAMES)


def parameter_of(guideline: str, name: str) -> Parameter:
    table = guidelines()[guideline].parameters.get(name)
    assert table is not None, f"{guideline} has no parameter {name}"
    return table


def period_of(head: str) -> Period:
    """A year, a month `2024-02` or a day `2024-05-01`."""
    parts = [int(part) for part in str(head).split("-")]
    return Period(day := date(*parts), day) if len(parts) == 3 else Period.of(*parts)


def cells(table: dict[str, Any]) -> Iterator[tuple[tuple[tuple[str, str], ...], str, str]]:
    """Keys, head of column and value of each cell of a transcription."""
    heads = table.get("years")
    if heads is None:
        first = date.fromisoformat(table["since"])
        heads = [(first - timedelta(days=1)).isoformat(), first.isoformat(), FAR]
    for keys, values in table["rows"].items():
        row = values if isinstance(values, list) else ["-", values, values]
        for head, value in zip(heads, row, strict=True):
            yield keys, head, value if value == "-" else str(Decimal(value))


def entry_of(parameter: Parameter, head: str, keys: tuple[tuple[str, str], ...]) -> DatedValue | None:
    return parameter.find(period_of(head), dict(keys))


@tables
def test_a_table_says_what_the_official_one_says(guideline: str, table: dict[str, Any]) -> None:
    parameter = parameter_of(guideline, table["parameter"])
    official = {(keys, head): value for keys, head, value in cells(table)}
    stands = {
        (keys, head): str(entry.value) if (entry := entry_of(parameter, head, keys)) else "-" for keys, head in official
    }
    assert stands == official


@tables
def test_a_table_has_no_row_that_the_official_one_lacks(guideline: str, table: dict[str, Any]) -> None:
    """Every entry of the parameter is reached by a row and a year of the transcription, but for unsettled ones."""
    parameter = parameter_of(guideline, table["parameter"])
    reached = {id(entry_of(parameter, head, keys)) for keys, head, _ in cells(table)}
    surplus = [entry for entry in parameter.entries if entry.status != "unsettled" and id(entry) not in reached]
    assert [(entry.keys, entry.since, entry.value) for entry in surplus] == []


@tables
def test_a_table_asks_the_first_and_the_last_days_of_every_row(guideline: str, table: dict[str, Any]) -> None:
    """A row that began a day later or ended a day earlier would be noticed; so would one that began or ended not."""
    parameter = parameter_of(guideline, table["parameter"])
    periods = [period_of(head) for _, head, _ in cells(table)]
    begins, ends = {period.first for period in periods}, {period.last for period in periods}
    day = timedelta(days=1)
    blind = [
        (entry.keys, entry.since, entry.until)
        for entry in parameter.entries
        if entry.status != "unsettled"
        and not (
            {entry.since} <= begins
            and {entry.since - day} <= ends
            and (entry.until == PERIOD_ENDS or ({entry.until} <= ends and {entry.until + day} <= begins))
        )
        and not entry.months
    ]
    assert blind == []


def test_every_parameter_of_every_guideline_is_transcribed() -> None:
    parameters = {f"{name}.{table.name}" for name, guideline in guidelines().items() for table in guideline.parameters}
    assert parameters - set(NAMES) == set()


def test_no_parameter_is_transcribed_twice() -> None:
    assert sorted(set(NAMES)) == sorted(NAMES)
