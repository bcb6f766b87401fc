"""Periods as people write them: 2023, 2024H1, 2024Q2, 2023-06, and any months of a year: 2024M01-09."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tanzhi.rulebook.kernel import Text

_MONTH = r"0[1-9]|1[0-2]"
_WRITTEN = re.compile(
    rf"(?P<year>20\d\d|19\d\d)"
    rf"(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>{_MONTH})|M(?P<since>{_MONTH})-(?P<until>{_MONTH}))?"
)
_HALVES = (Text("上半年", "H1"), Text("下半年", "H2"))


class SpanFault(ValueError):
    """Words that name no period."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of whole months with the code that names it."""

    code: str
    year: int
    first_month: int
    months: int

    @classmethod
    def parse(cls, code: str) -> Span:
        match = _WRITTEN.fullmatch(code.strip())
        if match is None:
            raise SpanFault(code)
        year, half, quarter, month, since, until = (int(group or 0) for group in match.groups())
        if since:
            return cls.between(year, since, until)
        if half:
            return cls(match[0], year, 6 * half - 5, 6)
        if quarter:
            return cls(match[0], year, 3 * quarter - 2, 3)
        return cls(match[0], year, month or 1, 1 if month else 12)

    @classmethod
    def between(cls, year: int, since: int, until: int) -> Span:
        """Months of one year, under their usual code where they have one: January to June is 2024H1."""
        if not 1 <= since <= until <= 12:
            raise SpanFault(f"{year}M{since:02d}-{until:02d}")
        months = until - since + 1
        code = f"{year}M{since:02d}-{until:02d}"
        if months == 12:
            code = str(year)
        elif months == 1:
            code = f"{year}-{since:02d}"
        elif months in (3, 6) and until % months == 0:
            code = f"{year}{'H' if months == 6 else 'Q'}{until // months}"
        return cls(code, year, since, months)

    @property
    def first(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def last(self) -> date:
        after = self.first_month + self.months
        return date(self.year + (after - 1) // 12, (after - 1) % 12 + 1, 1) - timedelta(days=1)

    @property
    def month_codes(self) -> tuple[str, ...]:
        """Its months as 2023-06."""
        return tuple(f"{self.year}-{self.first_month + i:02d}" for i in range(self.months))

    @property
    def last_month(self) -> str:
        return self.month_codes[-1]

    @property
    def title(self) -> Text:
        if "M" in self.code:
            return self._title_of_months
        if self.months == 6:
            half = _HALVES[self.first_month // 6]
            return Text(f"{self.year}年{half.zh}", f"{self.year} {half.en}")
        if self.months == 3:
            quarter = self.first_month // 3 + 1
            return Text(f"{self.year}年第{'一二三四'[quarter - 1]}季度", f"{self.year} Q{quarter}")
        if self.months == 1:
            return Text(f"{self.year}年{self.first_month}月", self.code)
        return Text(f"{self.year}年", str(self.year))

    @property
    def _title_of_months(self) -> Text:
        if (self.first_month, self.months) == (1, 9):
            return Text(f"{self.year}年前三季度", f"{self.year} Q1–Q3")
        since, until = self.first_month, self.last.month
        return Text(f"{self.year}年{since}—{until}月", f"{self.first:%B}–{self.last:%B} {self.year}")

    @property
    def year_before(self) -> Span:
        """The whole year that was last complete when this period began: the report year that its bulletin is about."""
        return Span.parse(str(self.year - 1))

    @property
    def same_a_year_ago(self) -> Span:
        return Span.parse(f"{self.year - 1}{self.code[4:]}")

    @property
    def previous(self) -> Span:
        """The period of the same length right before this one.

        What is counted from January on, and what would begin in the year before, stands beside the same months of that
        year.
        """
        before = self.first - timedelta(days=1)
        if "M" in self.code:
            since = self.first_month - self.months
            return self.between(self.year, since, before.month) if since > 0 else self.same_a_year_ago
        if self.months == 12:
            return Span.parse(str(before.year))
        if self.months == 6:
            return Span.parse(f"{before.year}H{(before.month + 5) // 6}")
        if self.months == 3:
            return Span.parse(f"{before.year}Q{(before.month + 2) // 3}")
        return Span.parse(f"{before.year}-{before.month:02d}")
