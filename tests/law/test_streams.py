"""A value that two enter reaches the next computation of every stream; what stands keeps its value and release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.figures import Question, ask, explain
from tanzhi.filings.months.model import Filing, Result
from tanzhi.law.earlier import STREAMS, computed_earlier
from tanzhi.law.evaluation import release
from tanzhi.rulebook.kernel import guidelines
from tests.filings.deposits.test_work import MONTH, answered, saved
from tests.law.reevaluating import compared, reevaluated
from tests.law.test_reevaluation import burned
from tests.law.test_stored import BENCHMARK, OXIDATION
from tests.streams.ccer.conftest import PLANT, Desk, desk
from tests.streams.finance.conftest import Library, library
from tests.streams.intensity.conftest import cities, energy, gdp, target
from tests.streams.inventory.conftest import Office, filed, office
from tests.streams.market import market
from tests.streams.policy.conftest import assigned, confirm, in_force, on, opened, tell
from tests.streams.verification.conftest import (
    arranged,
    concluded,
    filing,
    formed,
    found,
    redetermine,
    second_verifier,
    visited,
)

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.actor import Actor

__all__ = [
    "arranged", "burned", "cities", "concluded", "desk", "filed", "filing", "formed", "found", "library", "office",
    "redetermine", "second_verifier", "visited",
]  # fmt: skip


def days(year: int) -> dict[str, Any]:
    return {"since": f"{year}-01-01", "until": f"{year}-12-31", "supersedes": True, "source": "公告第7号，二"}


@dataclass
class Scene:
    """A record of a stream that stands, what reads it, the value to be entered, and the next computation."""

    record: Any
    stored: Callable[[Any], tuple[Any, str]]
    value: dict[str, Any]
    again: Callable[[], Any]
    page: str = ""

    @property
    def standing(self) -> tuple[Any, str]:
        self.record.refresh_from_db()
        return self.stored(self.record)


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> Callable[[str], Scene]:
    def make(code: str) -> Scene:
        made: Scene = SCENES[code](request.getfixturevalue)
        return made

    return make


Get = Callable[[str], Any]


def deposit(get: Get) -> Scene:
    result: Result = get("burned")

    def last(filing: Filing) -> tuple[Any, str]:
        row = Result.objects.filter(filing=filing, quantity="combustion_emission").latest("pk")
        return row.value, row.release

    def next_month() -> Filing:
        data = {"form_code": "power.month", "organisation_id": get("plant").pk, "period": "2023-07"}
        filing: Filing = perform("filings.open", get("clerk"), data=data).result
        saved(get("clerk"), filing, {"units": [{"unit": "1", "months": [MONTH | {"month": "2023-07"}]}]})
        answered(get("clerk"), filing)
        perform("filings.check", get("clerk"), filing)
        perform("filings.deposit", get("approver"), filing)
        return filing

    return Scene(result.filing, last, OXIDATION, next_month, f"/filings/{result.filing_id}/")


def conclusion(get: Get) -> Scene:
    case = get("concluded")

    def conclude() -> Any:
        type(case).objects.filter(pk=case.pk).update(state="archived")
        case.refresh_from_db()
        with clock.at(datetime(2024, 6, 3, 4, tzinfo=UTC)):
            market.both("verification.reopen", get("officer"), get("director"), case, {"reason": "参数变更"})
            perform(
                "verification.conclude",
                get("verifier"),
                case,
                {"outcome": "conforms", "opinion": "按新参数", "swing": "参数"},
            )
        case.refresh_from_db()
        return case

    value = days(2023) | {
        "guideline": "power", "parameter": "oxidation_rate", "keys": {"fuel": "bituminous"},
        "value": "0.5", "unit": "1",
    }  # fmt: skip
    return Scene(case, lambda row: (row.latest.verified, row.latest.release), value, conclude, case.get_absolute_url())


def run(get: Get) -> Scene:
    market.filed(get("plant"), get("clerk"), get("approver"), 2021)
    market.account(get("plant"), get("officer"))
    cycle = market.cycle(get("world"), get("officer"))
    row = market.issued(cycle, get("officer"), get("director"))
    value = BENCHMARK | {"keys": {"unit_class": "II"}}
    return Scene(
        row, lambda row: (row.lines.get().allowance, row.release), value,
        lambda: market.computed(cycle, get("officer")), row.get_absolute_url(),
    )  # fmt: skip


def inventory(get: Get) -> Scene:
    office: Office = get("filed")
    row = office.open()
    perform("inventory.compile", office.officer, row)
    value = days(row.year) | {
        "guideline": "inventory", "parameter": "warming_potential", "keys": {"gwp_set": "SAR", "gas": "CH4"},
        "value": "25", "unit": "tCO2e/t",
    }  # fmt: skip

    def compile_again() -> Any:
        perform("inventory.compile", office.officer, row)
        return row

    def last(row: Any) -> tuple[Any, str]:
        return [cell.mass for cell in row.latest_run.cells.all()], row.latest_run.release

    return Scene(row, last, value, compile_again, row.get_absolute_url())


def benefit(get: Get) -> Scene:
    shelf: Library = get("library")
    row = shelf.apply()
    shelf.state(row)

    def another() -> Any:
        other = shelf.apply(zh="另一光伏项目", en="Another")
        shelf.state(other)
        other.refresh_from_db()
        return other

    def stored(row: Any) -> tuple[Any, str]:
        return row.reduction, row.release

    row.refresh_from_db()
    return Scene(row, stored, days(2024) | COMBINED, another, row.get_absolute_url())


COMBINED: dict[str, Any] = {
    "guideline": "finance", "parameter": "operating_weight", "keys": {"method": "combined_75"}, "value": "0.5",
    "unit": "1",
}  # fmt: skip


def design(get: Get) -> Scene:
    table: Desk = get("desk")
    with clock.at(datetime(2024, 3, 4, 4, tzinfo=UTC)):
        row = table.admitted()
        table.design(row)
    row.refresh_from_db()

    def another() -> Any:
        with clock.at(datetime(2024, 3, 5, 4, tzinfo=UTC)):
            other = table.admitted(zh="另一项目", en="Another")
            table.design(other)
        other.refresh_from_db()
        return other

    return Scene(row, lambda row: (row.expected, row.release), days(2023) | OPERATING, another, row.get_absolute_url())


OPERATING: dict[str, Any] = {
    "guideline": "ccer_solar_thermal", "parameter": "operating_weight", "keys": {}, "value": "0.75", "unit": "1",
}  # fmt: skip


def monitored(get: Get) -> Scene:
    table: Desk = get("desk")
    project = table.registered()
    with clock.at(datetime(2024, 6, 3, 4, tzinfo=UTC)):
        row = table.monitored(project)

    def another() -> Any:
        with clock.at(datetime(2024, 6, 4, 4, tzinfo=UTC)):
            perform("ccer.state_monitoring", table.owner, row, {"record": PLANT})
        row.refresh_from_db()
        return row

    return Scene(row, lambda row: (row.amount, row.release), days(2023) | OPERATING, another, row.get_absolute_url())


YELLOW: dict[str, Any] = {
    "guideline": "tasks", "parameter": "self_reported_factor", "keys": {}, "value": "0.5", "unit": "1",
}  # fmt: skip


def report(get: Get) -> Scene:
    officer = get("officer")
    document = in_force(officer, get("province"))
    assigned(officer, document)
    row = opened(officer, document).reports.get()
    tell(get("city_officer"), row, value="6")
    row.refresh_from_db()

    def again() -> Any:
        with on("2024-07-06"):
            perform("policy.return_report", officer, row, {"text": "请补充佐证材料"})
        tell(get("city_officer"), row, value="6", day="2024-07-07")
        row.refresh_from_db()
        return row

    return Scene(
        row, lambda row: ((row.light, row.score), row.release), days(2024) | YELLOW, again, row.get_absolute_url()
    )


def announced(get: Get) -> Scene:
    officer = get("officer")
    document = in_force(officer, get("province"))
    assigned(officer, document)

    def closed(as_of: str = "2024-06-30") -> Any:
        row = opened(officer, document, as_of=as_of)
        answer = row.reports.get()
        tell(get("city_officer"), answer, value="6")
        confirm(officer, answer)
        with on("2024-07-21"):
            perform("policy.close_round", officer, row, {"text": "通报"})
        row.refresh_from_db()
        return row

    value = days(2024) | YELLOW | {"parameter": "verified_factor"}
    row = closed()
    return Scene(row, lambda row: (row.score, row.release), value, lambda: closed("2024-05-31"), row.get_absolute_url())


COAL: dict[str, Any] = {
    "guideline": "intensity", "parameter": "coal_emission_factor", "keys": {}, "value": "2.8", "unit": "tCO2/tce",
}  # fmt: skip


def decomposition(get: Get) -> Scene:
    officer = get("officer")
    province = get("cities")
    energy(officer, "990100", 2020, "500", coal="100")
    wanted = target(officer, province.code, 2020, 2025, "17")

    def opened_again() -> Any:
        told = {"target": wanted.pk, "zh": "分解", "en": "Decomposition", "growth": "6"}
        row = perform("intensity.open_decomposition", officer, data=told).result
        perform("intensity.compute", officer, row, {"method": "equal"})
        row.refresh_from_db()
        return row

    def stored(row: Any) -> tuple[Any, str]:
        return list(row.shares.values_list("emission", "published")), row.release

    row = opened_again()
    return Scene(row, stored, days(2020) | COAL, opened_again, row.get_absolute_url())


def warning(get: Get) -> Scene:
    officer, director = get("officer"), get("director")
    get("cities")
    target(officer, "990100", 2020, 2025, "20.5")
    gdp(officer, "990100", 2020, 2021, "3500")
    energy(officer, "990100", 2020, "500", coal="75.188")
    energy(officer, "990100", 2021, "530", coal="1")

    def warn() -> Any:
        with clock.at(datetime(2022, 6, 1, 4, tzinfo=UTC)):
            asked = {"region": "990100", "request": "Explain and catch up."}
            return market.both("intensity.warn", officer, director, None, asked)

    row = warn()

    def another() -> Any:
        type(row).objects.filter(pk=row.pk).update(state="closed")
        return warn()

    return Scene(
        row, lambda row: ((row.change, row.completion), row.release), days(2021) | COAL, another, row.get_absolute_url()
    )


SCENES: dict[str, Callable[[Get], Scene]] = {
    "filings.deposits": deposit,
    "verification.conclusions": conclusion,
    "registry.runs": run,
    "inventory.inventories": inventory,
    "finance.benefits": benefit,
    "ccer.designs": design,
    "ccer.reductions": monitored,
    "policy.reports": report,
    "policy.rounds": announced,
    "intensity.decompositions": decomposition,
    "intensity.warnings": warning,
}


def test_every_stream_has_its_scene() -> None:
    assert SCENES.keys() == STREAMS.keys()


@pytest.mark.parametrize("code", sorted(SCENES))
def test_what_stands_keeps_value_and_release_and_the_next_computation_has_those_of_the_new_law(
    code: str, scene: Callable[[str], Scene], enter: Any, administrator: Actor, signed_in: Callable[[str], Client]
) -> None:
    here = scene(code)
    before = here.standing
    entered = here.value["guideline"]
    enter(**here.value)
    assert here.standing == before
    assert [one.keys for one in computed_earlier(administrator) if one.stream.code == code] == [(here.record.pk,)]
    now = release(guidelines()[entered])
    browser = signed_in("administrator")
    assert before[1] in browser.get(here.page).content.decode()
    assert before[1] != now
    assert here.stored(here.again())[1] == now


@pytest.mark.parametrize("code", sorted(code for code, one in STREAMS.items() if one.evaluate and not one.own_act))
def test_two_people_have_it_computed_anew_as_they_saw_it(
    code: str, scene: Callable[[str], Scene], enter: Any, administrator: Actor, other_administrator: Actor
) -> None:
    here = scene(code)
    before = here.standing
    enter(**here.value)
    about = {"stream": code, "guideline": here.value["guideline"], "year": int(here.value["since"][:4])}
    shown = reevaluated(administrator, other_administrator, **about).records.get().changes
    after = here.standing
    assert after[0] != before[0]
    assert after[1] == release(guidelines()[here.value["guideline"]])
    assert shown != []
    assert here.stored(here.again())[0] == after[0] or code == "filings.deposits"  # as the next computation has it
    assert [one for one in computed_earlier(administrator) if one.stream.code == code] == []


@pytest.mark.parametrize("code", sorted(code for code, one in STREAMS.items() if one.own_act))
def test_where_a_stream_has_an_act_of_its_own_before_and_after_are_seen_first(
    code: str, scene: Callable[[str], Scene], enter: Any, administrator: Actor
) -> None:
    here = scene(code)
    before = here.standing
    enter(**here.value)
    about = {"stream": code, "guideline": here.value["guideline"], "year": int(here.value["since"][:4])}
    made = compared(administrator, **about)
    [record] = made.records.all()
    assert record.changes != []
    assert here.standing == before
    with pytest.raises(Refused, match="LAW-OWN-ACT") as refused:
        perform("law.reevaluate", administrator, made, {"reason": "公告第7号"})
    assert refused.value.status == 409


@pytest.mark.parametrize(
    ("figure", "code"), [("finance.reduction", "finance.benefits"), ("ccer.expected", "ccer.designs")]
)
def test_a_figure_of_what_stands_and_its_walk_wait_for_the_two_as_well(
    figure: str, code: str, scene: Callable[[str], Scene], request: pytest.FixtureRequest, enter: Any,
    administrator: Actor, other_administrator: Actor,
) -> None:  # fmt: skip
    here = scene(code)
    if code == "finance.benefits":
        here.record = request.getfixturevalue("library").entered()
    question = Question("2026H2", request.getfixturevalue("world").province.code)
    before = ask(figure, question)
    enter(**here.value)
    now = ask(figure, question)
    assert (str(before.value), now.value) == (here.standing[0], before.value)
    assert [explain(part.ref, administrator).value for part in now.answer.parts] == [before.value]
    about = {"stream": code, "guideline": here.value["guideline"], "year": int(here.value["since"][:4])}
    reevaluated(administrator, other_administrator, **about)
    after = ask(figure, question)
    assert str(after.value) == here.standing[0] != str(before.value)
    assert [explain(part.ref, administrator).value for part in after.answer.parts] == [after.value]
