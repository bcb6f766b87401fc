"""The example's enterprises outside power: their lines, their people, their reports of 2023 as they stand in July 2024.

Most reported by the end of March, some late; a few reports are checked, drafted or not begun.
"""

from __future__ import annotations

from datetime import date, timedelta

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.examples.industries import Works, industry_year, works_site, works_units
from tanzhi.examples.people import employ
from tanzhi.examples.plants import declare_complete, noon
from tanzhi.filings.shared.forms import ANNUAL_FORM
from tanzhi.organisations.register.queries import organisation_by_code

from .data import read, works

YEAR = 2023
IN_TIME, LATE = date(2024, 3, 4), date(2024, 5, 20)
NOT_BEGUN, DRAFTED, CHECKED, DEPOSITED_LATE = 7, 11, 13, 5
"""Every so many plants the report is not begun, a draft, checked and not deposited, or deposited late."""
COPIED = "B036"
"""A plant whose tested values are the same in every month: the cross-checks ask about it."""


def load() -> None:
    """Each enterprise whose industry the rulebook computes, with its report of the year."""
    for number, each in enumerate(works(), 1):
        clerk, head = _registered(each)
        _reported(each, number, clerk, head)


def _registered(each: Works) -> tuple[Actor, Actor]:
    """Site, lines and the two who act for it."""
    platform, code = Actor.platform(), each.code
    facility = perform("organisations.add_facility", platform, organisation_by_code(code), works_site(each)).result
    for unit in works_units(read("industries.yaml")[each.guideline], each):
        perform("organisations.add_unit", platform, facility, unit)
    low = code.lower()
    return (
        employ(platform, f"{low}.clerk", f"{each.zh}填报员", "enterprise_filer", code),
        employ(platform, f"{low}.head", f"{each.zh}审核人", "enterprise_approver", code),
    )


def _reported(each: Works, number: int, clerk: Actor, head: Actor) -> None:
    """Opened, filled in, checked and deposited, or as far as it came."""
    if number % NOT_BEGUN == 5:  # so that the province's one glass plant reports
        return
    typical = read("industries.yaml")[each.guideline]
    if each.code == COPIED:
        typical = typical | {"tested": []}
    late = number % DEPOSITED_LATE == 0
    with clock.at(noon((LATE if late else IN_TIME) + timedelta(days=number % 20))):
        data = {
            "form_code": f"{each.guideline}.{ANNUAL_FORM}",
            "organisation_id": organisation_by_code(each.code).pk,
            "period": str(YEAR),
        }
        report = perform("filings.open", clerk, data=data).result
        record = industry_year(typical, each.code, YEAR)
        perform("filings.save", clerk, report, {"record": record})
        if number % DRAFTED == 0:
            return
        declare_complete(clerk, report)
        if number % CHECKED:
            perform("filings.deposit", head, report)
