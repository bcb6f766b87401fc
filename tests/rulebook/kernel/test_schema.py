"""A form as JSON Schema: each field's pattern lets pass what may be filed there, and nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.rulebook.kernel.forms import NUMBER, FieldSpec, FormSpec, TableSpec
from tanzhi.rulebook.kernel.rules import CHOICE, WORDS
from tanzhi.rulebook.kernel.schema import schema

LABEL = Text("量", "amount")


def field(name: str, **told: Any) -> FieldSpec:
    return FieldSpec(name=name, label=LABEL, **told)


def described(spec: FieldSpec) -> dict[str, Any]:
    table = TableSpec(level="top", plural="tops", label=LABEL, key=None, parents=(), fields=(spec,))
    told: dict[str, Any] = schema(FormSpec(code="a.form", title=LABEL, year=2024, tables=(table,)))
    assert told["additionalProperties"] is False
    assert told["required"] == ([spec.name] if spec.required and spec.days is None else [])
    own: dict[str, Any] = told["properties"][spec.name]
    return own


@pytest.mark.parametrize(
    ("decimals", "passes", "stopped"),
    [
        (0, ["0", "12", "-3"], ["1.5", "1.", ".5"]),
        (1, ["12", "1.5"], ["1.55", "1."]),
        (2, ["12", "1.5", "1.55"], ["1.555"]),
        (None, ["12", "1.5", "1.55555"], ["1."]),
    ],
)
@pytest.mark.parametrize("required", [True, False])
def test_a_number_has_as_many_places_as_its_field(
    decimals: int | None, passes: list[str], stopped: list[str], required: bool
) -> None:
    pattern = described(field("x", decimals=decimals, required=required))["pattern"]
    for words in (*passes, "NR", "EX", "9" * 20):
        assert re.search(pattern, words), words
    for words in (*stopped, "x", "9" * 21, "1 2"):
        assert not re.search(pattern, words), words
    assert bool(re.search(pattern, "")) is not required


@pytest.mark.parametrize(("minimum", "maximum"), [("0", None), (None, "100"), ("0", "100"), (None, None)])
def test_the_limits_of_a_number_are_told_where_there_are_some(minimum: str | None, maximum: str | None) -> None:
    told = described(field("x", minimum=minimum, maximum=maximum, unit="t", kind=NUMBER))
    assert (told.get("x-minimum"), told.get("x-maximum"), told["x-unit"]) == (minimum, maximum, "t")
    assert [name for name in told if name.startswith("x-m") and told[name] is None] == []


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("days", [None, Period.of(2024, 7)])
def test_what_is_asked_on_some_days_only_may_be_blank(required: bool, days: Period | None) -> None:
    always = required and days is None
    choice = described(field("x", kind=CHOICE, options={"a": LABEL, "b": LABEL}, required=required, days=days))
    assert choice["enum"] == (["a", "b"] if always else ["", "a", "b"])
    pattern = described(field("x", kind=WORDS, pattern="^z$", required=required, days=days))["pattern"]
    assert re.search(pattern, "z")
    assert bool(re.search(pattern, "")) is not always
    assert set(described(field("x", kind=WORDS, required=required, days=days))) == {"title", "type"}


def test_each_table_stands_below_the_innermost_that_holds_it() -> None:
    keys = {level: field(level) for level in ("plant", "unit", "month", "meter")}
    tables = [
        TableSpec(
            level=level, plural=f"{level}s", label=LABEL, key=keys.get(level), parents=parents, fields=(field("x"),)
        )
        for level, parents in {
            "top": (),
            "plant": (),
            "unit": (keys["plant"],),
            "month": (keys["plant"], keys["unit"]),
            "meter": (keys["plant"],),
        }.items()
    ]
    told = schema(FormSpec(code="a.form", title=LABEL, year=2024, tables=tuple(tables)))
    plant = told["properties"]["plants"]["items"]["properties"]
    assert list(told["properties"]) == ["x", "plants"]
    assert list(plant) == ["plant", "x", "units", "meters"]
    assert list(plant["units"]["items"]["properties"]) == ["unit", "x", "months"]
    assert list(plant["meters"]["items"]["properties"]) == ["meter", "x"]
    assert list(plant["units"]["items"]["properties"]["months"]["items"]["properties"]) == ["month", "x"]
