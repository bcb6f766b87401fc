"""Periods as people write them: 2023, 2024H1, 2024Q2, 2023-06."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tanzhi.rulebook.kernel import Text

_WRITTEN = re.compile(r"(?P<year>20\d\d|19\d\d)(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")
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
        year, half, quarter, month = (int(group or 0) for group in match.groups())
        if half:
            return cls(match[0], year, 6 * half - 5, 6)
        if quarter:
            return cls(match[0], year, 3 * quarter - 2, 3)
        return cls(match[0], year, month or 1, 1 if month else 12)

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
    def title(self) -> Text:
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
    def year_before(self) -> Span:
        """The whole year that was last complete when this period began: the report year that its bulletin is about."""
        return Span.parse(str(self.year - 1))

    @property
    def same_a_year_ago(self) -> Span:
        return Span.parse(f"{self.year - 1}{self.code[4:]}")

    @property
    def previous(self) -> Span:
        """The period of the same length right before this one."""
        before = self.first - timedelta(days=1)
        if self.months == 12:
            return Span.parse(str(before.year))
        if self.months == 6:
            return Span.parse(f"{before.year}H{(before.month + 5) // 6}")
        if self.months == 3:
            return Span.parse(f"{before.year}Q{(before.month + 2) // 3}")
        return Span.parse(f"{before.year}-{before.month:02d}")
