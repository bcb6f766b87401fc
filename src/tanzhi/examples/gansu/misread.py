"""Values that two plants typed with the decimal point one place off, and correct in answer to their verifications."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.examples.generate import Record, two
from tanzhi.examples.plants import declare_complete
from tanzhi.filings.months.model import Filing
from tanzhi.streams.verification.cases.model import Verification

DIESEL = {"P08": ("1", "2023-10"), "P21": ("2", "2023-11")}
"""The unit and the month whose diesel was typed ten times too high."""
REASON = "核查发现柴油消耗量小数点错位，按领料单更正（示例）"


def misread(code: str, record: Record) -> Record:
    """A plant's record as its clerk typed it first."""
    return _times(code, record, Decimal(10)) if code in DIESEL else record


def correct_misread(case: Verification, clerk: Actor, head: Actor) -> None:
    """The month and the year's report corrected, and both deposited again."""
    code = case.organisation.code
    month = Filing.objects.get(organisation=case.organisation, form_code="power.month", period=DIESEL[code][1])
    version = month.deposited_version
    if version is None:
        raise LookupError(f"{month.period} of {code} is not deposited")
    perform("filings.correct", clerk, month, {"reason": REASON})
    perform("filings.save", clerk, month, {"record": _times(code, version.record, Decimal("0.1")), "reason": REASON})
    _deposited_again(month, clerk, head)
    perform("filings.correct", clerk, case.filing, {"reason": REASON})
    perform("filings.compose", clerk, case.filing)
    _deposited_again(case.filing, clerk, head)


def _deposited_again(filing: Filing, clerk: Actor, head: Actor) -> None:
    declare_complete(clerk, filing)
    perform("filings.deposit", head, filing)


def _times(code: str, record: Record, factor: Decimal) -> Record:
    changed, (unit, month) = deepcopy(record), DIESEL[code]
    [diesel] = [
        fuel
        for each in changed["units"]
        if each["unit"] == unit
        for row in each["months"]
        if row["month"] == month
        for fuel in row["fuels"]
        if fuel["fuel"] == "diesel"
    ]
    diesel["fuel_consumption"] = str(two(Decimal(diesel["fuel_consumption"]) * factor))
    return changed
