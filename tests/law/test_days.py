"""A value that begins within a year: what is about a day or a period takes that of its days; what is about the whole
year has no number and says on which day the value changes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.law.evaluation import evaluate
from tanzhi.rulebook.body_evaluation import CRITERIA, body_evaluation
from tanzhi.rulebook.energy_comparison import energy_comparison
from tanzhi.streams.market.compliance.status import offset_limit
from tests.law.conftest import Enter
from tests.law.legal_numbers import SOURCE
from tests.law.test_streams import (
    OPERATING,
    SCENES,
    YELLOW,
    Scene,
    arranged,
    burned,
    cities,
    concluded,
    desk,
    filed,
    filing,
    formed,
    found,
    library,
    office,
    redetermine,
    scene,
    second_verifier,
    visited,
)
from tests.streams.ccer.conftest import PLANT, Desk
from tests.streams.policy.audits.test_work import audit, finished, reported
from tests.streams.policy.conftest import assigned, confirm, in_force, on, opened, tell

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World

__all__ = [
    "arranged", "audit", "burned", "cities", "concluded", "desk", "filed", "filing", "formed", "found", "library",
    "office", "redetermine", "scene", "second_verifier", "visited",
]  # fmt: skip

YEAR, DAY, PERIOD = "the whole year, months by their own days", "a day", "the days of a period"
ASKED = {
    "filings/months/register_facts.py _class_of: on.year": YEAR,
    "filings/months/status.py node_of_record: year": YEAR,
    "streams/ccer/calculation.py evaluated: when": PERIOD,  # a design by its year, what was monitored by its days
    "streams/finance/benefit.py evaluated: project.benefit_year or YEAR": YEAR,
    "streams/intensity/ledger/change.py change: end": YEAR,
    "streams/intensity/ledger/change.py emission_of: row.year": YEAR,
    "streams/inventory/queries.py summary_of: inventory.year": YEAR,
    "streams/market/allocation/computation.py lines: run.year": YEAR,
    "streams/market/allocation/computation.py with_share: line.run.year": YEAR,
    "streams/market/allocation/lineage.py allocation_line: line.run.year": YEAR,
    "streams/market/allocation/lineage.py evaluated: line.run.year": YEAR,
    "streams/market/allocation/lineage.py root_of: year": YEAR,
    "streams/market/compliance/status.py offset_limit: date(year, 12, 31)": DAY,  # the last of the allowance year
    "streams/market/desk/outlook.py year_outlook: year": YEAR,
    "streams/market/trading/work.py questions: row.day": DAY,
    "streams/policy/audits/model.py worth: on": DAY,
    "streams/policy/rounds/overview.py measures: as_of": DAY,
    "streams/policy/rounds/scores.py as_stored: review.as_of": DAY,
    "streams/policy/rounds/scores.py evaluated: review.as_of": DAY,
    "streams/policy/rounds/scores.py judge: as_of": DAY,
    "streams/verification/energy_comparison/comparison.py in_coal: on": DAY,  # the last of the year
    "streams/verification/penalties/fines.py balance_of: case.delivered_on": DAY,
    "streams/verification/penalties/fines.py range_on: day": DAY,  # the act's, or today's where it is lighter
    "streams/verification/penalties/lineage.py fine: day_of_law(case, clock.today())": DAY,
    "streams/verification/penalties/lineage.py surcharge: case.delivered_on or clock.today()": DAY,
    "streams/verification/supervision/work.py scored: on": DAY,  # on which it is proposed
}
"""Every evaluation of a room, by what it hands over as its time, and what that stands for."""
ROOMS = ("law/", "rulebook/", "examples/", "cli/")


def evaluations() -> Iterator[str]:
    """Where a room has the law evaluate: module, function, and what the second argument says."""
    for path in sorted(SOURCE.rglob("*.py")):
        file = path.relative_to(SOURCE).as_posix()
        if file.startswith(ROOMS) or "import" not in (text := path.read_text("utf-8")):
            continue
        waiting: list[tuple[ast.AST, str]] = [(ast.parse(text), "-")]
        while waiting:
            node, function = waiting.pop()
            function = node.name if isinstance(node, ast.FunctionDef) else function
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "evaluate" and len(node.args) > 1:
                yield f"{file} {function}: {ast.unparse(node.args[1])}"
            waiting += [(child, function) for child in ast.iter_child_nodes(node)]


def test_every_evaluation_says_of_which_days_it_asks_the_law() -> None:
    assert sorted(set(evaluations())) == sorted(ASKED)


BY_DAYS = {"policy.reports", "policy.rounds", "ccer.reductions"}


@pytest.mark.parametrize("code", sorted(SCENES.keys() - BY_DAYS))
def test_what_is_about_a_whole_year_has_no_number_and_says_when_the_value_changes(
    code: str, scene: Callable[[str], Scene], enter: Enter
) -> None:
    here = scene(code)
    year = here.value["since"][:4]
    enter(**here.value | {"since": f"{year}-07-02", "until": None})
    try:
        made = here.again()
    except Refused as refused:
        told = [refused.message, *(found.message for found in refused.findings)]
    else:  # what is kept has no number, and a question or its line says why
        assert here.stored(made)[0] is None
        told = [made.lines.get().problem] if code == "registry.runs" else [row.message for row in questions(made)]
    assert [f"change on {year}-07-02" in " ".join(words.en for words in told)] == [True]
    assert f"{year}-07-02起有变" in " ".join(words.zh for words in told)


def questions(filing: Any) -> list[Any]:
    from tanzhi.filings.months.status import standing_of

    return list(standing_of(filing).findings)


SCORED = {"2024-05-31": "30.00", "2024-06-01": "60.00"}
"""60 % reached by the day, times the factor: 0.5 as entered, or 1."""


@pytest.mark.parametrize("since", SCORED)
def test_a_round_is_scored_by_the_law_of_the_day_up_to_which_it_counts(
    since: str, officer: Actor, city_officer: Actor, province: Any, enter: Enter
) -> None:
    document = in_force(officer, province)
    assigned(officer, document)
    enter(**YELLOW | {"parameter": "verified_factor", "since": since, "supersedes": True, "source": "公告第7号，二"})
    review = opened(officer, document, as_of="2024-05-31")
    answer = review.reports.get()
    tell(city_officer, answer, value="6")
    confirm(officer, answer)
    with on("2024-07-21"):
        perform("policy.close_round", officer, review, {"text": "通报"})
    review.refresh_from_db()
    answer.refresh_from_db()
    assert (review.score, answer.score) == (SCORED[since], SCORED[since])


MONITORED = {
    ("2023-01-01", "2023-06-30"): 211487,  # EX10 of the sheet: 211,487.3 by weights of a half each
    ("2023-07-01", "2023-12-31"): 248819,
}


@pytest.mark.parametrize("days", MONITORED)
def test_what_was_monitored_goes_by_the_law_of_its_days(days: tuple[str, str], desk: Desk, enter: Enter) -> None:
    """By hand: 330,737.7 MWh net × 0.25 × (0.8922 − 0.4407) = 37,332.0 t more by a weight of 0.75 than by 0.5."""
    project = desk.registered()
    enter(**OPERATING | {"since": "2023-07-01", "supersedes": True, "source": "公告第7号，二"})
    with clock.at(datetime(2024, 6, 3, 4, tzinfo=UTC)):
        assert desk.monitored(project, first=days[0], last=days[1]).amount == MONITORED[days]


def test_a_monitoring_period_in_which_a_value_changes_is_refused_with_its_day(desk: Desk, enter: Enter) -> None:
    project = desk.registered()
    enter(**OPERATING | {"since": "2023-07-01", "supersedes": True, "source": "公告第7号，二"})
    with clock.at(datetime(2024, 6, 3, 4, tzinfo=UTC)):
        report = desk.report(project, first="2022-12-31", last="2023-09-30")
        with pytest.raises(Refused, match="CCR-16") as refused:
            perform("ccer.state_monitoring", desk.owner, report, {"record": PLANT})
    assert "for 2022-12-31 to 2023-09-30 missing" in refused.value.message.en
    assert "2023-07-01起有变" in refused.value.message.zh


@pytest.mark.parametrize(("since", "limit"), [("2023-12-31", 100), ("2024-01-01", 50), ("2023-07-01", 100)])
def test_what_credits_may_cover_goes_by_the_last_day_of_the_allowance_year(
    since: str, limit: int, world: World, enter: Enter
) -> None:
    enter(guideline="surrender", parameter="offset_share", value="0.10", unit="1", since=since, supersedes=True,
          source="公告第7号，二")  # fmt: skip
    assert offset_limit(1000, 2023) == limit


@pytest.mark.parametrize(("since", "avoided"), [("2027-02-20", "3360"), ("2027-02-21", "8937.60")])
def test_what_an_audits_options_bring_goes_by_the_day_on_which_it_was_finished(
    since: str, avoided: str, city_officer: Actor, audit: Any, enter: Enter
) -> None:
    """Finished on 2027-02-20; 3,360 tce saved, by 2.66 tCO2 a tce as shipped or by 1 as entered."""
    enter(guideline="cleaner", parameter="standard_coal_factor", value="1", unit="tCO2/tce", since=since,
          supersedes=True, source="公告第7号，二")  # fmt: skip
    reported(city_officer, finished(city_officer, audit))
    audit.refresh_from_db()
    assert audit.worth().value("emission_avoided").number == Decimal(avoided)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("since", "tce"), [("2023-07-01", "900.00"), ("2023-12-31", "900.00"), ("2024-01-01", "714.30")]
)
def test_coal_equivalents_of_a_year_go_by_its_last_day(since: str, tce: str, enter: Enter) -> None:
    """1,000 t of bituminous coal: by 0.7143 as shipped, or by 0.9 as entered."""
    enter(guideline="energy_comparison", parameter="coal_equivalent_factor", keys={"energy": "bituminous"}, value="0.9",
          unit="tce/t", since=since, supersedes=True, source="公告第7号，二")  # fmt: skip
    record = {"energies": [{"energy": "bituminous", "plants": [{"plant": "P1", "filed_amount": "1000"}]}]}
    assert evaluate(energy_comparison, date(2023, 12, 31), record).value("group_filed").number == Decimal(tce)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("since", "score"), [("2024-07-01", "90.0"), ("2024-07-12", "90.0"), ("2024-07-13", "100.0")])
def test_a_body_is_scored_by_the_weights_of_the_day(since: str, score: str, enter: Enter) -> None:
    """All kept: 50, 20 and 30 points as shipped, 40 for the quality of the work as entered."""
    enter(guideline="body_evaluation", parameter="body_weight", keys={"criterion": "quality"}, value="40", unit="1",
          since=since, supersedes=True, source="公告第7号，二")  # fmt: skip
    rows = [{"criterion": code, "fulfilled": "1", "counted": "1"} for code in CRITERIA]
    assert evaluate(body_evaluation, date(2024, 7, 12), {"criteria": rows}).value("score").number == Decimal(score)
