"""Bodies counted by what became of their conclusions; their evaluation proposed, heard, decided by two, published."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.organisations.people.roles import actor_of, public_actor
from tanzhi.organisations.register.model import Organisation
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.streams.verification.supervision.measures import BodyMeasures, bodies_of, compare_like_units
from tanzhi.streams.verification.supervision.model import BodyEvaluation
from tanzhi.streams.verification.supervision.work import public_by, scored
from tanzhi.workflow.clocks.model import Clock
from tests.factories import PASSWORD, World, organisation, person
from tests.streams.verification.clues.test_work import refused
from tests.streams.verification.conftest import day

if TYPE_CHECKING:
    from django.test import Client

WHY = {"reason": "按数据和机构说明认定"}


def measures(world: World) -> BodyMeasures:
    (body,) = bodies_of(world.province, 2023)
    return body


def clue(world: World, number: int, *, opened: int, outcome: str = "real", period: str = "2023-06") -> Clue:
    made: Clue = Clue.objects.create(
        number=f"C-{number}", source="supervision", organisation=world.plant, parameter="元素碳", text="问题",
        outcome=outcome, period=period, state="closed", opened_at=datetime(2024, 5, opened, 4, tzinfo=UTC),
    )  # fmt: skip
    return made


@pytest.fixture
def proposed(notified: Verification, world: World, officer: Actor) -> BodyEvaluation:
    with day(5, 6):
        data = {"region": world.province.code, "body": "VER", "year": 2023}
        evaluation: BodyEvaluation = perform("verification.propose_evaluation", officer, data=data).result
    return evaluation


def test_a_body_is_counted_by_its_cases_people_findings_and_deadlines(notified: Verification, world: World) -> None:
    body = measures(world)
    assert (body.number, body.verifiers, body.plants_each) == (1, 2, Decimal("0.5"))
    assert (body.findings, body.findings_each, body.adjusted) == (1, Decimal("1.0"), 1)
    assert (body.concluded, body.changed, body.error_rate) == (1, 0, Decimal("0.0"))
    assert body.due == body.in_time > 0
    assert body.in_time_share == Decimal("100.0")
    conclusion = notified.conclusions.get()
    reported, verified = Decimal(conclusion.reported), Decimal(conclusion.verified)
    assert body.moved == abs(verified - reported) > 0
    assert (body.units, body.intensity) == (0, None)  # nobody to compare its only unit with
    late = Clock.objects.filter(case=notified.reference, limit="issue").get()
    Clock.objects.filter(pk=late.pk).update(stopped_on=date(2024, 4, 30))
    again = measures(world)
    assert (again.due - again.in_time, again.cases[0].in_time) == (1, again.cases[0].due - 1)


def test_units_are_compared_with_like_ones_of_every_body(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one class 0.9, 0.8 and 1.0 t/MWh, whose median is 0.9; a unit that is alone in its class is not compared."""

    def report(body: int, units: dict[str, tuple[str, str, str]]) -> Any:
        case = SimpleNamespace(
            pk=body,
            body_id=body,
            filing=SimpleNamespace(guideline_name="power"),
            outputs={unit: Decimal(output) for unit, (_, _, output) in units.items()},
        )
        return SimpleNamespace(
            case=case, reported=Decimal(1000), emission=Decimal(990),
            classes={unit: code for unit, (code, _, _) in units.items()},
            emission_of=lambda unit: Decimal(units[unit][1]),
        )  # fmt: skip

    monkeypatch.setattr(
        "tanzhi.streams.verification.supervision.measures.outputs_of",
        lambda cases, _: {case.pk: case.outputs for case in cases},
    )
    bodies = {key: BodyMeasures(Organisation(pk=key)) for key in (1, 2)}
    mine = report(1, {"1": ("I", "900", "1000"), "2": ("I", "800", "1000")})
    theirs = report(2, {"1": ("I", "2000", "2000"), "2": ("II", "500", "1000")})
    compare_like_units(bodies, [mine, theirs], {})
    assert [(body.units, body.intensity) for body in bodies.values()] == [(2, Decimal("-5.6")), (1, Decimal("11.1"))]
    assert [body.moved_share for body in bodies.values()] == [Decimal("1.00")] * 2


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"opened": 6}, 1),
        ({"opened": 6, "outcome": "not_real"}, 0),
        ({"opened": 6, "period": "2024-06"}, 0),
    ],
)
def test_a_conclusion_did_not_stand_where_a_later_clue_on_its_year_was_confirmed(
    notified: Verification, world: World, fields: dict[str, Any], changed: int
) -> None:
    made = clue(world, 1, **fields)
    assert measures(world).changed == changed
    Clue.objects.filter(pk=made.pk).update(opened_at=datetime(2024, 4, 20, tzinfo=UTC))  # known to the body by then
    assert measures(world).changed == 0


