"""Early warning: on settled data, by two people, with a letter that the city answers."""

import pytest

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.office.letters.model import Letter
from tanzhi.streams.intensity.warnings.model import EarlyWarning
from tests.streams.intensity.conftest import energy, gdp, target

pytestmark = pytest.mark.django_db
ASKED = {"region": "990100", "request": "Explain and catch up."}


@pytest.fixture
def behind(cities, officer, time_machine):
    """Intensity of the city: 5200/3300 in 2020, 5300/3500 in 2021: −3.90 %; 3.66 % were due of 17 % in five years."""
    time_machine.move_to("2022-06-01T12:00:00+08:00")
    target(officer, "990100", 2020, 2025, "20.5")
    gdp(officer, "990100", 2020, 2021, "3500")
    energy(officer, "990100", 2021, "530")
    return officer


def warned(officer, director):
    return decide(perform("intensity.warn", officer, data=ASKED).proposal, director, True, "agreed").result


def test_two_people_send_the_letter_and_the_city_answers_it(behind, director, city_officer):
    case = warned(behind, director)
    # −3.9011 % against 1 − 0.795^(1/5) = 4.4846 %: 87.0 % of the schedule, falling: orange
    assert (case.light, case.change, case.due, case.completion) == ("orange", "-3.9", "4.5", "87.0")
    letter = Letter.objects.get()
    assert letter.to.region.code == "990100"
    assert any("down 3.9 %; 4.5 % were due" in block.get("en", "") for block in letter.blocks)
    perform("intensity.answer_warning", city_officer, case, {"measures": "Retrofit of two boilers."})
    perform("intensity.return_warning", behind, case, {"remark": "Give the tonnes."})
    perform("intensity.answer_warning", city_officer, case, {"measures": "Retrofit of two boilers, 20 kt."})
    perform("intensity.close_warning", behind, case, {"remark": "Enough."})
    case.refresh_from_db()
    assert (case.state, case.closed_at is not None) == ("closed", True)


@pytest.mark.parametrize("actor", ["officer", "other_officer", "city_officer", "stranger"])
def test_nobody_decides_his_own_warning_and_others_may_not_begin_one(behind, actor, request):
    who = request.getfixturevalue(actor)
    if actor == "officer":
        proposal = perform("intensity.warn", who, data=ASKED).proposal
        with pytest.raises(Refused) as refused:
            decide(proposal, who, True, "myself")
        assert refused.value.code in {"ACT-SELF", "ACT-ROLE"}
    else:
        with pytest.raises(Refused) as refused:
            perform("intensity.warn", who, data=ASKED)
        assert refused.value.code in {"ACT-ROLE", "ACT-SCOPE"}
    assert not EarlyWarning.objects.exists()


def test_flash_data_warn_of_nothing(behind, director):
    gdp(behind, "990100", 2020, 2022, "3600", vintage="flash")
    energy(behind, "990100", 2022, "560", vintage="flash")
    with pytest.raises(Refused) as refused:
        warned(behind, director)
    assert refused.value.code == "INT-15"


def test_who_is_on_schedule_is_not_warned(behind, director):
    energy(behind, "990100", 2021, "500", vintage="verified")
    with pytest.raises(Refused) as refused:
        warned(behind, director)
    assert refused.value.code == "INT-18"


def test_one_warning_a_year_is_enough(behind, director):
    warned(behind, director)
    with pytest.raises(Refused) as refused:
        warned(behind, director)
    assert refused.value.code == "INT-19"


def test_a_city_without_an_authority_cannot_be_written_to(behind, director):
    target(behind, "990300", 2020, 2025, "17")
    gdp(behind, "990300", 2020, 2021, "1500")
    energy(behind, "990300", 2021, "240")
    with pytest.raises(Refused) as refused:
        decide(perform("intensity.warn", behind, data=ASKED | {"region": "990300"}).proposal, director, True, "agreed")
    assert refused.value.code == "INT-20"
