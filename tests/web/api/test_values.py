"""What programs read that is no record: figures, legal values, working days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.figures.answers import FigureAnswer
from tanzhi.figures.registry import FIGURES
from tests.web.api.test_acts import program_of
from tests.web.api.test_reads import validator

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World


def fitting(schema: str, answer: Any) -> Any:
    assert [error.message for error in validator(schema).iter_errors(answer)] == []
    return answer


def test_every_figure_is_listed_with_its_unit(clerk: Actor) -> None:
    listed = program_of(clerk).get("/api/figures").json()
    assert [figure["code"] for figure in listed] == sorted(FIGURES)
    assert all(fitting("FigureDescription", figure)["unit"] for figure in listed)


def test_a_figure_is_read_by_whoever_prepares_it_and_by_nobody_else_before_it_is_published(
    world: World, officer: Actor, stranger: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace
    from decimal import Decimal

    from tanzhi.rulebook.kernel import Text

    code = "market.bought_amount"
    counted = FigureAnswer(Decimal("12.50"), "known", formula=Text("示例", "example"))
    monkeypatch.setitem(FIGURES, code, replace(FIGURES[code], function=lambda _question: counted))
    address = f"/api/figures/{code}?period=2023H1&region={world.province.code}"
    answer = fitting("FigureReading", program_of(officer).get(address).json())
    assert (answer["value"], answer["period"], answer["region"]) == ("12.50", "2023H1", world.province.code)
    refused = program_of(stranger).get(address)
    assert (refused.status_code, refused.json()["code"]) == (404, "FIG-UNPUBLISHED")
    for wrong, of in (
        ("/api/figures/none?period=2023", "FIG-UNKNOWN"),
        (f"/api/figures/{code}?period=x", "FIG-PERIOD"),
    ):
        assert program_of(officer).get(wrong).json()["code"] == of


def test_a_legal_value_is_read_with_its_days_and_its_source(clerk: Actor) -> None:
    program = program_of(clerk)
    listed = program.get("/api/parameters/power").json()
    assert len(listed) > 5
    for parameter in listed:
        fitting("LegalParameter", parameter)
        assert parameter == program.get(f"/api/parameters/power/{parameter['name']}").json()
    factor = program.get("/api/parameters/power/grid_factor?on=2023-06-30").json()
    assert {value["value"] for value in factor["values"]} == {"0.5703"}  # 环办气候函〔2023〕43号, 2022 on
    assert program.get("/api/parameters/power/none").json()["code"] == "ACT-SCOPE"
    assert program.get("/api/parameters/none").json()["code"] == "ACT-SCOPE"
    assert program.get("/api/parameters/power?on=June").status_code == 422


def test_the_working_days_of_a_year_are_those_of_the_state_council_s_notice(clerk: Actor) -> None:
    year = fitting("CalendarReading", program_of(clerk).get("/api/calendar/2023").json())
    # 国办发明电〔2022〕16号: weekends worked in 2023
    assert year["working_weekends"] == [
        "2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08",
    ]  # fmt: skip
    assert {"2023-01-02", "2023-10-02"} <= set(year["holidays"])
    assert "2023-10-01" not in year["holidays"]  # a Sunday
    # 260 weekdays, less the weekdays that are holidays, and those seven weekends
    assert year["working_days"] == 260 - len(year["holidays"]) + 7
    refused = program_of(clerk).get("/api/calendar/2060")
    assert (refused.status_code, refused.json()["code"]) == (409, "CASE-YEAR")
