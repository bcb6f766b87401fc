"""What the law says of a province's readiness: the work calendar of this year and the next, parameters of the year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions.readiness import LAW, NextStep, Shortfall, Standing, part
from tanzhi.rulebook.kernel.text import Text, same

from .coming_years import years_due, years_lacking
from .lacking import YEARS_BEFORE, lacking

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

ADMINISTRATOR = frozenset({"administrator"})
TO_CALENDAR = NextStep(
    Text("录入年度工作日历", "Enter a year of the calendar"), ADMINISTRATOR, "presentation:act", ("cases.enter_year",)
)
TO_PARAMETERS = NextStep(Text("录入尚缺的参数", "Enter what is lacking"), ADMINISTRATOR, "law:lacking")


@part("law.calendar", LAW, 10, Text("工作日历", "Work calendar"), TO_CALENDAR)
def calendar_standing(_actor: Actor, today: date) -> Standing:
    """The holidays of this year, and from the day of the reminder those of the next."""
    missing = years_lacking(today)
    words = Text(
        "{year} 年的放假安排尚未录入，工作日期限无法计算",
        "the holidays of {year} are not entered, so working days cannot be counted",
    )
    lacks = tuple(Shortfall("RDY-CALENDAR", words.format(year=year)) for year in missing)
    present = "、".join(str(year) for year in years_due(today) if year not in missing) or "—"
    return Standing(same(present), lacks)


@part("law.parameters", LAW, 20, Text("年度参数", "Parameters of the year"), TO_PARAMETERS)
def parameters_standing(_actor: Actor, today: date) -> Standing:
    """Values that computing the data of this year and of the year before needs; those of the next year can wait."""
    years = range(today.year - YEARS_BEFORE, today.year + 1)
    words = Text("{year} 年{guideline}缺 {n} 项", "{year}, {guideline}: {n} missing")
    lacks = [
        Shortfall("RDY-PARAMETERS", words.format(year=year, guideline=of_guideline.title, n=len(of_guideline.missing)))
        for year in years
        for of_guideline in lacking(year)
        if of_guideline.missing
    ]
    return Standing(Text("{a} 至 {b} 年", "{a} to {b}").format(a=years[0], b=years[-1]), tuple(lacks))
