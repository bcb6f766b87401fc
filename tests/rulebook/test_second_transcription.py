"""Official tables transcribed a second time: a wrong, missing or surplus row of a parameter is named.

`tables/<guideline>.yaml` holds them: a parameter, the head of years, a row for each combination of keys.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.entries import Parameter, Period

FOLDER = Path(__file__).with_name("tables")


class _Loader(yaml.SafeLoader):
    """Rows are named by their keys, which are a mapping themselves."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {self._name(key): self.construct_object(value, deep=True) for key, value in node.value}

    def _name(self, key: yaml.Node) -> Any:
        name = self.construct_object(key, deep=True)
        return tuple(sorted(name.items())) if isinstance(name, dict) else name


TABLES = [
    (path.stem, table)
    for path in sorted(FOLDER.glob("*.yaml"))
    for table in yaml.load(path.read_text("utf-8"), _Loader)  # a safe loader with keys of its own
]


def parameter_of(guideline: str, name: str) -> Parameter:
    table = guidelines()[guideline].parameters.get(name)
    assert table is not None, f"{guideline} has no parameter {name}"
    return table


@pytest.mark.parametrize(("guideline", "table"), TABLES, ids=[f"{g}.{t['parameter']}" for g, t in TABLES])
def test_a_table_says_what_the_official_one_says(guideline: str, table: dict[str, Any]) -> None:
    parameter = parameter_of(guideline, table["parameter"])
    stands = {
        (keys, year): str(entry.value) if (entry := parameter.find(Period.of(int(year)), dict(keys))) else "-"
        for keys in table["rows"]
        for year in table["years"]
    }
    official = {
        (keys, year): value
        for keys, values in table["rows"].items()
        for year, value in zip(table["years"], values, strict=True)
    }
    assert stands == official


@pytest.mark.parametrize(("guideline", "table"), TABLES, ids=[f"{g}.{t['parameter']}" for g, t in TABLES])
def test_a_table_has_no_row_that_the_official_one_lacks(guideline: str, table: dict[str, Any]) -> None:
    """Every entry of the parameter is reached by a row and a year of the transcription, but for unsettled ones."""
    parameter = parameter_of(guideline, table["parameter"])
    reached = {
        id(parameter.find(Period.of(int(year)), dict(keys))) for keys in table["rows"] for year in table["years"]
    }
    surplus = [entry for entry in parameter.entries if entry.status != "unsettled" and id(entry) not in reached]
    assert [(entry.keys, entry.since, entry.value) for entry in surplus] == []
