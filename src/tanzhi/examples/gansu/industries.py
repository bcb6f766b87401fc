"""The example's enterprises outside power: their lines, their people, their reports of 2023 as they stand in July 2024.

Most reported by the end of March, some late; a few reports are checked, drafted or not begun.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.examples.facts import SINCE
from tanzhi.examples.industries import industry_units, industry_year
from tanzhi.examples.people import employ
from tanzhi.examples.plants import declare_complete, noon
from tanzhi.filings.shared.forms import ANNUAL_FORM
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.organisations.sectors import accounting_name

from .data import read

YEAR = 2023
IN_TIME, LATE = date(2024, 3, 4), date(2024, 5, 20)
NOT_BEGUN, DRAFTED, CHECKED, DEPOSITED_LATE = 7, 11, 13, 5
"""Every so many plants the report is not begun, a draft, checked and not deposited, or deposited late."""


def load() -> None:
    """Each enterprise whose industry the rulebook computes, with its report of the year."""
    for number, row in enumerate(read("organisations.yaml")["others"], 1):
        guideline = accounting_name(row["sector"], row.get("guideline", ""))
        if guideline in read("industries.yaml"):
            clerk, head = _registered(row, guideline)
            _reported(row["code"], guideline, number, clerk, head)


def _registered(row: dict[str, Any], guideline: str) -> tuple[Actor, Actor]:
    """Site, lines and the two who act for it."""
    platform, code = Actor.platform(), row["code"]
    site = {
        "code": f"{code}-1", "zh": f"{row['zh']}厂区", "en": f"{row['en']}: site", "region": row["region"],
        "since": SINCE.isoformat(),
    }  # fmt: skip
    facility = perform("organisations.add_facility", platform, organisation_by_code(code), site).result
    for unit in industry_units(read("industries.yaml")[guideline], code):
        attributes = {name: value for name, value in unit.items() if name != "number"}
        added = {"number": unit["number"], "attributes": attributes, "since": SINCE.isoformat()}
        perform("organisations.add_unit", platform, facility, added)
    low = code.lower()
    return (
        employ(platform, f"{low}.clerk", f"{row['zh']}填报员", "enterprise_filer", code),
        employ(platform, f"{low}.head", f"{row['zh']}审核人", "enterprise_approver", code),
    )


def _reported(code: str, guideline: str, number: int, clerk: Actor, head: Actor) -> None:
    """Opened, filled in, checked and deposited, or as far as it came."""
    if number % NOT_BEGUN == 0:
        return
    late = number % DEPOSITED_LATE == 0
    with clock.at(noon((LATE if late else IN_TIME) + timedelta(days=number % 20))):
        data = {
            "form_code": f"{guideline}.{ANNUAL_FORM}",
            "organisation_id": organisation_by_code(code).pk,
            "period": str(YEAR),
        }
        report = perform("filings.open", clerk, data=data).result
        record = industry_year(read("industries.yaml")[guideline], code, YEAR)
        perform("filings.save", clerk, report, {"record": record})
        if number % DRAFTED == 0:
            return
        declare_complete(clerk, report)
        if number % CHECKED:
            perform("filings.deposit", head, report)
