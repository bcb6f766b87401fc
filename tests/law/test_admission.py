"""What is no value of a parameter is refused before anybody is asked to approve it, by code and in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, connection, transaction

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.law.models import ParameterEntry
from tests.law.conftest import Enter

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

# surrender.offset_share is 0.05 from 2019 on, without an end; carry_over_base stands for 2024 and 2025 alone.
RIGHT: dict[str, Any] = {
    "guideline": "surrender", "parameter": "offset_share", "value": "0.10", "unit": "1", "since": "2023-01-01",
    "supersedes": True, "source": "公告第7号，二",
}  # fmt: skip
WRONG: dict[str, dict[str, Any]] = {
    "LAW-GUIDELINE": {"guideline": "surender"},
    "LAW-PARAMETER": {"parameter": "grid_factor"},
    "LAW-KEY": {"keys": {"fuel": "bituminous"}},
    "LAW-VALUE": {"value": "5 %"},
    "LAW-RANGE": {"value": "-0.05"},
    "LAW-UNIT": {"unit": "%"},
    "LAW-SOURCE": {"source": ""},
    "LAW-DAYS": {"since": "2023-01-01", "until": "2022-12-31"},
    "LAW-OVERLAP": {"supersedes": False},
    "LAW-NOTHING": {"since": "2001-01-01", "until": "2001-12-31"},
    "LAW-GAP": {"since": "2001-01-01", "until": "2001-12-31", "supersedes": False},
}


@pytest.mark.parametrize("code", WRONG)
def test_what_does_not_fit_is_refused_by_its_code(code: str, administrator: Actor) -> None:
    with pytest.raises(Refused) as refused:
        perform("law.enter_parameter", administrator, data=RIGHT | WRONG[code])
    assert refused.value.status == 422
    assert refused.value.code == code
    finding = refused.value.findings[0]
    assert finding.message.zh != finding.message.en
    assert finding.found
    assert finding.expected
    assert finding.field in {*RIGHT, "keys", "until"}


def test_everything_wrong_is_told_at_once(administrator: Actor) -> None:
    with pytest.raises(Refused) as refused:
        perform("law.enter_parameter", administrator, data=RIGHT | {"value": "-1", "unit": "", "source": ""})
    assert {finding.code for finding in refused.value.findings} == {"LAW-RANGE", "LAW-UNIT", "LAW-SOURCE"}


def test_a_parameter_of_another_guideline_is_told_where_it_belongs(administrator: Actor) -> None:
    with pytest.raises(Refused, match=r"it belongs to .*power"):
        perform("law.enter_parameter", administrator, data=RIGHT | {"parameter": "grid_factor"})


def test_a_key_has_the_codes_of_its_choice(administrator: Actor) -> None:
    keys = {"unit_class": "300MW"}
    data = RIGHT | {"guideline": "power_allocation", "parameter": "electricity_benchmark", "keys": keys, "value": "0.8"}
    with pytest.raises(Refused, match="LAW-KEY") as refused:
        perform("law.enter_parameter", administrator, data=data | {"unit": "tCO2/MWh"})
    assert "III" in str(refused.value.findings[0].as_dict()["expected"])


@pytest.mark.parametrize(
    ("fuel", "unit", "fits"),
    [
        ("natural_gas", "GJ/10^4 Nm3", True),
        ("natural_gas", "GJ/t", False),
        ("diesel", "GJ/t", True),
        ("diesel", "GJ/10^4 Nm3", False),
    ],
)
def test_a_value_comes_in_the_unit_of_its_row(fuel: str, unit: str, fits: bool, administrator: Actor) -> None:
    data = RIGHT | {"guideline": "power", "parameter": "default_net_calorific_value", "keys": {"fuel": fuel}}
    data |= {"value": "42", "unit": unit}
    if fits:
        assert perform("law.enter_parameter", administrator, data=data).proposal is not None
        return
    with pytest.raises(Refused) as refused:
        perform("law.enter_parameter", administrator, data=data)
    assert refused.value.code == "LAW-UNIT"


@pytest.mark.parametrize(
    ("value", "fits"),
    [("0.000049", False), ("0.00005", False), ("0.000051", True), ("49.9", True), ("50", False), ("51", False)],
)
def test_a_value_a_thousand_times_off_every_other_is_of_another_unit(
    value: str, fits: bool, administrator: Actor
) -> None:
    """The table holds 0.05 alone."""
    if fits:
        assert perform("law.enter_parameter", administrator, data=RIGHT | {"value": value}).proposal is not None
        return
    with pytest.raises(Refused, match="LAW-RANGE"):
        perform("law.enter_parameter", administrator, data=RIGHT | {"value": value})


BASE = RIGHT | {"parameter": "carry_over_base", "unit": "tCO2", "value": "9000", "supersedes": False}


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        ("2026-01-01", None, ""),  # joins the end of 2025
        ("2026-01-02", None, "LAW-GAP"),
        ("2025-12-31", None, "LAW-OVERLAP"),
        ("2023-01-01", "2023-12-31", ""),  # joins the beginning of 2024
        ("2023-01-01", "2023-12-30", "LAW-GAP"),
        ("2023-01-01", "2024-01-01", "LAW-OVERLAP"),
        ("2023-01-01", None, "LAW-OVERLAP"),
    ],
)
def test_the_days_join_those_of_the_values_before_and_after(
    since: str, until: str | None, code: str, administrator: Actor
) -> None:
    data = BASE | {"since": since, "until": until}
    if not code:
        assert perform("law.enter_parameter", administrator, data=data).proposal is not None
        return
    with pytest.raises(Refused, match=code):
        perform("law.enter_parameter", administrator, data=data)


def test_two_values_for_the_same_days_cannot_both_be_approved(administrator: Actor, other_administrator: Actor) -> None:
    data = BASE | {"since": "2026-01-01"}
    first = perform("law.enter_parameter", administrator, data=data).proposal
    second = perform("law.enter_parameter", administrator, data=data | {"value": "8000"}).proposal
    assert first is not None
    assert second is not None
    decide(first, other_administrator)
    with pytest.raises(Refused, match="LAW-OVERLAP"):
        decide(second, other_administrator)
    assert ParameterEntry.objects.count() == 1


@pytest.mark.parametrize("change", ["UPDATE law_parameterentry SET value = '0.2'", "DELETE FROM law_parameterentry"])
def test_the_database_itself_refuses_to_change_what_was_entered(change: str, enter: Enter) -> None:
    enter(**RIGHT)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_nobody_approves_what_he_entered(administrator: Actor) -> None:
    proposal = perform("law.enter_parameter", administrator, data=RIGHT).proposal
    assert proposal is not None
    with pytest.raises(Refused, match="ACT-SELF"):
        decide(proposal, administrator)
    assert not ParameterEntry.objects.exists()


def test_only_an_administrator_enters_and_only_an_administrator_approves(administrator: Actor, director: Actor) -> None:
    with pytest.raises(Refused, match="ACT-ROLE"):
        perform("law.enter_parameter", director, data=RIGHT)
    proposal = perform("law.enter_parameter", administrator, data=RIGHT).proposal
    assert proposal is not None
    with pytest.raises(Refused, match="ACT-ROLE"):
        decide(proposal, director)


def test_who_entered_and_who_approved_stand_with_the_value(enter: Enter, administrator: Actor) -> None:
    entry = enter(**RIGHT)
    assert (entry.number, entry.entered_by) == (1, administrator.person_id)
    assert entry.approved_by not in (0, None, administrator.person_id)
    later = enter(**RIGHT | {"value": "0.07"})
    assert later.number == 2
    assert later.chain != entry.chain
