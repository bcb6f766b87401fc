"""Batches of reductions: monitored, noticed, verified by another body, claimed in time, issued into the registry."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tanzhi.actions.registry import Refused, perform
from tanzhi.streams.ccer.issuance import vintages_of
from tanzhi.streams.ccer.models import CreditReport
from tanzhi.streams.market.ledger.model import SerialBlock
from tanzhi.streams.market.ledger.queries import holdings
from tests.refusing import refused
from tests.streams.ccer.conftest import SAID, Desk, day


def applied(desk: Desk, amount: int = 211_487) -> CreditReport:
    """A batch of 2023, verified and applied for on 2024-08-01."""
    project = desk.registered()
    with day(6, 3):
        report = desk.monitored(project)
        desk.report_notice(report)
    with day(7, 2):
        desk.verified(report, amount)
    with day(8, 1):
        perform("ccer.apply_issuance", desk.owner, report, {"amount": amount})
    report.refresh_from_db()
    return report


def test_an_issued_batch_enters_the_registry_by_project_and_year_with_serial_numbers(desk: Desk) -> None:
    report = applied(desk)
    perform("registry.open_account", desk.officer, data={"organisation": "OWN"})
    with day(8, 12):
        desk.two("ccer.issue", report, {"on": "2024-08-09"})
    report.refresh_from_db()
    assert (report.state, report.vintages) == ("issued", {"2023": 211487})
    assert {unit.code: tonnes for unit, tonnes in holdings(desk.firm).items()} == {"CCER-N0101-1-2023": 211_487}
    block = SerialBlock.objects.get(until=None)
    assert (block.first, block.last) == (1, 211_487)


def test_without_an_account_nothing_is_issued(desk: Desk) -> None:
    report = applied(desk)
    with day(8, 12), pytest.raises(Refused) as told:
        perform("ccer.issue", desk.officer, report, {"on": "2024-08-09"})
    assert told.value.code == "REG-ACCOUNT"
    report.refresh_from_db()
    assert report.state == "applied"


def test_an_issue_is_not_dated_before_its_application(desk: Desk) -> None:
    report = applied(desk)
    with day(8, 12), pytest.raises(Refused) as told:
        perform("ccer.issue", desk.officer, report, {"on": "2024-07-31"})
    assert told.value.code == "ACT-DATE"


def test_reductions_follow_registration_and_their_periods_do_not_overlap(desk: Desk) -> None:
    early = desk.admitted()
    with refused("CCR-17"):
        desk.report(early)
    project = desk.registered()
    with day(6, 3):
        desk.report(project)
        with refused("CCR-19", "first"):
            desk.report(project, "2023-12-31", "2024-01-31")
        for first, last in (("2024-02-01", "2024-01-01"), ("2024-02-01", "2024-06-04")):
            with refused("CCR-18", "last"):
                desk.report(project, first, last)


def test_the_body_that_validated_does_not_verify(desk: Desk) -> None:
    project = desk.registered()
    with day(6, 3):
        report = desk.report(project)
        with refused("CCR-08"):
            desk.report_notice(report)
        perform("ccer.state_monitoring", desk.owner, report, {"record": _record()})
        with refused("CCR-12", "body"):
            desk.report_notice(report, "BODYA")


def _record() -> dict[str, Any]:
    from tests.streams.ccer.conftest import PLANT

    return PLANT


def test_no_more_is_verified_than_was_monitored_nor_applied_for_than_was_verified(desk: Desk) -> None:
    project = desk.registered()
    with day(6, 3):
        report = desk.monitored(project)
        desk.report_notice(report)
    with day(7, 1), refused("CCR-07"):
        perform("ccer.begin_verification", desk.body("BODYB"), report)
    with day(7, 2):
        perform("ccer.begin_verification", desk.body("BODYB"), report)
        with refused("CCR-11"):
            perform(
                "ccer.conclude_verification", desk.body("BODYA"), report, SAID | {"outcome": "verified", "amount": 1}
            )
        for amount in (211_488, 0):
            with refused("CCR-13", "amount"):
                told = SAID | {"outcome": "verified", "amount": amount}
                perform("ccer.conclude_verification", desk.body("BODYB"), report, told)
        perform(
            "ccer.conclude_verification", desk.body("BODYB"), report, SAID | {"outcome": "verified", "amount": 200_000}
        )
    with day(8, 1), refused("CCR-14", "amount"):
        perform("ccer.apply_issuance", desk.owner, report, {"amount": 211_487})


def test_what_arose_outside_the_crediting_period_is_not_claimed(desk: Desk) -> None:
    project = desk.registered()
    with day(6, 3):
        report = desk.monitored(project)
        desk.report_notice(report)
    with day(7, 2):
        desk.verified(report, 211_487)
    with day(7, 3), refused("CCR-15", "amount"):
        project.credited_from = date(2023, 6, 1)
        project.save(update_fields=["credited_from"])
        perform("ccer.apply_issuance", desk.owner, report, {"amount": 211_487})


def test_a_batch_that_is_not_confirmed_goes_back_to_its_owner(desk: Desk) -> None:
    project = desk.registered()
    with day(6, 3):
        report = desk.monitored(project)
        desk.report_notice(report)
    with day(7, 2):
        perform("ccer.begin_verification", desk.body("BODYB"), report)
        perform("ccer.conclude_verification", desk.body("BODYB"), report, SAID | {"outcome": "not_verified"})
    report.refresh_from_db()
    assert report.state == "draft"
    perform("ccer.withdraw_report", desk.owner, report)


def test_several_years_are_shared_by_days_and_lose_no_tonne() -> None:
    report = CreditReport(first=date(2021, 10, 2), last=date(2023, 3, 31), verified=54_600)
    assert vintages_of(report) == {2021: 9_100, 2022: 36_500, 2023: 9_000}
    report.verified = 54_601
    assert sum(vintages_of(report).values()) == 54_601
