"""Evaluating through the one door, with values that administrators entered, against the rulebook alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from bench.lines import RUNS, Line, line, seconds
from bench.workbook import record

TITLE = "Law in force"
VALUES = 40
"""How many values of the power guideline are entered, one after the other for the same days."""


def entered(number: int) -> None:
    """Values of the oxidation rate of diesel, each in the place of the one before."""
    from django.utils import timezone

    from tanzhi.law.models import ParameterEntry

    for i in range(number):
        entry = ParameterEntry(
            guideline="power", parameter="oxidation_rate", keys={"fuel": "diesel"}, value="0.98", unit="1",
            since=date(2023, 1, 1), supersedes=True, source=f"notice {i}", entered_by=1, approved_by=2,
            entered_at=timezone.now(),
        )  # fmt: skip
        entry.link(ParameterEntry.objects.last())
        entry.save()


def measure(toy: bool = False) -> list[Line]:
    from django.core.management import call_command

    from tanzhi.law.evaluation import evaluate
    from tanzhi.law.shipped import evaluate as shipped
    from tanzhi.rulebook.kernel import guidelines

    call_command("migrate", interactive=False, verbosity=0)
    entered(2 if toy else VALUES)
    power, filed = guidelines()["power"], record(months=2 if toy else 12)

    def numbers(by: Any) -> list[Any]:
        return [value.number for node in by(power, 2023, filed).walk() for value in node.all_values()]

    if numbers(evaluate) != numbers(shipped):
        raise AssertionError("the same values were entered, and something else came out")
    repeat = range(1 if toy else 5)
    taken = seconds(
        lambda: [numbers(shipped) for _ in repeat],
        lambda: [numbers(evaluate) for _ in repeat],
        runs=1 if toy else RUNS + 4,
    )
    notes = f"a year of 2 units; {2 if toy else VALUES} values entered"
    return [
        line("through the door, with entered values ÷ by the shipped law", [d / s for s, d in taken], "≤ 1.1", notes)
    ]
