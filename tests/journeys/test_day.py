"""Whole days in the browser: a clerk's month, a director's decision, from home to the end; clicks counted and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.pressing import do
from tests.journeys.province import TASK_LISTS
from tests.journeys.reading import faults_of
from tests.journeys.test_a_month import ANSWER, CHECKED, EXPLAINED, QUESTIONS, STORED, WORDS, _downloaded
from tests.journeys.walk import Walk
from tests.journeys.workbook import fill

DECIDED = {"zh": "已批准", "en": "approved"}
MONTH = "2024-04"
BEFORE = "2099-12-31"  # the deadline of the tasks in `province.py`

pytestmark = pytest.mark.journey


def test_a_clerks_month_takes_four_clicks(visitor: Visitor, language: str, tmp_path: Path) -> None:
    """From home: the month, the workbook that he has filled in, all that is asked answered together, handed in."""
    words, clerk = WORDS[language], visitor(f"clerk_{language}")
    clerk.goto("/filings/")
    clerk.locator("input[name=period]").fill(MONTH)
    clerk.get_by_role("button", name=words["open"], exact=True).click()
    workbook = tmp_path / "april.xlsx"
    fill(_downloaded(clerk, words["template"], tmp_path), workbook, month=MONTH)
    clerk.goto("/")
    walk = Walk(clerk)
    walk.press(clerk.locator("main a[href*='/filings/']", has_text=MONTH).first)
    clerk.locator("input[name=file]").first.set_input_files(workbook)
    walk.press(clerk.get_by_role("button", name=words["upload"]))
    expect(clerk.locator("header.page")).to_contain_text(STORED[language])
    questions = clerk.locator(QUESTIONS)
    asked = questions.count()
    assert asked > 1
    for number in range(asked):
        questions.nth(number).fill(EXPLAINED)
    walk.press(clerk.locator(ANSWER))
    expect(questions).to_have_count(0)
    walk.press(clerk.locator("header.page form[action$='/do/check/'] button"))
    expect(clerk.locator("header.page")).to_contain_text(CHECKED[language])
    walk.ended(f"clerk's month with {asked} questions", 4)


def test_a_directors_decision_stands_first_with_what_it_is_about(visitor: Visitor, language: str) -> None:
    """A deadline that an officer proposes to change: object on home, content, difference and history on one page."""
    officer, director = visitor("officer"), visitor("director")
    officer.goto(f"/policy/?q={TASK_LISTS[language]}")
    officer.locator("main tbody a").first.click()
    officer.locator("ul.tree a").first.click()
    expect(officer.locator("header.page")).to_contain_text(TASK_LISTS[language])
    task, later = officer.url, "2100-06-30"
    do(officer, task, "policy.extend_task", due_on=later, reason="设备到货推迟 / late delivery")
    director.goto("/")
    walk = Walk(director)
    first = director.locator("section.todos").first
    expect(first).to_have_attribute("id", "decide")
    walk.press(first.locator("a", has_text=TASK_LISTS[language]).first)
    main = director.locator("main")
    for words in (TASK_LISTS[language], later, "设备到货推迟"):
        expect(main).to_contain_text(words)
    expect(director.locator("#preview table.changes tr", has_text=later)).to_contain_text(BEFORE)
    faults = faults_of(director, director.url)
    assert not faults, "\n".join(faults)
    walk.press(director.locator("button[value=approve]"))
    expect(main).to_contain_text(DECIDED[language])
    walk.ended("a director's decision", 2)
    officer.goto(task)
    expect(officer.locator("main")).to_contain_text(later)
