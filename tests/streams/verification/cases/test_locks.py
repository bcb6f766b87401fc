"""A report is locked when its verification begins, unlocked while findings are answered, reopened by two."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.filings.months.model import Filing, Version
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.work import VERIFICATION
from tests.streams.verification.conftest import day


def corrected(filing: Filing, clerk: Actor) -> str:
    """What comes of a correction: nothing, or the code that refuses it."""
    try:
        perform("filings.correct", clerk, filing, {"reason": "a wrong reading"})
    except Refused as refused:
        return refused.code
    return ""


STATES = [state.code for state in VERIFICATION.states]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("period", ["2023", "2023-06"])
def test_a_report_and_its_months_are_locked_in_every_state_but_while_findings_are_answered(
    arranged: Verification, clerk: Actor, state: str, period: str
) -> None:
    Verification.objects.filter(pk=arranged.pk).update(state=state)
    filing = arranged.filing
    if period != filing.period:
        filing.pk, filing.period, filing.form_code, filing._state.adding = None, period, "power.month", True
        filing.save()
    assert corrected(filing, clerk) == ("" if state == "rectifying" else "FIL-LOCKED")


def test_a_year_without_a_verification_is_corrected_as_before(filing: Filing, clerk: Actor) -> None:
    assert corrected(filing, clerk) == ""


def test_a_correction_that_was_open_when_the_verification_began_is_not_deposited(
    arranged: Verification, approver: Actor, clerk: Actor
) -> None:
    Filing.objects.filter(pk=arranged.filing_id).update(state="checked")
    with pytest.raises(Refused) as refused:
        perform("filings.deposit", approver, arranged.filing_id)
    assert refused.value.code in {"FIL-LOCKED", "FIL-FINDINGS"}


def test_a_case_is_reopened_by_two_and_what_is_corrected_then_is_verified(
    concluded: Verification, officer: Actor, director: Actor, clerk: Actor, verifier: Actor
) -> None:
    Verification.objects.filter(pk=concluded.pk).update(state="archived")
    concluded.refresh_from_db()
    with day(6, 3):
        proposal = perform("verification.reopen", officer, concluded, {"reason": "月度数据有误"}).proposal
        assert corrected(concluded.filing, clerk) == "FIL-LOCKED"
        decide(proposal, director)
        assert corrected(concluded.filing, clerk) == ""
        with pytest.raises(Refused) as refused:
            perform("verification.conclude", verifier, concluded, {"outcome": "conforms", "opinion": "更正后符合"})
        assert refused.value.code == "VER-CORRECTING"
        new = again(concluded.filing)
        perform(
            "verification.conclude",
            verifier,
            concluded,
            {"outcome": "conforms", "opinion": "更正后符合", "swing": "更正"},
        )
    concluded.refresh_from_db()
    assert concluded.version_id == new.pk
    assert concluded.latest.reported != concluded.conclusions.get(number=1).reported


def again(filing: Filing) -> Version:
    """The report deposited once more, with a hundred tonnes of coal more in June."""
    before = filing.deposited_version
    record = before.record
    fuel = next(m for m in record["units"][0]["months"] if m["month"] == "2023-06")["fuels"][0]
    fuel["fuel_consumption"] = str(Decimal(fuel["fuel_consumption"]) + 100)
    Filing.objects.filter(pk=filing.pk).update(state="deposited")
    return Version.objects.create(
        filing=filing, number=2, values=json.dumps(record), digest="1" * 64, person_id=0, person_name="clerk",
        at=before.at, deposited=True,
    )  # fmt: skip
