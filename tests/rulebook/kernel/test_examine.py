"""A form's limits, below, on and above them; how much of a wrong value is repeated."""

from __future__ import annotations

from typing import Any

import pytest

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.rulebook.kernel.examine import examine
from tanzhi.rulebook.kernel.forms import FieldSpec, FormSpec, TableSpec

LABEL = Text("量", "amount")


def form_of(*fields: FieldSpec) -> FormSpec:
    table = TableSpec(level="top", plural="tops", label=LABEL, key=None, parents=(), fields=fields)
    return FormSpec(code="a.form", title=LABEL, year=2024, tables=(table,))


def field(name: str = "x", **told: Any) -> FieldSpec:
    return FieldSpec(name=name, label=LABEL, **told)


@pytest.mark.parametrize(
    ("limits", "value", "code"),
    [
        ({"decimals": 2}, "1.5", None),
        ({"decimals": 2}, "1.55", None),
        ({"decimals": 2}, "1.555", "FORM-DECIMALS"),
        ({"decimals": 0}, "1", None),
        ({"decimals": 0}, "1.5", "FORM-DECIMALS"),
        ({"minimum": "0.5"}, "0.51", None),
        ({"minimum": "0.5"}, "0.5", None),
        ({"minimum": "0.5"}, "0.49", "FORM-MINIMUM"),
        ({"maximum": "100"}, "99.9", None),
        ({"maximum": "100"}, "100", None),
        ({"maximum": "100"}, "100.1", "FORM-MAXIMUM"),
        ({"minimum": "0", "maximum": "1"}, "NR", None),
    ],
)
def test_a_number_may_be_as_much_as_its_limits(limits: dict[str, Any], value: str, code: str | None) -> None:
    assert [finding.code for finding in examine(form_of(field(**limits)), {"x": value})] == ([code] if code else [])


@pytest.mark.parametrize(("length", "end"), [(59, ""), (60, ""), (61, "…"), (200, "…")])
def test_of_a_long_value_sixty_characters_are_repeated(length: int, end: str) -> None:
    (finding,) = examine(form_of(field()), {"x": "z" * length})
    assert str(finding.found.en) == "z" * min(length, 60) + end


def test_a_name_that_cannot_be_seen_is_written_as_a_machine_writes_it() -> None:
    assert [str(examine(form_of(), {name: "1"})[0].found.en) for name in ("y", "  ")] == ["y", "'  '"]


def test_an_unknown_field_is_told_which_there_are() -> None:
    (finding,) = examine(form_of(field("a"), field("b")), {"c": "1"})
    assert (finding.code, str(finding.expected.en)) == ("FORM-UNKNOWN", "a, b")
    assert str(examine(form_of(), {"c": "1"})[0].expected.en) == "-"


def test_as_plain_data_a_field_tells_its_days_only_if_it_has_some() -> None:
    told = form_of(field("a"), field("b", days=Period.of(2024, 7))).as_dict()["tables"][0]["fields"]
    assert "days" not in told[0]
    assert told[1]["days"] == {"since": "2024-07-01", "until": "2024-07-31"}
    assert (told[0]["name"], told[0]["law"], told[0]["required"]) == ("a", "", False)
