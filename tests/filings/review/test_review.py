"""A month is read over three levels: returned with remarks to its cells, answered, deposited again, passed."""

from __future__ import annotations

import base64
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.filings.months import locks
from tanzhi.filings.months.model import Filing, Remark, Result
from tanzhi.filings.review.pages import remark_rows
from tanzhi.organisations.people.model import Person
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.todos.todo import todos
from tests.filings.deposits.test_work import MONTH, answered, deposited, saved

FUEL = "units[1].months[2023-06].fuels[diesel]"
CELL = {"where": FUEL, "field": "fuel_consumption", "text": "与入炉台账不符"}
RETURN = {"remark": "请核对柴油消耗量", "cells": [CELL]}
MENDED = {"units": [{"unit": "1", "months": [MONTH | {"fuels": [{"fuel": "diesel", "fuel_consumption": "87.20"}]}]}]}
WITHOUT = {"units": [{"unit": "1", "months": [MONTH | {"fuels": []}]}]}
# Friday; five working days of a week without holidays end on the next Friday.
FRIDAY = datetime(2023, 8, 4, 4, tzinfo=UTC)


@pytest.fixture
def filing(clerk: Actor, plant: Any) -> Filing:
    data = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    return perform("filings.open", clerk, data=data).result


@pytest.fixture
def standing(clerk: Actor, approver: Actor, filing: Filing) -> Filing:
    deposited(clerk, approver, filing)
    filing.refresh_from_db()
    return filing


def checked(clerk: Actor, filing: Filing) -> Filing:
    answered(clerk, filing)
    return perform("filings.check", clerk, filing).result


def reply(clerk: Actor, filing: Filing) -> None:
    for remark in filing.remarks.filter(answers=None):
        perform("filings.answer_remark", clerk, filing, {"remark": remark.pk, "text": "已按台账更正"})


def state(filing: Filing) -> str:
    filing.refresh_from_db()
    return filing.state


def test_the_approver_returns_what_was_checked_to_the_clerk(clerk: Actor, approver: Actor, filing: Filing) -> None:
    saved(clerk, filing)
    checked(clerk, filing)
    perform("filings.return_to_clerk", approver, filing, RETURN)
    assert state(filing) == "draft"
    assert [(row.level, row.where, row.text) for row in filing.remarks.all()] == [
        ("plant", "", "请核对柴油消耗量"),
        ("plant", FUEL, "与入炉台账不符"),
    ]
    with pytest.raises(Refused, match="FIL-REMARKS"):
        checked(clerk, filing)
    saved(clerk, filing, MENDED)
    reply(clerk, filing)
    checked(clerk, filing)
    assert state(filing) == "checked"


@pytest.mark.parametrize(("who", "level"), [("city_officer", "city"), ("officer", "province")])
def test_an_authority_returns_a_deposited_month_and_it_comes_back_amended(
    request: pytest.FixtureRequest, clerk: Actor, approver: Actor, standing: Filing, who: str, level: str
) -> None:
    authority = request.getfixturevalue(who)
    with clock.at(FRIDAY):
        perform("filings.return_month", authority, standing, RETURN)
        assert (state(standing), standing.returned_by) == ("returned", level)
        (due,) = Clock.objects.filter(case=standing.reference, state=Clock.RUNNING)
        assert (due.limit, due.due_on) == ("amend", date(2023, 8, 11))
        (asked,) = [todo for todo in todos(clerk) if todo.subject == standing.reference]
        assert (asked.due, asked.title.zh[:8]) == (date(2023, 8, 11), "按退回意见修改 "[:8])
        assert standing.deposited_version.number == 1  # what is deposited stands meanwhile
        saved(clerk, standing, MENDED)
        assert state(standing) == "returned"
        reply(clerk, standing)
        checked(clerk, standing)
        perform("filings.deposit", approver, standing)
    assert (state(standing), standing.returned_by, standing.deposited_version.number) == ("deposited", "", 2)
    assert not Clock.objects.filter(case=standing.reference, state=Clock.RUNNING).exists()


