"""What takes long at a deadline is done before anything is locked: reading, evaluating, writing a file to disk."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import PREPARATIONS, Refused
from tanzhi.actions.table import ACTIONS
from tanzhi.filings.deposits import examination
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months import status, uploads
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import form_of, standing_of
from tanzhi.organisations.people.roles import actor_of
from tanzhi.rulebook.kernel import Finding
from tests import factories
from tests.factories import World
from tests.filings.deposits.test_work import MONTH, RECORD, answered, filing, saved, uploaded

__all__ = ["filing"]

WORDS = "已核对原始记录"

Acts = dict[str, Callable[[], Any]]


def forget() -> None:
    """As in a process that has not seen the month yet."""
    status.node_of_record.cache_clear()
    status.EXAMINED.clear()


def said_to(*questions: Finding) -> dict[str, Any]:
    return {"answers": [{"code": one.code, "where": one.place, "text": WORDS} for one in questions]}


@pytest.fixture
def acts(clerk: Actor, approver: Actor, filing: Filing) -> Acts:
    """A month's acts in their order, each under its name."""
    book = template(form_of(filing), Prefill(filing.organisation.code, filing.period, RECORD))

    def answer() -> None:
        question = standing_of(filing).unanswered[0]
        forget()
        perform("filings.answer", clerk, filing, said_to(question))

    def check() -> None:
        answered(clerk, filing)
        forget()
        perform("filings.check", clerk, filing)

    return {
        "filings.upload": lambda: perform("filings.upload", clerk, filing, uploaded(book)),
        "filings.answer": answer,
        "filings.check": check,
        "filings.deposit": lambda: perform("filings.deposit", approver, filing),
    }


