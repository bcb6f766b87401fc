"""Who is to disclose the emission of which year until when, and who has.

By 碳排放权交易管理暂行条例 article 11 a key unit discloses emission, facilities and method of its annual report; by
企业环境信息依法披露管理办法 article 19 until 15 March. It is owed by whoever belongs to a market in the year, once its
report is deposited: before, there is nothing to disclose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models.functions import Length

from tanzhi.actions import clock
from tanzhi.filings.months.model import Filing
from tanzhi.law.evaluation import day_in, is_set
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import MARKETS, MEMBER, decisions
from tanzhi.rulebook.kernel.text import Text

from .model import RECORDED, OwnDisclosure

if TYPE_CHECKING:
    from collections.abc import Iterable

DUE = "procedure.own_disclosure_due"
YEAR_DIGITS = 4
IN_TIME, LATE, OPEN, OVERDUE = "in_time", "late", "open", "overdue"
STATES = {
    IN_TIME: Text("按期披露", "Disclosed in time"),
    LATE: Text("逾期披露", "Disclosed late"),
    OPEN: Text("待披露", "To be disclosed"),
    OVERDUE: Text("逾期未披露", "Not disclosed, overdue"),
}
TONES = {IN_TIME: "ok", LATE: "info", OPEN: "due", OVERDUE: "late"}


@dataclass(frozen=True, slots=True)
class DisclosureDuty:
    """A year that an enterprise is to disclose, with the first of its records that stand."""

    organisation: Organisation
    year: int
    due_on: date
    record: OwnDisclosure | None

    @property
    def state(self) -> str:
        if self.record is not None:
            return IN_TIME if self.record.disclosed_on <= self.due_on else LATE
        return OPEN if clock.today() <= self.due_on else OVERDUE


def due_on(year: int) -> date | None:
    """Until when the emission of a year is disclosed, by the law of the year in which it is due; None: no day yet."""
    law_day = date(year + 1, 12, 31)
    return day_in(year + 1, DUE, on=law_day) if is_set(DUE, on=law_day) else None


def duties(organisations: Iterable[Organisation]) -> list[DisclosureDuty]:
    """What these enterprises are to disclose, by year (the last first) and code."""
    by_key = {organisation.pk: organisation for organisation in organisations}
    reports = Filing.objects.filter(organisation__in=by_key, deposited_at__isnull=False)
    annual = reports.annotate(digits=Length("period")).filter(digits=YEAR_DIGITS).order_by()
    pairs = {(key, int(period)) for key, period in annual.values_list("organisation", "period").distinct()}
    days = {year: due for year in {year for _, year in pairs} if (due := due_on(year)) is not None}
    owed = set[tuple[int, int]]()
    for market in MARKETS if days else ():
        for key, taken in decisions(market, days, of=by_key).items():
            standing = {row.year: row.standing for row in taken}  # the last decision of a year stands
            owed |= pairs & {(key, year) for year, value in standing.items() if value == MEMBER}
    first: dict[tuple[int, int], OwnDisclosure] = {}
    rows = OwnDisclosure.objects.filter(organisation__in=by_key, state=RECORDED) if owed else ()
    for row in sorted(rows, key=lambda row: (row.disclosed_on, row.pk)):
        first.setdefault((row.organisation_id, row.year), row)
    every = [DisclosureDuty(by_key[key], year, days[year], first.get((key, year))) for key, year in owed]
    return sorted(every, key=lambda duty: (-duty.year, duty.organisation.code))
