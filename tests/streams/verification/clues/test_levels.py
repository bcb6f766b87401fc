"""Clues of nation, province and city: who is told, who gives back to whom, how the nation is answered."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.evidence.files import receive
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.streams.verification.clues.answers import answered_rows
from tanzhi.streams.verification.clues.lists import CLUES
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.notices.model import Notice
from tests.factories import PASSWORD, World, person
from tests.streams.verification.clues.test_work import refused
from tests.streams.verification.conftest import day

if TYPE_CHECKING:
    from django.test import Client

FOUND = {"organisation": "PLANT", "parameter": "入炉煤量", "text": "皮带秤无校验记录", "risk": "high"}
OPINION = {"opinion": "请按意见办理"}


@pytest.fixture
def reader(world: World) -> Person:
    """An officer of the province who signs in."""
    return person("reader", ("provincial_officer", world.authority), password=PASSWORD)


@pytest.fixture
def reported(reader: Person, city_officer: Actor) -> Clue:
    with day(5, 6):
        clue: Clue = perform("verification.report_clue", city_officer, data=FOUND).result
    return clue


def running(clue: Clue) -> list[str]:
    return list(Clock.objects.filter(case=clue.reference, state="running").values_list("limit", flat=True))


def test_a_clue_of_a_city_begins_with_its_check_and_the_province_is_told(
    reported: Clue, world: World, reader: Person, officer: Actor, city_officer: Actor, clerk: Actor
) -> None:
    assert (reported.number, reported.level, reported.state) == (f"{world.city.code}-2024-001", "city", "dispatched")
    assert running(reported) == ["check"]
    assert reported.seen_by(officer)
    assert (reported.seen_by(city_officer), reported.seen_by(clerk)) == (True, False)
    notice = Notice.objects.get(kind="clue")
    assert (notice.person_id, notice.address) == (reader.pk, reported.get_absolute_url())
    with day(5, 7):
        second = perform("verification.report_clue", city_officer, data=FOUND).result
    assert second.number.endswith("-002")


def test_a_city_reports_clues_of_its_own_region_alone_and_only_with_known_codes(
    world: World, city_officer: Actor, officer: Actor, clerk: Actor
) -> None:
    act = "verification.report_clue"
    assert refused(act, city_officer, data=FOUND | {"organisation": "OTHER"}) == "ACT-SCOPE"
    assert refused(act, officer, data=FOUND) == "ACT-ROLE"
    assert refused(act, clerk, data=FOUND) == "ACT-ROLE"
    assert refused(act, city_officer, data=FOUND | {"source": ""}) == "CLU-OPTION"
    assert not Clue.objects.exists()


def test_a_city_closes_nothing_alone_and_its_own_clue_needs_no_answer_to_the_nation(
    reported: Clue, city_officer: Actor, officer: Actor, director: Actor
) -> None:
    with day(5, 8):
        perform("verification.check_clue", city_officer, reported, {"outcome": "not_real", "result": "记录齐全"})
        assert refused("verification.close_clue", city_officer, reported, OPINION) == "ACT-ROLE"
        proposal = perform("verification.close_clue", officer, reported, OPINION).proposal
        assert proposal is not None
        decide(proposal, director)
    reported.refresh_from_db()
    assert (reported.state, reported.outcome, running(reported)) == ("closed", "not_real", [])
    assert refused("verification.reopen_clue", officer, reported, OPINION) == "CLU-LEVEL"
    assert buttons(officer, ["verification.reopen_clue"], reported) == []


def test_each_level_gives_back_to_the_one_above_or_below(
    dispatched: Clue, reported: Clue, city_officer: Actor, officer: Actor, director: Actor, clerk: Actor
) -> None:
    # The city to the province, which hands it on anew; its own clue it keeps.
    assert refused("verification.give_clue_back", city_officer, reported, OPINION) == "CLU-OWN"
    offered = [bool(buttons(city_officer, ["verification.give_clue_back"], clue)) for clue in (reported, dispatched)]
    assert offered == [False, True]
    assert refused("verification.give_clue_back", clerk, dispatched, OPINION) == "ACT-ROLE"
    with day(5, 8):
        perform("verification.give_clue_back", city_officer, dispatched, OPINION)
    dispatched.refresh_from_db()
    assert (dispatched.state, dispatched.returned, running(dispatched)) == (
        "received", OPINION["opinion"], ["dispatch"]
    )  # fmt: skip
    assert not dispatched.seen_by(city_officer)
    with day(5, 9):
        perform("verification.dispatch_clue", officer, dispatched, {"requirement": "请再核对原件"})
        perform("verification.check_clue", city_officer, dispatched, {"outcome": "not_real", "result": "原件齐全"})
        proposal = perform("verification.close_clue", officer, dispatched, OPINION).proposal
        assert proposal is not None
        decide(proposal, director)
        perform("verification.answer_clue", officer, dispatched, {"on": "2024-05-09", "document": "12 号"})
    # The nation to the province: what was answered is answered no more.
    with day(5, 13):
        perform("verification.reopen_clue", officer, dispatched, {"opinion": "国家认为依据不足"})
    dispatched.refresh_from_db()
    assert (dispatched.state, dispatched.answered_on, dispatched.outcome) == ("received", None, "")
    assert (dispatched.closed_at, running(dispatched)) == (None, ["dispatch"])


def test_the_list_says_whose_clue_it_is_with_whom_and_what_is_overdue(
    client: Client, dispatched: Clue, reported: Clue, reader: Person
) -> None:
    client.force_login(reader)

    def numbers(query: str) -> set[str]:
        page = client.get(f"/verification/clues/?{query}").content.decode()
        return {clue.number for clue in (dispatched, reported) if f">{clue.number}</a>" in page}

    with day(5, 17):  # the last day of the earlier check
        assert numbers("overdue=yes") == set()
        assert numbers("level=city") == {reported.number}
        assert numbers("level=nation") == {"GJ-1"}
        assert numbers("holder=city") == {"GJ-1", reported.number}
        assert numbers("holder=enterprise") == set()
    with day(5, 20):  # the last day of the later one
        assert numbers("overdue=yes") == {reported.number}
        assert numbers("overdue=no") == {"GJ-1"}
    assert CLUES.column("holder") is not None


HEADS = ("序号", "线索编号", "单位代码", "涉及参数", "问题描述", "风险等级", "备注")


def test_the_nations_list_goes_back_in_its_columns_with_the_answers_beside_them(
    client: Client, world: World, officer: Actor, city_officer: Actor, director: Actor, reader: Person
) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("清单", 0)
    for row in (
        HEADS,
        ("1", "GJ-1", "PLANT", "元素碳", "检测报告编号不连续", "高", "第一批"),
        ("2", "GJ-2", "PLANT", "供热量", "与结算不符", "低", ""),
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    with day(5, 6):
        file = receive(io.BytesIO(out.getvalue()), "清单.xlsx", "").file.sha256
        committed = perform("verification.clues_import", officer, data={"file": file}).result
    answer = {"on": "2024-05-10", "document": "陇环函〔2024〕12号"}
    assert refused("verification.answer_list", officer, committed, answer) == "CLU-NONE-WAITS"
    first = Clue.objects.get(number="GJ-1")
    with day(5, 10):
        perform("verification.dispatch_clue", officer, first, {"requirement": "请核对原件"})
        perform("verification.check_clue", city_officer, first, {"outcome": "not_real", "result": "原件齐全"})
        proposal = perform("verification.close_clue", officer, first, OPINION).proposal
        assert proposal is not None
        decide(proposal, director)
        assert refused("verification.answer_list", city_officer, committed, answer) == "ACT-ROLE"
        perform("verification.answer_list", officer, committed, answer)
    headings, rows = answered_rows(committed, officer)
    assert tuple(headings) == HEADS
    assert [(row.cells[0], row.cells[6], row.clue.state) for row in rows] == [
        ("1", "第一批", "closed"), ("2", "", "received")
    ]  # fmt: skip
    client.force_login(reader)
    answered = client.get(f"/verification/clues/lists/{committed.pk}/?export=xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(answered)).active
    assert sheet is not None
    table = list(sheet.iter_rows(values_only=True))
    assert table[0][:7] == HEADS
    assert table[1][:7] == ("1", "GJ-1", "PLANT", "元素碳", "检测报告编号不连续", "高", "第一批")
    assert [str(cell) for cell in table[1] if cell][-2:] == ["2024-05-10 00:00:00", answer["document"]]
    assert "不属实" in str(table[1])
    assert "清单.xlsx" in client.get("/verification/clues/lists/").content.decode()
    client.force_login(person("city_reader", ("city_officer", world.city_authority), password=PASSWORD))
    assert client.get(f"/verification/clues/lists/{committed.pk}/").status_code == 404
