"""A law that changed after a deposit: two administrators have the year computed anew, with before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.evidence.checking import verify
from tanzhi.evidence.sealer import seal
from tanzhi.filings.models import Result
from tanzhi.filings.reevaluation import affected
from tanzhi.law.evaluation import release
from tanzhi.rulebook.accounting.power import power
from tests.filings.test_filing import deposited
from tests.law.conftest import Enter
from tests.law.test_stored import OXIDATION

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.models import Organisation

YEAR = {"guideline": "power", "year": 2023, "reason": "公告第7号"}


@pytest.fixture
def burned(clerk: Actor, approver: Actor, plant: Organisation) -> Result:
    month = {"form_code": "power.month", "organisation_id": plant.pk, "period": "2023-06"}
    filing = perform("filings.open", clerk, data=month).result
    deposited(clerk, approver, filing)
    return Result.objects.get(filing=filing, quantity="combustion_emission")


def test_the_results_of_a_year_are_computed_anew_by_two_beside_those_of_the_deposit(
    burned: Result, enter: Enter, administrator: Actor, other_administrator: Actor
) -> None:
    with pytest.raises(Refused, match="FIL-SAME-LAW"):
        perform("filings.reevaluate", administrator, data=YEAR)
    enter(**OXIDATION)
    [before] = affected("power", 2023)
    assert f"{burned.where} combustion_emission: 266.88 → 264.15" in before.lines()
    proposal = perform("filings.reevaluate", administrator, data=YEAR).proposal
    assert proposal is not None
    assert Result.objects.filter(quantity="combustion_emission").count() == 1  # nothing before the second approves
    with pytest.raises(Refused, match="ACT-SELF"):
        decide(proposal, administrator)
    changes = decide(proposal, other_administrator).result
    assert any(change.endswith("combustion_emission: 266.88 → 264.15") for change in changes)
    rows = Result.objects.filter(version=burned.version, quantity="combustion_emission").order_by("pk")
    assert [(row.value, row.release) for row in rows] == [("266.88", burned.release), ("264.15", release(power))]
    assert affected("power", 2023) == []
    seal()
    assert verify().faults == []  # the deposit's own results stand as they were witnessed


def test_another_year_is_left_alone(burned: Result, enter: Enter, administrator: Actor) -> None:
    enter(**OXIDATION)
    with pytest.raises(Refused, match="FIL-SAME-LAW"):
        perform("filings.reevaluate", administrator, data=YEAR | {"year": 2024})
