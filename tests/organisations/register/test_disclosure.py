"""The list of key emission units made public: as it stands that day, by the authority, with its evidence."""

from datetime import UTC, datetime

import pytest

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import Refused
from tanzhi.figures import Question, ask, explain
from tanzhi.organisations.register.model import ListDisclosure
from tests import factories

ASKED = {"region": "990000", "year": 2024, "on": "2023-12-28", "basis": "公告 2023 年第 9 号"}


def disclosed(officer, **changed):
    with clock.at(datetime(2023, 12, 28, 12, tzinfo=UTC)):
        return perform("organisations.disclose_list", officer, data=ASKED | changed).result


def test_the_list_is_kept_as_it_stood_that_day(world, officer):
    assert disclosed(officer).codes == ["PLANT"]
    factories.key_unit(factories.organisation("LATER", world.city))
    assert ListDisclosure.objects.get().codes == ["PLANT"]


def test_the_figure_counts_who_was_left_out_and_walks_down_to_the_evidence(world, officer):
    assert ask("market.list_disclosed", Question("2024", "990000")).value == 0
    made = disclosed(officer)
    assert ask("market.list_disclosed", Question("2024", "990000")).value == 100
    factories.key_unit(factories.organisation("LATER", world.city))
    assert ask("market.list_disclosed", Question("2024", "990000")).value == 50
    assert explain(f"disclosure:{made.pk}", None).parts_count == 1


@pytest.mark.parametrize(
    ("who", "refusal"), [("clerk", "ACT-ROLE"), ("city_officer", "ACT-ROLE"), ("other_officer", "ACT-SCOPE")]
)
def test_who_may_not(world, who, refusal, request):
    with pytest.raises(Refused, match=refusal):
        perform("organisations.disclose_list", request.getfixturevalue(who), data=ASKED)


def test_an_empty_list_is_refused(world, officer):
    with pytest.raises(Refused, match="ACT-INPUT"):
        disclosed(officer, on="2019-01-01")
