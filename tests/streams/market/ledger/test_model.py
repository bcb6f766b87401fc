"""Random operations against a small model in a dictionary: the ledger does what it does, and refuses the rest."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tanzhi.actions.registry import Refused
from tanzhi.streams.market.ledger.check import check
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import Account, Balance, Command, SerialBlock
from tanzhi.streams.market.ledger.posting import post, reversal
from tests.streams.market.conftest import CLERK, Books

NAMES = ("source", "market", "plant", "other")
ENDLESS = {"source", "market"}
SPENDER = st.sampled_from(("plant", "other"))
TONNES = st.integers(1, 40)


class Model:
    """What the ledger should hold."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], int] = defaultdict(int)

    def post(self, legs: list[tuple[str, str, str, int]]) -> bool:
        """Do all legs, or none where one would take an account below nothing."""
        after = self.held.copy()
        for debit, credit, unit, amount in legs:
            after[debit, unit] -= amount
            after[credit, unit] += amount
            if debit not in ENDLESS and after[debit, unit] < 0:
                return False
        self.held = after
        return True


class Ledger(RuleBasedStateMachine):
    """The books of a test; each run is rolled back."""

    books: Books

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.model, self.number = Model(), 0
        self.done: list[tuple[Command, list[tuple[str, str, str, int]]]] = []
        self.reversed: set[int] = set()

    def teardown(self) -> None:
        found = check()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        assert found.agrees, found.faults

    @initialize(tonnes=TONNES)
    def begin(self, tonnes: int) -> None:
        self.moved([("source", "plant", "cea", tonnes), ("source", "other", "ccer", tonnes)])

    @rule(credit=SPENDER, unit=st.sampled_from(("cea", "ccer")), tonnes=TONNES)
    def issue(self, credit: str, unit: str, tonnes: int) -> None:
        self.moved([("source", credit, unit, tonnes)])

    @rule(debit=SPENDER, unit=st.sampled_from(("cea", "ccer")), tonnes=TONNES)
    def transfer(self, debit: str, unit: str, tonnes: int) -> None:
        self.moved([(debit, "other" if debit == "plant" else "plant", unit, tonnes)])

    @rule(legs=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), TONNES), min_size=1, max_size=6))
    def batch(self, legs: list[tuple[str, str, int]]) -> None:
        chosen = [(debit, credit, "cea", tonnes) for debit, credit, tonnes in legs if debit != credit]
        if chosen:
            self.moved(chosen)

    @rule(place=st.integers(0, 10**6))
    def reverse(self, place: int) -> None:
        if not self.done:
            return
        command, legs = self.done[place % len(self.done)]
        mirrored = [(credit, debit, unit, tonnes) for debit, credit, unit, tonnes in reversed(legs)]
        self.number += 1
        expected = command.pk not in self.reversed and self.model.post(mirrored)
        if not expected:
            with pytest.raises(Refused):
                post(CLERK, f"m{self.number}", "reverse", {"of": command.pk}, reversal(command))
            return
        post(CLERK, f"m{self.number}", "reverse", {"of": command.pk}, reversal(command))
        self.reversed.add(command.pk)

    @rule(place=st.integers(0, 10**6))
    def repeat(self, place: int) -> None:
        if self.done:
            command, legs = self.done[place % len(self.done)]
            assert post(CLERK, command.key, "test", {"legs": legs}, self.legs(legs)) == command

    def legs(self, wanted: list[tuple[str, str, str, int]]) -> list[Leg]:
        last = SerialBlock.objects.order_by("-last").values_list("last", flat=True).first() or 0
        found = []
        for debit, credit, unit, tonnes in wanted:
            first = last + 1 if unit == "ccer" and debit == "source" else None
            last += tonnes
            of = (getattr(self.books, unit).pk, getattr(self.books, debit).pk, getattr(self.books, credit).pk)
            found.append(Leg("test", *of, tonnes, first=first))
        return found

    def moved(self, wanted: list[tuple[str, str, str, int]]) -> None:
        self.number += 1
        expected = self.model.post(wanted)
        if not expected:
            with pytest.raises(Refused, match="REG-SHORT"):
                post(CLERK, f"m{self.number}", "test", {"legs": wanted}, self.legs(wanted))
            return
        command = post(CLERK, f"m{self.number}", "test", {"legs": wanted}, self.legs(wanted))
        if all(unit == "cea" for _, _, unit, _ in wanted):
            self.done.append((command, wanted))

    @invariant()
    def agrees(self) -> None:
        names: dict[Any, str] = {getattr(self.books, name).pk: name for name in NAMES}
        units = {self.books.cea.pk: "cea", self.books.ccer.pk: "ccer"}
        rows = Balance.objects.values_list("account", "unit", "amount")
        held = {(names[account], units[unit]): amount for account, unit, amount in rows if amount}
        assert held == {key: amount for key, amount in self.model.held.items() if amount}


@pytest.mark.django_db
def test_the_ledger_does_what_the_model_does(books: Books) -> None:
    chosen = settings(
        max_examples=12,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type("Bound", (Ledger,), {"books": books}), settings=chosen)
    assert Account.objects.count() == 4
