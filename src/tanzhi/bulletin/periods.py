"""Which period a bulletin is about: the code of one, or the first and the last month of any within a year."""

from __future__ import annotations

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import Refused
from tanzhi.figures import Question, Span
from tanzhi.figures.spans import SpanFault
from tanzhi.rulebook.kernel.text import Text

YEARS = 4  # whose months can be chosen; older periods have their codes


def months(_actor: Actor) -> list[tuple[str, Text]]:
    """Months of this year and those before it, the newest first."""
    today = clock.today()
    years = range(today.year, today.year - YEARS, -1)
    codes = [f"{year}-{month:02d}" for year in years for month in range(12, 0, -1)]
    return [(code, Span.parse(code).title) for code in codes if code <= f"{today:%Y-%m}"]


_NO_MONTHS = Text(
    "期间“{found}”无效：请选同一年内的起止月份，或填写期间代码",
    "“{found}” is no period: choose the first and the last month within one year, or give the code of a period",
)


def period_of(since: str, until: str, period: str = "") -> str:
    """The code of the period from one month until another, or of the one that is named (BUL-06)."""
    if period and not (since or until):
        return Question(period).span.code
    try:
        first, last = Span.parse(since), Span.parse(until)
        span = Span.between(first.year, first.first_month, last.last.month) if first.year == last.year else None
    except SpanFault:
        span = None
    if span is None or period not in ("", span.code):
        written = "—".join(part for part in (since, until, period) if part)
        raise Refused("BUL-06", _NO_MONTHS.format(found=written or "—"), 422)
    return span.code
