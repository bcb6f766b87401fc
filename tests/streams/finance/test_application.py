"""Owners apply: magnitude, negative list, benefit by formula, papers; a pilot's signed projects by two."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.finance.models import Project
from tanzhi.streams.finance.money import fen_of, wan_of, yuan_of
from tests.refusing import refused
from tests.streams.finance.conftest import Library, day


def test_amounts_are_kept_in_fen_and_the_benefit_follows_its_formula(library: Library) -> None:
    project = library.apply(investment="132000.123456")
    assert (project.investment_fen, project.state) == (132_000_123_456, "draft")
    library.state(project)
    project.refresh_from_db()
    assert project.reduction == "365659.29"  # EX8 P1
    assert project.release


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"demand": "132000.01"}, "FIN-01", "demand"),
        ({"investment": "13.2", "demand": "9"}, "FIN-02", "investment"),
        ({"investment": "1320000000"}, "FIN-03", "investment"),
        ({"negative": "coal_power"}, "FIN-04", ""),
        ({"programme": "PILOT"}, "FIN-05", "programme"),
        ({"penalised": "yes"}, "FIN-06", ""),
        ({"negative": "nothing"}, "ACT-INPUT", "negative"),
        ({"kind": "perpetual"}, "ACT-INPUT", "kind"),
        ({"category": "Z9"}, "ACT-INPUT", "category"),
        ({"category": ""}, "FIN-18", ""),
        ({"investment": "132000.1234567"}, "FIN-19", "investment"),
        ({"credit_code": "C1999-001"}, "FIN-41", "credit_code"),
        ({"investment": "-5"}, "ACT-INPUT", "investment"),
    ],
)
def test_an_application_is_refused_where_rule_or_magnitude_is_against_it(
    library: Library, told: dict[str, object], code: str, field: str
) -> None:
    with refused(code, field):
        library.apply(**told)
    assert not Project.objects.exists()


def test_a_small_amount_that_was_checked_is_taken(library: Library) -> None:
    assert library.apply(investment="13.2", demand="9", confirmed=True).investment == Decimal("13.2")


def test_a_programmes_code_is_used_once(library: Library) -> None:
    told = {"code": "LIB", "kind": "library", "region": "990000", "zh": "又一个", "en": "another"}
    with refused("FIN-20", "code"):
        perform("finance.add_programme", library.officer, data=told)


@pytest.mark.parametrize(
    ("filed", "code", "field"),
    [
        ({"loss_rate": "0.08"}, "FIN-11", "benefit.loss_rate"),
        ({"hours": "9000"}, "FIN-12", "benefit.hours"),
        ({"technology": "hydro", "power_density": "3"}, "FIN-13", "benefit.power_density"),
        ({"capacity": "300000"}, "FIN-14", "benefit.capacity"),
        ({"capacity": "three"}, "VAL-NUMBER", "benefit.capacity"),
        ({"capacity": ""}, "FORM-REQUIRED", "benefit.capacity"),
        ({"own_emission": "9999999"}, "FIN-17", "benefit.annual_reduction"),
        ({"total": "1"}, "FORM-UNKNOWN", "benefit.total"),
    ],
)
def test_a_wrong_benefit_is_told_at_its_field(library: Library, filed: dict[str, str], code: str, field: str) -> None:
    project = library.apply()
    with refused(code, field):
        library.state(project, **filed)
    project.refresh_from_db()
    assert project.benefit_year is None


def test_a_year_whose_parameter_is_unknown_gives_no_number(library: Library) -> None:
    project = library.apply()
    with refused("FIN-10"):
        perform(
            "finance.state_benefit", library.owner, project,
            {"year": 2013, "benefit": {"grid": "northwest", "electricity_area": "nation", "technology": "pv",
                                       "method": "average", "capacity": "3", "hours": "1700"}},
        )  # fmt: skip


def test_an_adaptation_project_has_no_tonnes_and_may_go_on(library: Library) -> None:
    project = library.apply(kind="adaptation", category="A3")
    filed = {"grid": "northwest", "electricity_area": "nation", "people_protected": "5000"}
    perform("finance.state_benefit", library.owner, project, {"year": 2024, "benefit": filed})
    library.submit(project)
    project.refresh_from_db()
    assert (project.reduction, project.state) == ("", "submitted")


def test_nothing_is_submitted_without_its_benefit_or_its_papers(library: Library) -> None:
    project = library.apply()
    with refused("FIN-08"):
        library.submit(project)
    library.state(project)
    with refused("ACT-INPUT", "approval"):
        perform("finance.submit", library.owner, project, {})


def test_only_the_owner_of_its_own_organisation_applies(library: Library, stranger: object, verifier: object) -> None:
    told = {"owner": "PLANT", "programme": "LIB", "region": "990100", "zh": "他人的项目", "kind": "forest",
            "category": "M5", "investment": "9000", "demand": "5000", "negative": "none",
            "penalised": "no"}  # fmt: skip
    with refused("ACT-SCOPE"):
        perform("finance.apply", library.owner, data=told)
    for actor in (stranger, verifier, library.officer):
        with refused("ACT-ROLE"):
            perform("finance.apply", actor, data=told)  # type: ignore[arg-type]  # fixtures


def signed(library: Library, **more: object) -> Project:
    told = {"owner": "OWN", "programme": "PILOT", "region": "990100", "zh": "签约项目", "kind": "forest",
            "category": "M5", "investment": "739000", "demand": "100000", "batch": "1",
            "signed_on": "2023-02-06"}  # fmt: skip
    proposal = perform("finance.record_signed", library.city, data=told | more).proposal
    assert proposal is not None
    with pytest.raises(Refused) as own:
        decide(proposal, library.city, True)
    assert own.value.code == "ACT-SELF"
    found: Project = decide(proposal, library.officer, True, "ok").result
    return found


def test_a_signed_project_of_the_pilot_stands_in_its_library_by_two(library: Library) -> None:
    with day(2, 8, 2023):
        project = signed(library)
    assert (project.state, project.programme.kind, project.batch) == ("library", "pilot", "1")


def test_a_project_is_not_recorded_before_it_was_signed(library: Library) -> None:
    told = {"owner": "OWN", "programme": "PILOT", "region": "990100", "zh": "签约项目", "kind": "forest",
            "category": "M5", "investment": "739000", "demand": "1000", "batch": "1",
            "signed_on": "2099-02-06"}  # fmt: skip
    with pytest.raises(Refused) as early:
        perform("finance.record_signed", library.city, data=told)
    assert early.value.code == "ACT-DATE"


@given(st.integers(1, 10**15))
def test_fen_become_ten_thousand_yuan_and_back_without_loss(fen: int) -> None:
    assert fen_of(wan_of(fen), "amount", Text("金额", "amount")) == fen
    assert yuan_of(fen) * 100 == fen
