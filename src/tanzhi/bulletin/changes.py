"""What two bulletins say differently: since publication, or against the period before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from tanzhi.figures.amounts import COUNTED
from tanzhi.figures.wording import difference
from tanzhi.rulebook.kernel import Text

from .content import BulletinContent, PrintedLine


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure in one bulletin beside the same figure in another; one side is None where it stands in one only."""

    row: int
    now: PrintedLine | None
    before: PrintedLine | None
    signed: bool = True  # whether anybody has signed what stands before

    @property
    def unrecorded(self) -> bool:
        """A zero before that nobody has signed says that no record is there, not that there was nothing."""
        return not self.signed and self.before is not None and self.before.value == 0

    @property
    def line(self) -> PrintedLine:
        line = self.now or self.before
        if line is None:
            raise ValueError("a change has at least one side")
        return line

    @property
    def title(self) -> Text:
        return self.line.title

    @property
    def moved(self) -> bool:
        """Whether value or state differ; other words for the same number are no change."""
        if self.now is None or self.before is None:
            return True
        return (self.now.written, self.now.state) != (self.before.written, self.before.state)

    @property
    def percent(self) -> str:
        """The change in per cent of the value before; empty where it cannot be said, and for per cents themselves."""
        now, before = self._numbers
        if now is None or not before or self.line.unit == "%":
            return ""
        return difference(now, before)

    @property
    def counted(self) -> Decimal | None:
        """For what is counted, as enterprises or documents: how many more or fewer."""
        now, before = self._numbers
        if now is None or before is None or self.line.unit not in COUNTED:
            return None
        return now - before

    @property
    def points(self) -> Decimal | None:
        """For figures in per cent: the difference in points."""
        now, before = self._numbers
        if now is None or before is None or self.line.unit != "%":
            return None
        return now - before

    @property
    def _numbers(self) -> tuple[Decimal | None, Decimal | None]:
        """Those that can be compared."""
        before = None if self.before is None or self.unrecorded else self.before.value
        return (self.now.value if self.now else None), before


def changed_values(before: BulletinContent, now: BulletinContent) -> list[FigureChange]:
    """The figures that a later composition gives otherwise."""
    return [change for change in beside(before, now) if change.moved]


def beside(before: BulletinContent, now: BulletinContent) -> list[FigureChange]:
    """Every figure of both, by its code and period: the same bulletin at two times."""
    return list(_paired(before, now, lambda line: line.key))


def against(previous: BulletinContent, now: BulletinContent, signed: bool) -> list[FigureChange]:
    """Every figure beside that of the period before, by its code; `signed`: whether that one was published."""
    return [replace(change, signed=signed) for change in _paired(previous, now, lambda line: line.name)]


def _paired(
    before: BulletinContent, now: BulletinContent, key: Callable[[PrintedLine], object]
) -> Iterable[FigureChange]:
    then = {key(line): (row.number, line) for row in before.rows for line in row.lines}
    for row in now.rows:
        for line in row.lines:
            _, other = then.pop(key(line), (0, None))
            yield FigureChange(row.number, line, other)
    for number, line in then.values():
        yield FigureChange(number, None, line)
