"""A year's list from what was verified to its publication; and what it refuses, by code, with nothing half-done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.organisations.register.model import KeyUnitStatus, ListDisclosure, Organisation
from tanzhi.organisations.register.queries import is_key_unit
from tanzhi.streams.verification.cases.model import Conclusion
from tanzhi.streams.verification.key_list.model import KeyUnitList, KeyUnitListRow
from tanzhi.workflow.notices.model import Notice
from tests.factories import organisation

from .conftest import decided, decided_row, head_of, row_of

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def test_rows_say_what_was_verified_and_what_follows(drawn_up: KeyUnitList) -> None:
    rows = {row.organisation.code: (row.change, row.decision, row.emission) for row in drawn_up.rows.all()}
    assert rows == {
        "ENTERS": ("enters", "on", "26000.01"),
        "LEAVES": ("may_leave", "", "25999.99"),
        "PLANT": ("unknown", "on", ""),
        "STAYS": ("stays", "on", "26000"),
    }


def test_a_list_is_drawn_up_once_a_year_and_for_no_past_one(drawn_up: KeyUnitList, officer: Actor) -> None:
    assert refused(lambda: _drawn_up(officer, 2025)) == "LST-STANDS"
    assert refused(lambda: _drawn_up(officer, 2023)) == "LST-PAST"
    assert refused(lambda: _drawn_up(officer, 2028)) == "LAW-MISSING"


def _drawn_up(officer: Actor, year: int) -> None:
    perform("verification.draw_up_list", officer, data={"region": "990000", "year": year})


def test_whoever_enters_or_leaves_does_so_on_the_first_day_of_the_year_and_the_list_becomes_public(
    circulated: KeyUnitList, firms: dict[str, Organisation], officer: Actor, director: Actor
) -> None:
    done = decided(circulated, officer, director)
    assert done.state == "decided"
    last, first = date(2024, 12, 31), date(2025, 1, 1)
    assert (is_key_unit(firms["ENTERS"], last), is_key_unit(firms["ENTERS"], first)) == (False, True)
    assert (is_key_unit(firms["LEAVES"], last), is_key_unit(firms["LEAVES"], first)) == (True, False)
    assert KeyUnitStatus.objects.get(organisation=firms["ENTERS"]).basis == "示例环发〔2024〕9号"
    perform("verification.publish_list", officer, done, {"document": "示例公告2024年第3号"})
    public = ListDisclosure.objects.get(year=2025)
    assert public.codes == ["ENTERS", "PLANT", "STAYS"]
    assert public.on == date(2024, 10, 8)


def test_the_officer_who_drew_it_up_does_not_decide_it_alone(circulated: KeyUnitList, officer: Actor) -> None:
    proposal = perform("verification.decide_list", officer, circulated, {"document": "示例环发〔2024〕9号"}).proposal
    circulated.refresh_from_db()
    assert proposal is not None
    assert circulated.state == "circulated"


def test_an_undecided_row_or_an_unanswered_statement_stops_the_decision(
    drawn_up: KeyUnitList, firms: dict[str, Organisation], officer: Actor
) -> None:
    perform("verification.circulate_list", officer, drawn_up)
    drawn_up.refresh_from_db()
    data = {"document": "示例环发〔2024〕9号"}
    assert refused(lambda: perform("verification.decide_list", officer, drawn_up, data)) == "LST-WAITING"
    decided_row(drawn_up, "LEAVES", "off", officer)
    objection = {"statement": "2023 年核查排放量有误"}
    head = head_of(firms["LEAVES"])
    perform("verification.object_to_list", head, row_of(drawn_up, "LEAVES"), objection)
    assert refused(lambda: perform("verification.decide_list", officer, drawn_up, data)) == "LST-WAITING"
    again = refused(lambda: perform("verification.object_to_list", head, row_of(drawn_up, "LEAVES"), objection))
    assert again == "LST-STATED"
    decided_row(drawn_up, "LEAVES", "on", officer)
    assert perform("verification.decide_list", officer, drawn_up, data).proposal is not None
    assert Notice.objects.filter(person_id=head.person_id, kind="list").exists()


def test_a_row_decided_otherwise_since_a_decision_was_proposed_takes_the_proposal_away(
    circulated: KeyUnitList, officer: Actor, director: Actor
) -> None:
    """The director would decide on rows that he did not see."""
    proposal = perform("verification.decide_list", officer, circulated, {"document": "示例环发〔2024〕9号"}).proposal
    assert proposal is not None
    decided_row(circulated, "LEAVES", "on", officer)
    assert refused(lambda: decide(proposal, director)) == "ACT-STALE"
    circulated.refresh_from_db()
    assert circulated.state == "circulated"


def test_figures_that_changed_since_must_be_drawn_up_anew_and_what_was_decided_of_others_stays(
    circulated: KeyUnitList, firms: dict[str, Organisation], officer: Actor
) -> None:
    Conclusion.objects.filter(case__organisation=firms["STAYS"], case__year=2023).update(verified="12.5")
    data = {"document": "示例环发〔2024〕9号"}
    assert refused(lambda: perform("verification.decide_list", officer, circulated, data)) == "LST-STALE"
    perform("verification.redraw_list", officer, circulated)
    circulated.refresh_from_db()
    assert circulated.state == "drawn_up"
    assert (row_of(circulated, "STAYS").change, row_of(circulated, "STAYS").emission) == ("below", "12.5")
    assert row_of(circulated, "LEAVES").decision == "off"


def test_a_list_that_somebody_else_changed_meanwhile_is_stale_too(
    circulated: KeyUnitList, firms: dict[str, Organisation], officer: Actor
) -> None:
    listing = {"sector": "power", "since": "2024-10-01", "basis": "省厅核实"}
    perform("organisations.enter_list", officer, firms["BELOW"], listing)
    data = {"document": "示例环发〔2024〕9号"}
    assert refused(lambda: perform("verification.decide_list", officer, circulated, data)) == "LST-STALE"


def test_an_enterprise_applies_once_and_an_officer_answers(
    drawn_up: KeyUnitList, firms: dict[str, Organisation], officer: Actor, director: Actor
) -> None:
    head = head_of(firms["BELOW"])
    data = {"organisation": "BELOW", "year": 2025, "statement": "2024 年投产第二条线，预计超过门槛"}
    row: KeyUnitListRow = perform("verification.apply_for_list", head, data=data).result
    assert (row.change, row.decision, row.waits) == ("applied", "", True)
    assert refused(lambda: perform("verification.apply_for_list", head, data=data)) == "LST-ON-DRAFT"
    assert refused(lambda: perform("verification.apply_for_list", head, data=data | {"year": 2026})) == "LST-NONE"
    decided_row(drawn_up, "BELOW", "on", officer)
    decided_row(drawn_up, "LEAVES", "on", officer)
    perform("verification.circulate_list", officer, drawn_up)
    drawn_up.refresh_from_db()
    decided(drawn_up, officer, director)
    assert is_key_unit(firms["BELOW"], date(2025, 1, 1))


def test_nobody_objects_before_it_is_circulated_or_for_another_enterprise(
    drawn_up: KeyUnitList, firms: dict[str, Organisation], officer: Actor
) -> None:
    objection = {"statement": "不应列入"}
    head, stranger = head_of(firms["ENTERS"]), head_of(firms["STAYS"])
    row = row_of(drawn_up, "ENTERS")
    assert refused(lambda: perform("verification.object_to_list", head, row, objection)) == "LST-NOT-OPEN"
    perform("verification.circulate_list", officer, drawn_up)
    row = row_of(drawn_up, "ENTERS")
    assert refused(lambda: perform("verification.object_to_list", stranger, row, objection)) == "ACT-SCOPE"


def test_after_the_decision_no_row_changes(
    circulated: KeyUnitList, firms: dict[str, Organisation], officer: Actor, director: Actor
) -> None:
    done = decided(circulated, officer, director)
    data = {"outcome": "on", "reason": "改变主意了"}
    row = row_of(done, "LEAVES")
    assert refused(lambda: perform("verification.decide_list_row", officer, row, data)) == "LST-CLOSED"


def test_a_draft_is_the_authority_s_until_it_is_circulated_and_the_public_s_once_published(
    drawn_up: KeyUnitList,
    firms: dict[str, Organisation],
    officer: Actor,
    director: Actor,
    clerk: Actor,
    other_officer: Actor,
) -> None:
    public = Actor(None, "public", [])
    readers = {"officer": officer, "clerk": clerk, "other": other_officer, "public": public}

    def who_sees() -> set[str]:
        found = KeyUnitListRow.objects
        return {name for name, actor in readers.items() if found.visible_to(actor).exists()}

    assert who_sees() == {"officer"}
    decided_row(drawn_up, "LEAVES", "off", officer)
    perform("verification.circulate_list", officer, drawn_up)
    assert who_sees() == {"officer", "clerk", "other"}
    drawn_up.refresh_from_db()
    done = decided(drawn_up, officer, director)
    assert "public" not in who_sees()
    perform("verification.publish_list", officer, done, {"document": "示例公告2024年第3号"})
    assert who_sees() == {"officer", "clerk", "other", "public"}


def test_a_province_without_anybody_to_list_draws_nothing_up(world: Any, other_officer: Actor) -> None:
    KeyUnitStatus.objects.filter(organisation=world.other_plant).delete()
    organisation("NEW", world.other_city)
    data = {"region": "980000", "year": 2025}
    assert refused(lambda: perform("verification.draw_up_list", other_officer, data=data)) == "LST-NOBODY"
    assert not KeyUnitList.objects.exists()