def test_what_was_right_is_deposited_again_unchanged_with_its_answers(
    clerk: Actor, approver: Actor, officer: Actor, standing: Filing
) -> None:
    before = Result.objects.filter(filing=standing).count()
    perform("filings.return_month", officer, standing, RETURN)
    reply(clerk, standing)
    checked(clerk, standing)
    perform("filings.deposit", approver, standing)
    assert (state(standing), standing.deposited_version.number) == ("deposited", 1)
    assert Result.objects.filter(filing=standing).count() == before > 0


def test_a_return_is_not_withdrawn_by_whoever_it_was_returned_to(
    clerk: Actor, officer: Actor, standing: Filing
) -> None:
    perform("filings.return_month", officer, standing, RETURN)
    reply(clerk, standing)
    checked(clerk, standing)
    with pytest.raises(Refused, match="FIL-NO-CORRECTION"):
        perform("filings.withdraw_correction", clerk, standing)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ([CELL | {"where": "units[9]"}], "FIL-CELL"),
        ([CELL | {"field": "no_such_field"}], "FIL-CELL"),
        ([CELL | {"text": ""}], "ACT-INPUT"),
    ],
)
def test_a_remark_is_pinned_to_a_cell_that_the_version_has(
    officer: Actor, standing: Filing, cells: list[dict[str, str]], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        perform("filings.return_month", officer, standing, {"remark": "请核对柴油消耗量", "cells": cells})
    assert (state(standing), Remark.objects.count()) == ("deposited", 0)


def test_a_return_needs_words(officer: Actor, standing: Filing) -> None:
    for remark in ("", "好"):
        with pytest.raises(Refused, match="ACT-INPUT"):
            perform("filings.return_month", officer, standing, {"remark": remark})


def test_what_verification_rests_on_is_not_returned(
    officer: Actor, standing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LOCKS", [lambda _filing: Text("核查中", "under verification")])
    with pytest.raises(Refused, match="FIL-LOCKED"):
        perform("filings.return_month", officer, standing, RETURN)


@pytest.mark.parametrize(
    ("who", "code"),
    [("clerk", "ACT-ROLE"), ("verifier", "ACT-ROLE"), ("other_officer", "ACT-SCOPE"), ("stranger", "ACT-ROLE")],
)
def test_nobody_else_returns_or_passes_a_month(
    request: pytest.FixtureRequest, standing: Filing, who: str, code: str
) -> None:
    actor = request.getfixturevalue(who)
    for act, data in (("filings.return_month", RETURN), ("filings.pass_month", {})):
        with pytest.raises(Refused, match=r"ACT-(ROLE|SCOPE)") as refused:
            perform(act, actor, standing, data)
        assert refused.value.code in (code, "ACT-SCOPE")


def test_the_city_passes_before_the_province_and_neither_twice(
    city_officer: Actor, officer: Actor, standing: Filing
) -> None:
    perform("filings.pass_month", city_officer, standing)
    with pytest.raises(Refused, match="FIL-REVIEWED"):
        perform("filings.pass_month", city_officer, standing)
    perform("filings.pass_month", officer, standing)
    standing.refresh_from_db()
    assert (standing.state, standing.reviewed_by) == ("deposited", "province")
    with pytest.raises(Refused, match="FIL-REVIEWED"):
        perform("filings.pass_month", city_officer, standing)
    perform("filings.return_month", officer, standing, RETURN)
    standing.refresh_from_db()
    assert standing.reviewed_by == ""


def test_a_remark_whose_cell_is_gone_says_so(clerk: Actor, officer: Actor, standing: Filing) -> None:
    perform("filings.return_month", officer, standing, RETURN)
    assert [row.gone for row in remark_rows(standing)] == [None, None]
    saved(clerk, standing, WITHOUT)
    at_the_cell, at_the_month = remark_rows(standing)
    assert at_the_cell.gone is not None
    assert (at_the_cell.gone.code, at_the_cell.gone.field, at_the_cell.anchor) == (
        "FIL-GONE",
        "fuel_consumption",
        "",
    )
    assert "第 2 版" in at_the_cell.gone.message.zh
    assert at_the_month.gone is None


def test_remarks_and_answers_are_kept_as_they_were_written(clerk: Actor, officer: Actor, standing: Filing) -> None:
    perform("filings.return_month", officer, standing, RETURN)
    reply(clerk, standing)
    for change in (
        lambda: Remark.objects.update(text="x"),
        lambda: standing.remark_answers.update(text="x"),
        lambda: Remark.objects.last().answers.first().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# --- pages --------------------------------------------------------------------------------------


def sign_in(client: Any, actor: Actor) -> Any:
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(filing: Filing, name: str, **more: Any) -> str:
    return reverse(f"filings:{name}", kwargs={"pk": filing.pk, **more})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_takes_a_remark_to_a_cell_keeps_typed_words_and_returns_the_month(
    client: Any, officer: Actor, standing: Filing, language: str
) -> None:
    browser, address = sign_in(client, officer), page(standing, "review")
    browser.cookies["django_language"] = language
    assert address in browser.get(page(standing, "filing")).content.decode()
    assert f"{FUEL}|fuel_consumption" in browser.get(address).content.decode()
    sent = {"remark": "请核对柴油消耗量", "add": f"{FUEL}|fuel_consumption"}
    typed = browser.post(address, sent).content.decode()
    assert "请核对柴油消耗量" in typed
    line = {"where-0": FUEL, "field-0": "fuel_consumption", "text-0": "与台账不符"}
    refused = browser.post(address, {"remark": "", "decision": "return"} | line)
    assert (refused.status_code, "与台账不符" in refused.content.decode()) == (422, True)
    dropped = browser.post(address, {"remark": "请核对", "drop": "0"} | line).content.decode()
    assert "与台账不符" not in dropped
    assert browser.post(address, {"remark": "请核对柴油消耗量", "decision": "return"} | line).status_code == 302
    assert state(standing) == "returned"
    assert [row.text for row in standing.remarks.all()] == ["请核对柴油消耗量", "与台账不符"]


def test_the_plant_answers_on_its_page_and_the_city_passes_on_its_own(
    client: Any, clerk: Actor, approver: Actor, city_officer: Actor, standing: Filing
) -> None:
    perform("filings.return_month", city_officer, standing, RETURN)
    browser = sign_in(client, clerk)
    shown = browser.get(page(standing, "filing")).content.decode()
    assert "与入炉台账不符" in shown
    for remark in standing.remarks.all():
        answer = page(standing, "answer_remark", remark=remark.pk)
        assert answer in shown
        browser.post(answer, {"text": "已按台账更正"})
    assert "已按台账更正" in browser.get(page(standing, "filing")).content.decode()
    checked(clerk, standing)
    perform("filings.deposit", approver, standing)
    sign_in(client, city_officer).post(page(standing, "review"), {"decision": "pass"})
    standing.refresh_from_db()
    assert standing.reviewed_by == "city"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_grid_marks_the_cells_of_remarks_and_leads_to_them_and_back(
    client: Any, clerk: Actor, officer: Actor, standing: Filing, language: str
) -> None:
    perform("filings.return_month", officer, standing, RETURN)
    at_cell = standing.remarks.get(field="fuel_consumption")
    browser = sign_in(client, clerk)
    browser.cookies["django_language"] = language
    anchor = "units-1.months-2023-06.fuels-diesel.fuel_consumption"
    to_answer, answered_words = (
        ("意见未答复", "意见已答复") if language == "zh-hans" else ("remark to answer", "remark answered")
    )

    def cell() -> str:
        html = browser.get(page(standing, "filing")).content.decode()
        assert html.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}"' in html.split(f'id="remark-{at_cell.pk}"')[1]
        return html.split(f'id="{anchor}"')[1].split("</td>")[0]

    open_one = cell()
    assert f'href="#remark-{at_cell.pk}"' in open_one
    assert to_answer in open_one
    # The input says it too: whoever hears the page learns of the remark in the cell.
    described = re.search(r'aria-describedby="([^"]+)"', open_one)
    assert described is not None
    assert f'id="{described[1]}"' in open_one
    perform("filings.answer_remark", clerk, standing, {"remark": at_cell.pk, "text": "已按台账更正"})
    assert answered_words in cell()


def test_an_answer_that_comes_too_late_keeps_its_words(client: Any, clerk: Actor, standing: Filing) -> None:
    """Two at once: the month is deposited already when the second sends an answer."""
    sent = client_answer(sign_in(client, clerk), standing)
    assert sent.status_code == 409
    html = sent.content.decode()
    assert "已按六月台账逐笔核对" in html
    assert "ACT-STATE" in html
    assert not standing.remark_answers.exists()


def client_answer(browser: Any, standing: Filing) -> Any:
    words = {"remark": "请核对柴油消耗量"}
    remark = Remark.objects.create(
        filing=standing, version=standing.deposited_version, level="city", text=words["remark"],
        person_id=1, person_name="甲", at=FRIDAY,
    )  # fmt: skip
    return browser.post(page(standing, "answer_remark", remark=remark.pk), {"text": "已按六月台账逐笔核对"})


def test_whoever_may_neither_return_nor_pass_has_no_such_page(client: Any, clerk: Actor, standing: Filing) -> None:
    browser = sign_in(client, clerk)
    assert browser.get(page(standing, "review")).status_code == 404
    assert page(standing, "review") not in browser.get(page(standing, "filing")).content.decode()


def test_versions_open_and_two_are_compared_cell_by_cell(
    client: Any, clerk: Actor, officer: Actor, stranger: Actor, standing: Filing
) -> None:
    perform("filings.return_month", officer, standing, RETURN)
    saved(clerk, standing, MENDED)
    browser = sign_in(client, officer)
    first = browser.get(page(standing, "version", number=1)).content.decode()
    assert 'id="units-1.months-2023-06.fuels-diesel.fuel_consumption"' in first
    assert "86.20" in first
    assert "与入炉台账不符" in first
    differing = browser.get(page(standing, "compare")).content.decode()
    assert "第 1 版与第 2 版相差 1 处" in differing
    assert "86.20" in differing
    assert "87.20" in differing
    assert "内容相同" in browser.get(page(standing, "compare") + "?before=1&after=1").content.decode()
    assert browser.get(page(standing, "version", number=9)).status_code == 404
    outside = sign_in(client, stranger)
    for address in (page(standing, "version", number=1), page(standing, "compare"), page(standing, "review")):
        assert outside.get(address).status_code == 404


def test_an_evidence_file_opens_for_whoever_sees_the_filing_and_for_nobody_else(
    client: Any, clerk: Actor, city_officer: Actor, verifier: Actor, stranger: Actor, filing: Filing
) -> None:
    content = b"%PDF-1.7 meter log"
    data = {"content": base64.b64encode(content).decode(), "name": "计量记录.pdf", "kind": "计量记录"}
    perform("filings.attach", clerk, filing, data)
    (file,) = filing.evidence_files.all()
    address = page(filing, "evidence", file=file.pk)
    for actor in (clerk, city_officer):
        browser = sign_in(client, actor)
        assert address in browser.get(page(filing, "filing")).content.decode()
        answer = browser.get(address)
        assert b"".join(answer.streaming_content) == content
        assert "attachment" in answer["Content-Disposition"]
    for actor in (stranger, verifier):
        assert sign_in(client, actor).get(address).status_code == 404
    assert sign_in(client, clerk).get(page(filing, "evidence", file=file.pk + 1)).status_code == 404
