"""The database itself keeps the books: balanced, never below the floor, never changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.registry import Refused
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import CLOSED, FROZEN, Account, Balance, Command, Entry, Transfer
from tanzhi.streams.market.ledger.numbers import account_number, check_digits, is_account_number
from tanzhi.streams.market.ledger.posting import post, reversal
from tests.streams.market.conftest import AT, CLERK, DAY, Books


def direct(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def entries(account: Account) -> list[tuple[int, int, int]]:
    return list(
        Entry.objects.filter(account=account).order_by("unit", "seq").values_list("seq", "amount", "balance_after")
    )


def test_a_transfer_becomes_two_entries_with_a_running_balance(books: Books) -> None:
    books.move(books.source, books.plant, 500)
    books.move(books.plant, books.other, 120)
    assert entries(books.plant) == [(1, 500, 500), (2, -120, 380)]
    assert entries(books.other) == [(1, 120, 120)]
    assert entries(books.source) == [(1, -500, -500)]


def test_a_set_is_posted_in_its_order_at_once(books: Books) -> None:
    unit = books.cea.pk
    legs = [
        Leg("test", unit, books.source.pk, books.plant.pk, 10),
        Leg("test", unit, books.plant.pk, books.other.pk, 4),
        Leg("test", unit, books.source.pk, books.plant.pk, 1),
    ]
    post(CLERK, "set", "test", {}, legs)
    assert entries(books.plant) == [(1, 10, 10), (2, -4, 6), (3, 1, 7)]


def test_what_an_account_does_not_hold_cannot_leave_it_and_is_named(books: Books) -> None:
    books.move(books.source, books.plant, 5)
    with pytest.raises(Refused) as refusal:
        books.move(books.plant, books.other, 6)
    assert refusal.value.code == "REG-SHORT"
    assert books.plant.number in refusal.value.findings[0].place
    assert Command.objects.count() == 1


def test_a_set_that_dips_below_zero_midway_is_refused_whole(books: Books) -> None:
    unit = books.cea.pk
    legs = [
        Leg("test", unit, books.plant.pk, books.other.pk, 4),
        Leg("test", unit, books.source.pk, books.plant.pk, 10),
    ]
    with pytest.raises(Refused):
        post(CLERK, "dip", "test", {}, legs)
    assert not Transfer.objects.exists()


def test_the_same_key_posts_once_and_another_content_is_refused(books: Books) -> None:
    first = books.move(books.source, books.plant, 5, key="once")
    assert books.move(books.source, books.plant, 5, key="once") == first
    assert books.held(books.plant) == 5
    with pytest.raises(Refused) as refusal:
        books.move(books.source, books.plant, 6, key="once")
    assert refusal.value.code == "REG-REPEAT"


def test_a_reversal_mirrors_the_original_and_is_made_once(books: Books) -> None:
    issued = books.move(books.source, books.plant, 5)
    post(CLERK, "back", "reverse", {"of": issued.pk}, reversal(issued))
    assert books.held(books.plant) == 0
    with pytest.raises(Refused):
        post(CLERK, "again", "reverse", {"of": issued.pk}, reversal(issued))


def test_a_reversal_of_another_amount_is_refused(books: Books) -> None:
    issued = books.move(books.source, books.plant, 5)
    original = Transfer.objects.get(command=issued)
    with pytest.raises(Refused) as refusal:
        books.move(books.plant, books.source, 4, reverses=original.pk)
    assert refusal.value.code == "REG-MIRROR"


@pytest.mark.parametrize("state", [FROZEN, CLOSED])
def test_nothing_leaves_an_account_that_is_not_open(books: Books, state: str) -> None:
    books.move(books.source, books.plant, 5)
    Account.objects.filter(pk=books.plant.pk).update(state=state)
    with pytest.raises(Refused) as refusal:
        books.move(books.plant, books.other, 1)
    assert refusal.value.code == "REG-CLOSED"


def test_serial_numbers_leave_in_order_and_split(books: Books) -> None:
    books.move(books.source, books.plant, 100, books.ccer, first=1001)
    books.move(books.plant, books.other, 30, books.ccer)
    open_blocks = books.ccer.blocks.filter(until=None).values_list("account", "first", "last")
    assert set(open_blocks) == {(books.other.pk, 1001, 1030), (books.plant.pk, 1031, 1100)}


def test_serial_numbers_never_overlap(books: Books) -> None:
    books.move(books.source, books.plant, 100, books.ccer, first=1001)
    with pytest.raises(Refused, match="REG-BLOCK"):
        books.move(books.source, books.other, 10, books.ccer, first=1100)
    assert Command.objects.count() == Transfer.objects.count() == 1  # no transfer without its numbers
    assert books.held(books.other, books.ccer) == 0


def test_hundreds_of_blocks_move_with_hardly_more_queries_than_ten(books: Books) -> None:
    queries = []
    for count, base in ((10, 1), (300, 10_001)):
        for n in range(count):  # every second number, so that no two blocks lie beside each other
            books.move(books.source, books.plant, 1, books.ccer, first=base + 2 * n)
        with CaptureQueriesContext(connection) as captured:
            books.move(books.plant, books.other, count, books.ccer)
        queries.append(len(captured))
    assert books.ccer.blocks.filter(until=None, account=books.other).count() == 310
    assert queries[1] <= queries[0] + 4  # a statement for some hundred rows, not one for each


def test_numbers_that_change_hands_twice_in_one_command_are_known_at_both(books: Books) -> None:
    unit = books.ccer.pk
    legs = [
        Leg("test", unit, books.source.pk, books.plant.pk, 10, first=1),
        Leg("test", unit, books.plant.pk, books.other.pk, 4),
        Leg("test", unit, books.other.pk, books.source.pk, 1),
    ]
    post(CLERK, "chain", "test", {}, legs)
    held = books.ccer.blocks.filter(until=None).values_list("account", "first", "last")
    assert set(held) == {(books.plant.pk, 5, 10), (books.other.pk, 2, 4), (books.source.pk, 1, 1)}
    past = books.ccer.blocks.exclude(until=None).values_list("account", "first", "last")
    assert set(past) == {(books.plant.pk, 1, 10), (books.other.pk, 1, 4)}


# --- direct SQL ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_entry SET amount = amount + 1, balance_after = balance_after + 1",
        "DELETE FROM registry_entry",
        "UPDATE registry_transfer SET amount = amount + 1",
        "DELETE FROM registry_transfer",
        "UPDATE registry_command SET payload = '{}'",
        "DELETE FROM registry_command",
        "UPDATE registry_balance SET amount = amount + 1",
        "UPDATE registry_balance SET amount = amount + 1, seq = seq + 1",
        "UPDATE registry_balance SET floor = NULL",
        "DELETE FROM registry_balance",
        "UPDATE registry_account SET floor = NULL",
        "DELETE FROM registry_account",
    ],
)
def test_no_statement_changes_the_books(books: Books, sql: str) -> None:
    books.move(books.source, books.plant, 5)
    with pytest.raises(DatabaseError, match="REG-"):
        direct(sql)
    assert books.held(books.plant) == 5


def test_an_entry_without_its_other_leg_is_refused(books: Books) -> None:
    books.move(books.source, books.plant, 5)
    transfer = Transfer.objects.get()
    columns = "account_id, unit_id, seq, transfer_id, amount, balance_after, floor"
    with pytest.raises(DatabaseError, match="REG-UNPOSTED"):
        direct(
            f"INSERT INTO registry_entry ({columns}) VALUES (%s, %s, 2, %s, 7, 12, 0)",
            books.plant.pk, books.cea.pk, transfer.pk,
        )  # fmt: skip


def test_a_balance_out_of_nothing_is_refused(books: Books) -> None:
    columns = "account_id, unit_id, amount, seq, last_transfer"
    with pytest.raises(DatabaseError, match="REG-UNPOSTED"):
        direct(
            f"INSERT INTO registry_balance ({columns}) VALUES (%s, %s, 9, 1, 1)",
            books.plant.pk, books.cea.pk,
        )  # fmt: skip


@pytest.mark.parametrize(("amount", "refusal"), [(6, "above_floor"), (-1, "transfer_of_something")])
def test_a_transfer_of_too_much_or_less_than_nothing_is_refused(books: Books, amount: int, refusal: str) -> None:
    issued = books.move(books.source, books.plant, 5)
    columns = "command_id, kind, unit_id, debit_id, credit_id, amount, business_date, posted_at"
    with pytest.raises(DatabaseError, match=refusal):
        direct(
            f"INSERT INTO registry_transfer ({columns}) VALUES (%s, 'x', %s, %s, %s, %s, %s, %s)",
            issued.pk, books.cea.pk, books.plant.pk, books.other.pk, amount, DAY, AT,
        )  # fmt: skip
    assert books.held(books.plant) == 5


def test_a_transfer_written_directly_is_posted_whole(books: Books) -> None:
    issued = books.move(books.source, books.plant, 5)
    columns = "command_id, kind, unit_id, debit_id, credit_id, amount, business_date, posted_at"
    direct(
        f"INSERT INTO registry_transfer ({columns}) VALUES (%s, 'x', %s, %s, %s, %s, %s, %s)",
        issued.pk, books.cea.pk, books.plant.pk, books.other.pk, 2, DAY, AT,
    )  # fmt: skip
    assert (books.held(books.plant), books.held(books.other)) == (3, 2)
    assert sum(Balance.objects.values_list("amount", flat=True)) == 0


# --- numbers ------------------------------------------------------------------------------------------


def test_check_digits_are_those_of_mod_97() -> None:
    assert check_digits("62100000012") == 98 - 6210000001200 % 97
    assert account_number("620000", 100, 12) == f"62-100-000012-{check_digits('62100000012'):02d}"


def test_a_slip_of_the_pen_is_no_account_number() -> None:
    number = account_number("620000", 100, 12)
    assert is_account_number(number)
    assert not is_account_number(number.replace("000012", "000021"))
    assert not is_account_number("62-100-12-47")