def test_a_conflict_in_force_when_it_was_arranged_counts_against_compliance(
    notified: Verification, world: World, officer: Actor
) -> None:
    conflict = {"organisation": "PLANT", "body": "VER", "kind": "consulting", "basis": "为该单位提供咨询服务"}
    with day(4, 1):
        perform("verification.declare_conflict", officer, data=conflict | {"since": "2024-04-09"})
    assert measures(world).conflicts == 0
    with day(4, 1):
        perform("verification.declare_conflict", officer, data=conflict | {"since": "2023-01-01"})
    body = measures(world)
    parts, year = scored(body, date(2024, 5, 6))
    assert (body.conflicts, parts["compliance"]["points"]) == (1, "0.0")
    assert (year.value("score").number, year.value("grade").number) == (Decimal("80.0"), "fair")


def test_the_day_of_publication_is_the_laws_of_the_year_after(db: None) -> None:
    assert [public_by(year) for year in (2023, 2024, 2025, 2026)] == [
        None, date(2025, 12, 31), date(2026, 11, 30), None
    ]  # fmt: skip


def test_an_evaluation_is_proposed_once_and_only_of_what_was_concluded(
    proposed: BodyEvaluation, world: World, officer: Actor, verifier: Actor
) -> None:
    act, data = "verification.propose_evaluation", {"region": world.province.code, "body": "VER", "year": 2023}
    assert (proposed.score, proposed.proposed, proposed.grade) == ("100.0", "good", "")
    assert [(row["code"], row["in_time"], row["stood"]) for row in proposed.rows] == [("PLANT", True, True)]
    assert refused(act, officer, data=data) == "EVA-STANDS"
    assert refused(act, officer, data=data | {"year": 2022}) == "EVA-NOTHING"
    assert refused(act, officer, data=data | {"body": "PLANT"}) == "EVA-NOTHING"
    assert refused(act, officer, data=data | {"body": "NOBODY"}) == "ACT-INPUT"
    assert refused(act, verifier, data=data) == "ACT-ROLE"


def test_the_body_is_heard_two_decide_and_everybody_reads_it_once_it_is_published(
    client: Client, proposed: BodyEvaluation, world: World, officer: Actor, director: Actor, verifier: Actor
) -> None:
    clue(world, 1, opened=7)
    with day(5, 8):
        perform("verification.recount_evaluation", officer, proposed)
        proposed.refresh_from_db()
        assert (proposed.score, proposed.proposed) == ("50.0", "poor")
        decision = {"outcome": "fair"} | WHY
        assert refused("verification.decide_evaluation", officer, proposed, decision) == "EVA-HEAR"
        other = organisation("VER9", world.province, "verifier")
        stranger = actor_of(person("of_another", ("verifier", other)))
        statement = {"statement": "线索所涉数据不在抽样范围"}
        assert refused("verification.state_on_evaluation", stranger, proposed, statement) == "ACT-SCOPE"
        perform("verification.state_on_evaluation", verifier, proposed, statement)
        proposal = perform("verification.decide_evaluation", officer, proposed, decision).proposal
        assert proposal is not None
        decide(proposal, director)
    everybody = public_actor()
    assert not BodyEvaluation.objects.visible_to(everybody).exists()
    with day(5, 9):
        perform("verification.publish_evaluation", officer, proposed, {"document": "甘环函〔2024〕9号"})
    proposed.refresh_from_db()
    assert (proposed.state, proposed.grade, proposed.published_on) == ("published", "fair", date(2024, 5, 9))
    assert BodyEvaluation.objects.visible_to(everybody).get() == proposed
    page = client.get(proposed.get_absolute_url()).content.decode()
    assert "50.0" in page
    assert "合格" in page
    assert statement["statement"] not in page
    assert "50.0" in client.get("/verification/evaluations/?export=csv").content.decode("utf-8-sig")


def test_the_body_that_says_nothing_is_judged_once_its_days_are_over(
    proposed: BodyEvaluation, officer: Actor, director: Actor
) -> None:
    decision = {"outcome": "good"} | WHY
    last = Clock.objects.get(case=proposed.reference, limit="state").due_on
    assert last == date(2024, 5, 11)  # a Saturday that is worked
    with day(5, 11):
        assert refused("verification.decide_evaluation", officer, proposed, decision) == "EVA-HEAR"
    with day(5, 12):
        assert perform("verification.decide_evaluation", officer, proposed, decision).proposal is not None


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_authorities_see_bodies_beside_each_other_others_do_not(
    client: Client, notified: Verification, world: World, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(person("above", ("provincial_officer", world.authority), password=PASSWORD))
    page = client.get("/verification/supervision/").content.decode()
    assert {"zh-hans": "差错率", "en": "Error rate"}[language] in page
    assert "verification.propose_evaluation" in page
    assert client.get("/verification/supervision/?year=2022").status_code == 200
    client.force_login(person("body", ("verifier", world.verifier_firm), password=PASSWORD))
    assert client.get("/verification/supervision/").status_code == 404
