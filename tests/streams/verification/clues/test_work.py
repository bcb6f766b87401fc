"""Clues: received, imported, handed over, looked into, put right, closed by two."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.evidence.files import receive
from tanzhi.figures.lineage import explain
from tanzhi.figures.questions import Question, Unanswerable
from tanzhi.figures.registry import ask
from tanzhi.office.letters.model import Letter
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.search import search
from tanzhi.streams.verification.clues.lists import CLUES
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.dossier.model import Attachment
from tests.factories import PASSWORD, World, person
from tests.streams.verification.clues.conftest import ROW
from tests.streams.verification.conftest import day


def refused(act: str, who: Actor, subject: Any = None, data: Any = None) -> str:
    with pytest.raises(Refused) as found:
        perform(act, who, subject, data)
    return found.value.code


def due(clue: Clue) -> tuple[str, date]:
    found = Clock.objects.get(case=clue.reference, state="running")
    return found.limit, found.due_on


def test_a_clue_goes_through_city_and_enterprise_and_is_closed_by_two(
    dispatched: Clue, city_officer: Actor, clerk: Actor, officer: Actor, second_officer: Actor
) -> None:
    assert due(dispatched) == ("check", date(2024, 5, 20))  # Saturday 11 May is worked
    proof = receive(io.BytesIO(b"proof"), "证明.pdf", "").file.sha256
    with day(5, 13):
        perform("verification.check_clue", city_officer, dispatched, {"outcome": "real", "result": "属实，报告缺号"})
        assert due(dispatched) == ("rectify", date(2024, 6, 3))
        perform("verification.rectify_clue", clerk, dispatched, {"measures": "补充原件", "files": [proof]})
        perform("verification.return_measures", city_officer, dispatched, {"opinion": "缺少盖章"})
        perform("verification.rectify_clue", clerk, dispatched, {"measures": "补充盖章原件"})
        perform("verification.confirm_clue", city_officer, dispatched, {"opinion": "整改到位"})
        proposal = perform("verification.close_clue", officer, dispatched, {"opinion": "同意销号"}).proposal
        assert proposal is not None
        with pytest.raises(Refused) as own:
            decide(proposal, officer)
        assert own.value.code == "ACT-SELF"
        decide(proposal, second_officer)
    dispatched.refresh_from_db()
    # Of the nation: closed by two, but not before the nation has its answer.
    assert (dispatched.state, dispatched.outcome) == ("to_answer", "real")
    assert due(dispatched) == ("answer", date(2024, 5, 20))
    with day(5, 14):
        answer = {"on": "2024-05-14", "document": "陇环函〔2024〕12号"}
        assert refused("verification.answer_clue", city_officer, dispatched, answer) == "ACT-ROLE"
        for outside in ("2024-05-05", "2024-05-15"):
            assert (
                refused("verification.answer_clue", officer, dispatched, answer | {"on": outside}) == "CLU-ANSWER-DAY"
            )
        perform("verification.answer_clue", officer, dispatched, answer)
    dispatched.refresh_from_db()
    assert (dispatched.state, dispatched.answered_on) == ("closed", date(2024, 5, 14))
    assert [one.code for one in Letter.objects.order_by("pk")] == ["verification.dispatch", "verification.rectify"]
    assert Attachment.objects.get().case == dispatched.reference
    assert not Clock.objects.filter(case=dispatched.reference, state="running").exists()


def test_a_clue_that_is_not_real_waits_to_be_closed_and_asks_nothing_of_the_enterprise(
    dispatched: Clue, city_officer: Actor, officer: Actor
) -> None:
    with day(5, 13):
        perform(
            "verification.check_clue", city_officer, dispatched, {"outcome": "not_real", "result": "原件齐全，不属实"}
        )
    dispatched.refresh_from_db()
    assert dispatched.state == "unfounded"
    assert due(dispatched)[0] == "close"
    perform("verification.hand_back_clue", officer, dispatched, {"opinion": "请再核对"})
    dispatched.refresh_from_db()
    assert dispatched.state == "dispatched"


def test_each_level_sees_a_clue_once_it_is_told(
    clue: Clue, officer: Actor, city_officer: Actor, clerk: Actor, stranger: Actor, verifier: Actor
) -> None:
    def seen() -> list[str]:
        people = {"officer": officer, "city": city_officer, "clerk": clerk, "stranger": stranger}
        return [name for name, actor in people.items() if clue.seen_by(actor)]

    assert due(clue) == ("dispatch", date(2024, 5, 11))  # five working days, of which Saturday 11 May is one
    assert seen() == ["officer"]
    perform("verification.dispatch_clue", officer, clue, {"requirement": "请核对原件"})
    assert seen() == ["officer", "city"]
    perform("verification.check_clue", city_officer, clue, {"outcome": "real", "result": "属实，报告缺号"})
    assert seen() == ["officer", "city", "clerk"]


def test_the_list_shows_of_several_clocks_the_one_that_ends_first(dispatched: Clue) -> None:
    first = Clock.objects.get(case=dispatched.reference, state="running")
    later, earlier = first.due_on + timedelta(days=30), first.due_on - timedelta(days=3)
    for pk, due_on, state in (
        (1001, later, "running"),
        (1002, earlier, "running"),
        (1003, date(2024, 1, 2), "stopped"),
    ):
        first.pk, first.due_on, first.state = pk, due_on, state
        first.save(force_insert=True)
    rows = [Clue.objects.get(pk=dispatched.pk)]
    CLUES.prepare(rows)
    assert rows[0].next_due == earlier
    assert Clock.objects.next_of([dispatched.reference])[dispatched.reference].due_on == earlier


def test_strangers_do_nothing_with_a_clue(
    dispatched: Clue, clerk: Actor, verifier: Actor, other_officer: Actor, stranger: Actor
) -> None:
    told = {"outcome": "real", "result": "属实，报告缺号"}
    assert refused("verification.check_clue", clerk, dispatched, told) == "ACT-ROLE"
    assert refused("verification.check_clue", verifier, dispatched, told) == "ACT-ROLE"
    assert refused("verification.dispatch_clue", other_officer, dispatched, {"requirement": "请核对"}) == "ACT-SCOPE"
    assert refused("verification.rectify_clue", stranger, dispatched, {"measures": "补充"}) == "ACT-SCOPE"


def test_a_clue_is_entered_once_with_known_options_for_a_known_enterprise(clue: Clue, officer: Actor) -> None:
    act = "verification.receive_clue"
    assert refused(act, officer, data=ROW) == "CLU-TWICE"
    assert refused(act, officer, data=ROW | {"number": "GJ-2", "risk": "huge"}) == "ACT-INPUT"
    assert refused(act, officer, data=ROW | {"number": "GJ-2", "risk": ""}) == "CLU-OPTION"
    assert refused(act, officer, data=ROW | {"number": "GJ-2", "organisation": "NOBODY"}) == "ACT-INPUT"
    assert refused(act, officer, data=ROW | {"number": "GJ-2", "organisation": "OTHER"}) == "ACT-SCOPE"


def test_a_city_without_an_authority_cannot_be_handed_a_clue(clue: Clue, world: World, officer: Actor) -> None:
    type(world.city_authority).objects.filter(pk=world.city_authority.pk).update(state="closed")
    assert refused("verification.dispatch_clue", officer, clue, {"requirement": "请核对"}) == "CLU-CITY"


def workbook(*rows: tuple[str, ...]) -> str:
    book = openpyxl.Workbook()
    for row in (("线索编号", "单位代码", "涉及参数", "问题描述", "风险等级"), *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return receive(io.BytesIO(out.getvalue()), "清单.xlsx", "").file.sha256


def test_the_national_list_is_imported_and_taken_back_while_nobody_works_on_it(world: World, officer: Actor) -> None:
    file = workbook(
        ("GJ-1", "PLANT", "元素碳", "检测报告编号不连续", "高"), ("GJ-2", "PLANT", "供热量", "与结算不符", "低")
    )
    done = perform("verification.clues_import", officer, data={"file": file}).result
    assert list(Clue.objects.order_by("number").values_list("number", "risk")) == [("GJ-1", "high"), ("GJ-2", "low")]
    perform("verification.clues_undo", officer, done, {"reason": "清单版本有误"})
    assert not Clue.objects.filter(withdrawn=False).exists()
    assert not Clock.objects.filter(state="running").exists()
    assert "verification.clues" not in {hits.code for hits in search(officer, "GJ-1", 5)}
    again = perform("verification.clues_import", officer, data={"file": file}).result
    first = Clue.objects.get(number="GJ-1")
    perform("verification.dispatch_clue", officer, first, {"requirement": "请核对"})
    assert refused("verification.clues_undo", officer, again, {"reason": "清单版本有误"}) == "CLU-BEGUN"


def test_a_list_whose_last_row_is_wrong_leaves_nothing(world: World, officer: Actor) -> None:
    good = [(f"GJ-{n}", "PLANT", "元素碳", "检测报告编号不连续", "高") for n in range(30)]
    file = workbook(*good, ("GJ-30", "NOBODY", "元素碳", "检测报告编号不连续", "高"))
    assert refused("verification.clues_import", officer, data={"file": file}) == "IMP-ROWS"
    assert not Clue.objects.exists()


def test_the_figure_counts_clues_by_state_and_walks_down_to_each(
    dispatched: Clue, officer: Actor, world: World
) -> None:
    question = Question(period="2024H1", region=world.province.code)
    found = ask("verification.clues", question)
    assert (found.value, ask("verification.clues_closed", question).value) == (Decimal(1), Decimal(0))
    assert found.answer.scope is not None
    assert found.answer.scope.en == "1 handed to the city"
    ref = next(part for part in found.answer.parts if part.value).parts[0].ref
    assert explain(ref, officer).parts
    with pytest.raises(Unanswerable):
        explain(ref, None)
    assert ask("verification.clues", Question(period="2023H1", region=world.province.code)).value == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_clues(
    client: Client, dispatched: Clue, world: World, clerk_person: Person, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(person("reader", ("provincial_officer", world.authority), password=PASSWORD))
    page = client.get("/verification/clues/").content.decode()
    assert "GJ-1" in page
    assert {"zh-hans": "导入清单", "en": "Import a list"}[language] in page
    assert {"zh-hans": "核实要求", "en": "Requirement"}[language] in client.get(
        dispatched.get_absolute_url()
    ).content.decode()
    client.force_login(clerk_person)
    assert client.get(dispatched.get_absolute_url()).status_code == 404
    assert "GJ-1" not in client.get("/verification/clues/").content.decode()
