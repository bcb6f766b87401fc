"""The page where one decides on a clue: what it concerns, what each outcome changes, the letter as it will go out."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed
from tanzhi.actions.registry import perform
from tanzhi.evidence.models import Entry
from tanzhi.office.letters.model import Letter, LetterSeries
from tanzhi.streams.verification.clues.model import Clue
from tests.factories import PASSWORD, World, person

ADDRESS = "/presentation/act/verification.check_clue/{pk}/"


@pytest.fixture
def city(client: Client, world: World) -> Client:
    client.force_login(person("deciding", ("city_officer", world.city_authority), password=PASSWORD))
    return client


def outcomes(page: str) -> list[str]:
    """The part of the page for each outcome."""
    return re.findall(r"<details[^>]*>(.*?)</details>", page, re.DOTALL)


def test_each_outcome_shows_its_state_and_its_letter_and_nothing_of_it_stays(city: Client, dispatched: Clue) -> None:
    before = (Letter.objects.count(), Performed.objects.count(), Entry.objects.count(), LetterSeries.objects.count())
    page = city.get(ADDRESS.format(pk=dispatched.pk)).content.decode()
    assert before == (
        Letter.objects.count(), Performed.objects.count(), Entry.objects.count(), LetterSeries.objects.count()
    )  # fmt: skip
    dispatched.refresh_from_db()
    assert dispatched.state == "dispatched"
    real, not_real = outcomes(page)
    assert "属实，责令整改" in real
    assert "整改中" in real
    assert f"关于问题线索{dispatched.number}的整改通知" in real
    assert "〔此处为您填写的“核实情况”〕" in real
    assert "不属实待销号" in not_real
    assert "不发出文书" in not_real
    assert "整改通知" not in not_real
    assert dispatched.name.zh in page.split("</h1>")[0]
    assert "checked" not in page  # neither outcome is chosen beforehand


def test_the_letter_takes_up_what_is_typed_and_is_the_one_that_goes_out(
    city: Client, city_officer: Actor, dispatched: Clue
) -> None:
    words = {"outcome": "real", "result": "现场核对，第 3 页报告缺号"}
    sent = city.post(ADDRESS.format(pk=dispatched.pk), words | {"preview": "1"}).content.decode()
    assert "<html" not in sent
    real, not_real = outcomes(sent)
    assert words["result"] in real
    assert sent.count("<details open>") == 1
    assert not_real.count("不发出文书") == 1
    assert not Letter.objects.filter(case=dispatched.reference, code="verification.rectify").exists()
    perform("verification.check_clue", city_officer, dispatched, words)
    letter = Letter.objects.get(case=dispatched.reference, code="verification.rectify")
    assert letter.title_zh in real
    assert letter.number_zh in real
    for block in letter.blocks:
        assert block["zh"] in real


def test_a_refusal_keeps_every_typed_word_and_the_preview_beside_it(city: Client, dispatched: Clue) -> None:
    typed = '第一行\n第二行 <尖括号> & 引号"'
    answer = city.post(ADDRESS.format(pk=dispatched.pk), {"result": typed, "key": "again"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ACT-OUTCOME" in page
    assert "属实，责令整改或不属实，报请销号" in page
    assert "第一行\n第二行 &lt;尖括号&gt; &amp; 引号&quot;</textarea>" in page
    assert "第二行 &lt;尖括号&gt;" in outcomes(page)[0]


def test_whoever_may_not_decide_is_shown_nothing(client: Client, world: World, dispatched: Clue) -> None:
    client.force_login(person("reader", ("enterprise_filer", world.other_plant), password=PASSWORD))
    for answer in (
        client.get(ADDRESS.format(pk=dispatched.pk)),
        client.post(ADDRESS.format(pk=dispatched.pk), {"preview": "1"}),
    ):
        assert answer.status_code == 404


def test_the_second_person_reads_what_was_proposed_in_words_and_what_it_changes(
    client: Client, world: World, officer: Actor, city_officer: Actor, dispatched: Clue
) -> None:
    perform("verification.check_clue", city_officer, dispatched, {"outcome": "not_real", "result": "原件齐全"})
    proposal = perform("verification.close_clue", officer, dispatched, {"opinion": "同意销号"}).proposal
    assert proposal is not None
    client.force_login(person("second", ("provincial_director", world.authority), password=PASSWORD))
    page = client.get(f"/cases/proposals/{proposal.pk}/").content.decode()
    assert dispatched.name.zh in page.split("</h1>")[0]
    assert "同意销号" in page
    assert re.search(r"不属实待销号</td><td>待反馈国家", page)
    assert "不发出文书" in page
    Clue.objects.filter(pk=dispatched.pk).update(revision=77)
    assert "ACT-STALE" in client.get(f"/cases/proposals/{proposal.pk}/").content.decode()
