"""The checker names whatever does not agree, on a path of its own; it can block an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tanzhi.actions.jobs import run, start
from tanzhi.actions.models import Job
from tanzhi.actions.registry import Actor, perform
from tanzhi.streams.market.ledger.check import check
from tanzhi.streams.market.ledger.check_work import JOB, MOST_CHECKS_A_DAY, blocked, check_if_due
from tanzhi.streams.market.ledger.guards import postgresql, sqlite
from tanzhi.streams.market.ledger.model import Account, Hold, Transfer
from tests.streams.market import market
from tests.streams.market.conftest import AT, DAY, Books

Tamper = Callable[..., None]


@pytest.fixture
def tamper(books: Books) -> Tamper:
    """As whoever owns the database could: without the triggers."""
    books.move(books.source, books.plant, 100)
    books.move(books.plant, books.other, 30)
    books.move(books.source, books.plant, 50, books.ccer, first=1)

    def change(sql: str, *values: object) -> None:
        with connection.cursor() as cursor:
            for name, table in _triggers():
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
            cursor.execute(sql, values)

    return change


def _triggers() -> list[tuple[str, str]]:
    build = postgresql if connection.vendor == "postgresql" else sqlite
    found = []
    for statement in build.statements():
        words = statement.split()
        if words[:2] == ["CREATE", "TRIGGER"]:
            found.append((words[2], words[words.index("ON") + 1]))
    return found


def codes() -> set[str]:
    return {fault.code for fault in check().faults}


def test_every_invariant_is_checked_also_those_of_allocation_and_surrender(tamper: Tamper) -> None:
    """The numbers of the reference sheet on ledgers, 3.7."""
    ledger = {"I-1", "I-2", "I-2b", "I-3", "I-3b", "I-4/5", "I-6", "I-7b", "I-8", "I-9", "I-9b", "I-10", "I-11", "I-20"}
    report = check()
    assert len(report.checked) == len(set(report.checked))
    assert set(report.checked) == ledger | {"I-17", "I-21"} | {"I-7", "I-16", "I-16b"}


def test_sound_books_agree(tamper: Tamper) -> None:
    report = check()
    assert report.agrees
    assert (report.entries, report.transfers) == (6, 3)
    assert {"I-1", "I-2", "I-4/5", "I-9", "I-17", "I-21"} <= set(report.checked)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE registry_entry SET amount = amount + 1 WHERE amount = 30", "I-1"),
        ("UPDATE registry_transfer SET amount = 31 WHERE amount = 30", "I-2"),
        ("DELETE FROM registry_entry WHERE amount = 30", "I-2"),
        ("UPDATE registry_entry SET transfer_id = 999999 WHERE amount = 30", "I-2b"),
        ("UPDATE registry_balance SET amount = amount + 1 WHERE amount = 30", "I-3"),
        ("DELETE FROM registry_balance WHERE amount = 30", "I-3b"),
        ("UPDATE registry_entry SET balance_after = 71 WHERE balance_after = 70", "I-4/5"),
        ("UPDATE registry_entry SET seq = 5 WHERE balance_after = 70", "I-4/5"),
        ("UPDATE registry_command SET kind = 'issue', approver = NULL", "I-8"),
        ("UPDATE registry_command SET payload = '{}'", "I-17"),
        ("UPDATE registry_serialblock SET last = 49", "I-9"),
    ],
)
def test_an_alteration_is_named(tamper: Tamper, sql: str, code: str) -> None:
    tamper(sql)
    assert code in codes()


def test_a_hold_that_is_not_there_is_named(tamper: Tamper, books: Books, officer: Actor) -> None:
    perform("registry.freeze", officer, books.plant, {"unit": "CEA21", "tonnes": 20, "reason": "court order"})
    assert check(["I-11"]).agrees
    Hold.objects.update(amount=19)
    [fault] = check(["I-11"]).faults
    assert "CEA21" in fault.place


def test_time_that_goes_back_is_named(tamper: Tamper, books: Books) -> None:
    late = Transfer.objects.order_by("pk").first()
    assert late is not None
    tamper("UPDATE registry_transfer SET posted_at = %s WHERE id = %s", AT + timedelta(days=3), late.pk)
    assert "I-20" in codes()


def test_a_debit_from_a_restricted_account_is_named(tamper: Tamper, books: Books, officer: Actor) -> None:
    with market.at(2023, 6, 1):
        perform("registry.restrict", officer, books.plant, {"reason": "arrears"})
    command = Transfer.objects.latest("pk").command_id
    tamper(
        "INSERT INTO registry_transfer "
        "(command_id, kind, unit_id, debit_id, credit_id, amount, business_date, posted_at) "
        "VALUES (%s, 'x', %s, %s, %s, 1, %s, %s)",
        command, books.cea.pk, books.plant.pk, books.other.pk, DAY, AT + timedelta(days=40),
    )  # fmt: skip
    assert "I-21" in codes()


def test_the_accounts_named_are_blocked(tamper: Tamper, books: Books) -> None:
    tamper("UPDATE registry_balance SET amount = amount + 1 WHERE amount = 30")
    assert blocked(check()) == [books.other.number]
    other = Account.objects.get(pk=books.other.pk)
    assert other.state == "blocked"
    assert "I-3" in other.reason


def test_the_job_keeps_what_it_found(tamper: Tamper, officer: Actor) -> None:
    row = start(JOB, officer)
    run(row.pk)
    row.refresh_from_db()
    assert row.state == Job.DONE
    assert row.result is not None
    assert row.result["agrees"] is True


def test_the_worker_asks_for_it_once_a_day(books: Books) -> None:
    assert check_if_due(timezone.localdate())
    assert not check_if_due(timezone.localdate())


@pytest.mark.parametrize(("state", "again"), [("queued", False), ("running", False), ("done", False), ("failed", True)])
def test_a_check_that_failed_does_not_count_as_the_days(books: Books, state: str, again: bool) -> None:
    today = timezone.localdate()
    assert check_if_due(today)
    Job.objects.filter(kind=JOB).update(state=state)
    assert check_if_due(today) is again


def test_a_check_that_fails_each_time_is_not_begun_without_end(books: Books) -> None:
    today = timezone.localdate()
    while check_if_due(today):
        Job.objects.filter(kind=JOB).update(state=Job.FAILED)
    assert Job.objects.filter(kind=JOB).count() == MOST_CHECKS_A_DAY
