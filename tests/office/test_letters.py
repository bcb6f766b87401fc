"""Letters: numbered, in both languages, as page, Word and PDF, acknowledged by their receiver."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from tanzhi.actions.registry import ACTIONS, Actor, Input, Refused, action, perform
from tanzhi.office.letters import layout
from tanzhi.office.letters.model import Letter
from tanzhi.office.letters.work import paper, write_letter
from tanzhi.office.paper.paper import Paper, Table, pdf, word
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.buttons import may
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.notices.model import Notice
from tanzhi.workflow.todos.todo import todos
from tests.factories import PASSWORD, World, person
from tests.workflow.vacation import Vacation

TEMPLATE = """
kind: {zh: 停运决定, en: Decision on a stop}
series:
  zh: 停运〔{year}〕{n}号
  en: Stop ({year}) No. {n}
title:
  zh: 关于{case}的决定
  en: Decision on {case}
body:
  - zh: 你单位申请停运{days}天，现予同意。
    en: You asked for {days} days; this is granted.
  - heading:
      zh: 一、明细
      en: 1. Details
  - table: months
"""
MONTHS = Table(
    (Text("月份", "Month"), Text("天数", "Days")), (("2024-10", "3"),), Text("表一", "Table 1"), frozenset({1})
)


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "granted.yaml").write_text(TEMPLATE, "utf-8")
    monkeypatch.setitem(layout.FOLDERS, "cases", tmp_path)
    layout.shipped.cache_clear()


@pytest.fixture
def write(templates: None, monkeypatch: pytest.MonkeyPatch, officer: Actor, clerk: Actor, plant: Organisation) -> Any:
    """An act that writes the letter, and a way to do it."""
    monkeypatch.setattr("tanzhi.actions.table.ACTIONS", ACTIONS)

    @action("cases.grant", label=Text("同意", "Grant"), by={"provincial_officer"}, subject=Vacation, input=Input)
    def grant(call: Any, case: Vacation) -> Letter:
        to = case.organisation
        return write_letter(call, "cases.granted", case, to=to, values={"days": case.days}, tables={"months": MONTHS})

    case = perform("cases.vacation_ask", clerk, data={"organisation": plant.pk, "days": 3}).result
    yield lambda: perform("cases.grant", officer, case).result
    del ACTIONS["cases.grant"]


def test_letters_are_numbered_within_issuer_series_and_year(write: Any) -> None:
    first, second = write(), write()
    year = first.at.year
    assert (first.number, second.number) == (
        Text(f"停运〔{year}〕1号", f"Stop ({year}) No. 1"),
        Text(f"停运〔{year}〕2号", f"Stop ({year}) No. 2"),
    )
    assert first.name == Text("关于停运 3 天的决定", "Decision on 3 days out of service")


def test_only_its_receiver_acknowledges_a_letter(write: Any, clerk: Actor, officer: Actor, stranger: Actor) -> None:
    letter = write()
    assert [one.kind for one in todos(clerk)].count("letter") == 1
    act = ACTIONS["cases.acknowledge"]
    assert [may(who, act, letter) for who in (clerk, officer, stranger)] == [True, False, False]
    for who in (officer, stranger):
        with pytest.raises(Refused) as refused:
            perform("cases.acknowledge", who, letter)
        assert refused.value.code == "ACT-SCOPE"
    perform("cases.acknowledge", clerk, letter)
    letter.refresh_from_db()
    assert (letter.state, letter.acknowledged_by) == ("acknowledged", clerk.name)
    assert "letter" not in [one.kind for one in todos(clerk)]
    with pytest.raises(Refused) as refused:
        perform("cases.acknowledge", clerk, letter)
    assert refused.value.code == "ACT-STATE"


def test_a_letter_is_withdrawn_by_its_issuer_until_it_was_acknowledged_and_stays_to_be_read(
    client: Client, write: Any, clerk: Actor, clerk_person: Person, officer: Actor, stranger: Actor, world: World
) -> None:
    letter, act = write(), ACTIONS["cases.withdraw_letter"]
    words = letter.title_zh, letter.blocks
    assert [may(who, act, letter) for who in (officer, clerk, stranger)] == [True, False, False]
    with pytest.raises(Refused) as blank:
        perform("cases.withdraw_letter", officer, letter, {"reason": ""})
    assert blank.value.code == "ACT-INPUT"
    perform("cases.withdraw_letter", officer, letter, {"reason": "文号有误，另行发文"})
    letter.refresh_from_db()
    assert (letter.state, letter.withdrawn_by, letter.withdrawn_for) == (
        "withdrawn",
        officer.name,
        "文号有误，另行发文",
    )
    assert (letter.title_zh, letter.blocks) == words
    assert "letter" not in [one.kind for one in todos(clerk)]
    keys = Notice.objects.filter(person=clerk_person).order_by("pk").values_list("key", flat=True)
    assert list(keys) == [f"letter:{letter.pk}", f"withdrawn:{letter.pk}"]
    client.force_login(clerk_person)
    assert "文号有误，另行发文" in client.get(letter.get_absolute_url()).content.decode()
    with pytest.raises(Refused) as gone:
        perform("cases.acknowledge", clerk, letter)
    assert gone.value.code == "ACT-STATE"


def test_a_letter_that_was_read_is_not_withdrawn_and_the_reason_stays_typed(
    client: Client, write: Any, clerk: Actor, officer: Actor, world: World
) -> None:
    letter = write()
    perform("cases.acknowledge", clerk, letter)
    with pytest.raises(Refused) as refused:
        perform("cases.withdraw_letter", officer, letter, {"reason": "文号有误，另行发文"})
    assert refused.value.code == "ACT-STATE"
    client.force_login(person("colleague", ("provincial_officer", world.authority), password=PASSWORD))
    form = reverse("presentation:act", args=["cases.withdraw_letter", letter.pk])
    answer = client.post(form, {"reason": "文号有误，另行发文"})
    assert answer.status_code == 409
    assert "文号有误，另行发文" in answer.content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.withdrawn_at) == ("acknowledged", None)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "你单位申请停运3天"), ("en", "You asked for 3 days")])
def test_a_letter_is_read_as_page_and_files_by_receiver_and_authority_alone(
    client: Client, write: Any, clerk_person: Person, world: World, language: str, words: str
) -> None:
    letter = write()
    client.cookies["django_language"] = language
    client.force_login(clerk_person)
    assert words in client.get(letter.get_absolute_url()).content.decode()
    assert client.get(f"{letter.get_absolute_url()}letter.pdf").content.startswith(b"%PDF")
    assert client.get(f"{letter.get_absolute_url()}letter.docx").content.startswith(b"PK")
    assert client.get(f"{letter.get_absolute_url()}letter.exe").status_code == 404
    client.force_login(person("nosy", ("enterprise_filer", world.other_plant), password=PASSWORD))
    assert client.get(letter.get_absolute_url()).status_code == 404


def test_the_same_letter_is_the_same_bytes(write: Any) -> None:
    told = paper(write())
    assert pdf(told) == pdf(told)
    assert word(told) == word(told)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pdf_holds_the_chinese_fonts_and_no_others(write: Any, language: str) -> None:
    assert fonts(pdf(paper(write()), language)) == {"NotoSerifSC-Regular", "NotoSansSC-Regular"}


def fonts(content: bytes) -> set[str]:
    """Names of the fonts in a PDF, also out of its compressed objects."""
    parts = [content, *(_inflated(raw) for raw in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL))]
    found = {name for part in parts for name in re.findall(rb"/FontName\s*/([^\s/>]+)", part)}
    return {name.decode().partition("+")[2].removesuffix("-Identity-H") for name in found}


def _inflated(raw: bytes) -> bytes:
    try:
        return zlib.decompress(raw)
    except zlib.error:
        return b""


def test_a_word_document_says_the_same_words_and_runs_nothing_of_them() -> None:
    told = Paper(
        Text("题目 <b>{{ title }}</b>", "Title"), (Text("正文 {% raw %}", "Body"), MONTHS), issuer=Text("厅", "Dept")
    )
    book = Document(io.BytesIO(word(told)))
    words = [line.text for line in book.paragraphs if line.text]
    assert words == ["厅", "题目 <b>{{ title }}</b>", "正文 {% raw %}", "表一"]
    assert [[cell.text for cell in row.cells] for row in book.tables[0].rows] == [["月份", "天数"], ["2024-10", "3"]]