@pytest.fixture
def depths(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """In how many transactions each slow step was taken, beside the test's own."""
    noted: list[int] = []

    def noting(module: Any, name: str) -> None:
        step = getattr(module, name)
        outside = len(connection.savepoint_ids)

        def instead(*given_to: Any, **options: Any) -> Any:
            noted.append(len(connection.savepoint_ids) - outside)
            return step(*given_to, **options)

        monkeypatch.setattr(module, name, instead)

    noting(status, "evaluate")
    noting(uploads, "read_file")
    noting(uploads, "write_content")
    return noted


def test_no_act_of_a_month_reads_evaluates_or_writes_a_file_under_the_lock(acts: Acts, depths: list[int]) -> None:
    assert set(acts) == {name for name, action in ACTIONS.items() if name.startswith("filings.") and action.prepare}
    for name, act in acts.items():
        forget()
        depths.clear()
        act()
        assert depths, f"{name} does nothing slow: it needs no preparation"
        assert set(depths) == {0}, name


def interrupted(monkeypatch: pytest.MonkeyPatch, name: str, meanwhile: Callable[[], Any], times: int = 1) -> list[int]:
    """Somebody else acts between the examination and the lock, so many times; grows by one an examination."""
    examined: list[int] = []
    prepare = ACTIONS[name].prepare
    assert prepare is not None

    def and_then(data: Any, record: Any) -> Any:
        examination = prepare(data, record)
        examined.append(1)
        if len(examined) <= times:
            meanwhile()
        return examination

    monkeypatch.setitem(ACTIONS, name, replace(ACTIONS[name], prepare=and_then))
    return examined


FUELLED = {"units": [{"unit": "1", "months": [{**MONTH, "fuels": [{"fuel": "diesel", "fuel_consumption": "90.00"}]}]}]}
BLANK = {"units": [{"unit": "1", "months": [{"month": "2023-06", "generation": "1.000"}]}]}


def test_a_version_that_came_meanwhile_is_examined_anew(
    clerk: Actor, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(clerk, saved(clerk, filing))
    examined = interrupted(monkeypatch, "filings.check", lambda: saved(clerk, filing, BLANK))
    with pytest.raises(Refused, match="FIL-FINDINGS"):
        perform("filings.check", clerk, filing)
    assert len(examined) == 1, "the second examination refuses, so that it does not return"
    filing.refresh_from_db()
    assert filing.state == "draft"


def test_an_answer_to_values_that_came_meanwhile_is_for_these(
    clerk: Actor, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = standing_of(saved(clerk, filing)).unanswered[0]
    data = said_to(question)
    examined = interrupted(monkeypatch, "filings.answer", lambda: saved(clerk, filing, FUELLED))
    perform("filings.answer", clerk, filing, data)
    assert len(examined) == 2
    assert (question.code, question.place) not in {(q.code, q.place) for q in standing_of(filing).unanswered}


def test_values_that_never_rest_are_refused_and_nothing_is_kept(
    clerk: Actor, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(clerk, saved(clerk, filing))
    other = iter([FUELLED, RECORD] * PREPARATIONS)

    def changed() -> None:
        answered(clerk, saved(clerk, filing, next(other)))

    examined = interrupted(monkeypatch, "filings.check", changed, times=PREPARATIONS)
    with pytest.raises(Refused, match="FIL-VERSION") as refused:
        perform("filings.check", clerk, filing)
    assert (len(examined), refused.value.status) == (PREPARATIONS, 409)
    filing.refresh_from_db()
    assert filing.state == "draft"


def test_the_same_question_is_answered_once_though_two_people_answer_it_together(
    clerk: Actor, approver: Actor, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = standing_of(saved(clerk, filing)).unanswered[0]
    data = said_to(question)
    interrupted(monkeypatch, "filings.answer", lambda: perform("filings.answer", approver, filing, data))
    with pytest.raises(Refused, match="FIL-QUESTION"):
        perform("filings.answer", clerk, filing, data)
    assert filing.answers.filter(code=question.code, where=question.place).count() == 1


def test_a_repeated_call_gets_the_first_ones_outcome_though_its_work_is_done(
    clerk: Actor, approver: Actor, filing: Filing
) -> None:
    question = standing_of(saved(clerk, filing)).unanswered[0]
    answer = said_to(question)

    def twice(name: str, actor: Actor, data: Any = None) -> None:
        first, again = (perform(name, actor, filing, data, idempotency_key=f"k {name}") for _ in range(2))
        assert again.entry == first.entry, name

    twice("filings.answer", clerk, answer)
    answered(clerk, filing)
    twice("filings.check", clerk)
    twice("filings.deposit", approver)
    with pytest.raises(Refused, match="ACT-STATE"):
        perform("filings.check", clerk, filing, idempotency_key="another")


@pytest.fixture
def others_filing(world: World) -> Callable[[], Any]:
    """Somebody of another plant saves a month of his own."""
    stranger = actor_of(factories.person("their_clerk", ("enterprise_filer", world.other_plant)))
    data = {"form_code": "power.month", "organisation_id": world.other_plant.pk, "period": "2023-06"}
    theirs = perform("filings.open", stranger, data=data).result
    return lambda: saved(stranger, theirs, BLANK)


def examinations(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    examined: list[Any] = []
    examine = examination.standing_of

    def noting(filing: Filing, version: Any = None) -> Any:
        examined.append(version)
        return examine(filing, version)

    monkeypatch.setattr(examination, "standing_of", noting)
    return examined


@pytest.mark.parametrize("key", [None, "once"])
def test_a_deposit_is_examined_once_where_one_writes_at_a_time_and_only_others_filed_meanwhile(
    clerk: Actor,
    approver: Actor,
    filing: Filing,
    others_filing: Callable[[], Any],
    monkeypatch: pytest.MonkeyPatch,
    key: str | None,
) -> None:
    answered(clerk, saved(clerk, filing))
    perform("filings.check", clerk, filing)
    interrupted(monkeypatch, "filings.deposit", others_filing)
    examined = examinations(monkeypatch)
    perform("filings.deposit", approver, filing, idempotency_key=key)
    assert len(examined) == (1 if connection.vendor == "sqlite" else 2)


def test_a_deposit_is_examined_again_under_the_lock_where_the_register_changed_meanwhile(
    clerk: Actor, approver: Actor, world: World, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second unit is registered, of which the month says nothing."""
    answered(clerk, saved(clerk, filing))
    perform("filings.check", clerk, filing)
    interrupted(monkeypatch, "filings.deposit", lambda: factories.unit(world.facility, "2"))
    examined = examinations(monkeypatch)
    with pytest.raises(Refused, match="FIL-FINDINGS") as refused:
        perform("filings.deposit", approver, filing)
    assert len(examined) == 2
    assert "CMP-UNIT" in {finding.code for finding in refused.value.findings}
    filing.refresh_from_db()
    assert filing.state == "checked"
