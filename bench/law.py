"""Evaluating through the one door, with values that administrators entered, against the rulebook alone."""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.lines import RUNS, Line, seconds
from bench.workbook import record

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

TITLE = "Law in force"
VALUES = 40
"""How many values of the power guideline are entered, one after the other for the same days."""


def administrator(name: str) -> Actor:
    from tanzhi.actions.actor import Actor
    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.roles import actor_of

    data = {"sign_in_name": name, "name": name.title()}
    person = perform("organisations.invite_person", Actor.platform(), data=data).result.person
    held = {"role": "administrator", "organisation": "", "since": date(2020, 1, 1)}
    perform("organisations.grant_role", Actor.platform(), person, held)
    return actor_of(person)


def entered(number: int) -> None:
    """Values of the oxidation rate of diesel, each in the place of the one before, by two administrators."""
    from tanzhi.actions.four_eyes import decide
    from tanzhi.actions.perform import perform

    first, second = administrator("entering"), administrator("approving")
    for i in range(number):
        data = {
            "guideline": "power", "parameter": "oxidation_rate", "keys": {"fuel": "diesel"}, "value": "0.98",
            "unit": "1", "since": "2023-01-01", "until": "2025-12-31", "supersedes": True, "source": f"Notice {i}, 2",
        }  # fmt: skip
        proposal = perform("law.enter_parameter", first, data=data).proposal
        if proposal is None:
            raise AssertionError("a value was entered by one person alone")
        decide(proposal, second)


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
        runs=1 if toy else RUNS + 16,
    )
    notes = f"a year of 2 units; {2 if toy else VALUES} values entered"
    ratios = [door / shipped_law for shipped_law, door in taken]
    name = "through the door, with entered values ÷ by the shipped law"
    return [Line(name, min(ratios), median(ratios), "≤ 1.1", f"{notes}; the median counts")]
