"""What two administrators enter reaches every computation of every guideline, under a release that says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions.perform import perform
from tanzhi.law import shipped
from tanzhi.law.evaluation import check, evaluate, in_force, is_set, parameter, release, release_of
from tanzhi.rulebook.evaluation import CONTROL, SUPPORTING, evaluation
from tanzhi.rulebook.kernel import Guideline, RecordNode, Value, guidelines
from tanzhi.rulebook.kernel import check as findings_in
from tanzhi.rulebook.kernel.rounding import plain
from tests.law.conftest import Enter
from tests.rulebook.worked import Case, cases

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

WITH_PARAMETERS = sorted(name for name, one in guidelines().items() if list(one.parameters) and one.rules)
MISSED = ("forest", "transport")
RESULTS = [{"criterion": code, "result": "not_met" if code in MISSED else "met"} for code in (*CONTROL, *SUPPORTING)]
OTHERS = [Case(evaluation, {"name": "two supporting missed", "year": 2026, "record": {"criteria": RESULTS}})]
CASES = {name: [case for case in [*cases(), *OTHERS] if case.guideline.name == name] for name in WITH_PARAMETERS}


def computed(node: RecordNode) -> dict[tuple[str, str], Any]:
    """Every quantity of a record, by place and name."""
    return {(n.path, v.name): v.number for n in node.walk() for v in n.all_values() if v.rule and not v.rule.filed}


def parameters_read(node: RecordNode) -> Iterator[Value]:
    """The parameters that went into the record's quantities, each once, but those that are nothing."""
    seen = set()
    waiting = [value for n in node.walk() for value in n.all_values()]
    while waiting:
        value = waiting.pop()
        waiting += value.parts()
        if value.entry is not None and value.number and id(value.entry) not in seen:
            seen.add(id(value.entry))
            yield value


def halved(guideline: Guideline, value: Value, case: Case) -> dict[str, Any]:
    """Half of a value for the year of the case, in place of the one in force."""
    assert isinstance(value.number, Decimal)
    return {
        "guideline": guideline.name,
        "parameter": value.name,
        "keys": {key: str(made.number) for key, made in value.made_of.items() if isinstance(made, Value)},
        "value": plain(value.number * Decimal("0.5")),
        "unit": value.unit,
        "since": f"{case.year}-01-01",
        "until": f"{case.year}-12-31",
        "supersedes": True,
        "source": "公告第7号，二",
    }


def under_law(case: Case) -> RecordNode:
    return evaluate(case.guideline, case.year, case.told["record"], on=case.told.get("day"))


@pytest.mark.parametrize("name", WITH_PARAMETERS)
def test_a_value_entered_by_two_changes_the_next_computation_and_its_release(name: str, enter: Enter) -> None:
    guideline = guidelines()[name]
    tried: list[str] = []
    for case in CASES[name]:
        for value in list(parameters_read(under_law(case))):
            before = under_law(case)
            enter(**halved(guideline, value, case))
            after = under_law(case)
            assert release_of(after) == release(guideline) not in (release_of(before), shipped.release())
            assert "entered" in {mark.kind for v in parameters_read(after) for mark in v.marks if v.name == value.name}
            tried.append(f"{value.name} {case.year}")
            if computed(after) != computed(before):
                return
    pytest.fail(f"{name}: nothing came out otherwise by {', '.join(tried) or 'any parameter'}")


def test_what_is_entered_for_a_guideline_leaves_the_release_of_every_other_alone(enter: Enter) -> None:
    enter(guideline="surrender", parameter="offset_share", value="0.10", unit="1", since="2023-01-01",
          until="2023-12-31", supersedes=True, source="公告第7号，二")  # fmt: skip
    changed = {name for name, guideline in guidelines().items() if release(guideline) != shipped.release()}
    assert changed == {"surrender"}
    assert release() == release(guidelines()["surrender"])  # of all: nothing else was entered


def test_the_shipped_law_knows_nothing_of_what_was_entered(enter: Enter) -> None:
    surrender = guidelines()["surrender"]
    record = {"obligation": "1000"}
    enter(guideline="surrender", parameter="offset_share", value="0.10", unit="1", since="2023-01-01",
          supersedes=True, source="公告第7号，二")  # fmt: skip
    assert evaluate(surrender, 2023, record).value("offset_limit").number == 100
    assert shipped.evaluate(surrender, 2023, record).value("offset_limit").number == 50
    assert evaluate(surrender, 2022, record).value("offset_limit").number == 50


def test_a_later_value_stands_in_the_place_of_an_earlier_one_on_its_days_only(enter: Enter) -> None:
    surrender = guidelines()["surrender"]
    terms = {"guideline": "surrender", "parameter": "offset_share", "unit": "1", "source": "公告第7号，二"}
    enter(**terms, value="0.10", since="2023-01-01", supersedes=True)
    enter(**terms, value="0.08", since="2024-07-01", until="2024-12-31", supersedes=True)
    days = ("2022-12-31", "2024-06-30", "2024-07-01", "2024-12-31", "2025-01-01")
    for day, value in zip(days, ("0.05", "0.10", "0.08", "0.08", "0.10"), strict=True):
        assert parameter("surrender.offset_share", on=date.fromisoformat(day)) == Decimal(value)
        shared = evaluate(surrender, date.fromisoformat(day), {"obligation": "1000"}).value("offset_limit")
        assert shared.number == 1000 * Decimal(value)
    whole_year = evaluate(surrender, 2024, {"obligation": "1000"}).value("offset_limit")
    assert whole_year.state == "not_determinable"  # no value holds for all of 2024
    assert whole_year.reason is not None
    assert "hold for a part of it" in whole_year.reason.en


def test_a_value_taken_back_with_its_transaction_is_not_in_force_afterwards(administrator: Actor, enter: Enter) -> None:
    surrender = guidelines()["surrender"]
    known = in_force(surrender)
    data = {"guideline": "surrender", "parameter": "offset_share", "value": "0.10", "unit": "1", "since": "2023-01-01",
            "supersedes": True, "source": "公告第7号，二"}  # fmt: skip
    perform("law.enter_parameter", administrator, data=data)  # a proposal: it was carried out once and taken back
    assert in_force(surrender) == known
    enter(**data | {"value": "0.08"})  # takes the same number as the one taken back
    assert parameter("surrender.offset_share", on=date(2023, 5, 1)) == Decimal("0.08")


@pytest.mark.django_db
def test_before_its_first_day_a_parameter_is_not_set(db: None) -> None:
    days = [date(2018, 12, 31), date(2019, 1, 1)]  # months are deposited from 2019 on
    assert [is_set("procedure.deposit_days", on=day) for day in days] == [False, True]


@pytest.mark.django_db
def test_checks_go_through_the_same_door() -> None:
    power = guidelines()["power"]
    record = {"enterprise": "E1", "units": []}
    assert check(power, 2023, record) == findings_in(shipped.evaluate(power, 2023, record))
