"""What a measurement answers, and how two works are timed against each other.

A module of this package that has `TITLE` and `measure(toy=False) -> list[Line]` is found and run by `python -m bench`.
With `toy=True` it does the same at a size for tests. A measurement compares results too, and fails if they differ.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 5
Work = Callable[[], object]
Clock = Callable[[], float]

# where the view that does nothing stands: said here, because `empty_view.py` needs an installation's settings
EMPTY = "bench-empty/"


@dataclass(frozen=True, slots=True)
class Line:
    """One ratio. `name` says what is divided by what; `aim` is "≥ 40" or "≤ 2", or empty where none was set.

    The repetitions' least, median and greatest ratio; a lower aim is held against the least, an upper one against the
    greatest where it is known. `notes`: sizes, what was compared, what was extrapolated.
    """

    name: str
    ratio_min: float
    ratio_median: float
    aim: str = ""
    notes: str = ""
    ratio_max: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether every repetition met the aim; None without one."""
        if not self.aim:
            return None
        sign, number = self.aim.split()
        if sign == "≥":
            return self.ratio_min >= float(number)
        return max(self.ratio_median, self.ratio_max or 0.0) <= float(number)


def line(name: str, ratios: Sequence[float], aim: str = "", notes: str = "") -> Line:
    """The line of these repetitions."""
    return Line(name, min(ratios), statistics.median(ratios), aim, notes, max(ratios))


def seconds(*works: Work, runs: int = RUNS, clock: Clock = time.process_time) -> list[tuple[float, ...]]:
    """For each repetition the seconds of each work, one straight after the other; all are run once before.

    Seconds of the processor, so that a busy neighbour does not count; what waits for a disk or a server wants
    `time.perf_counter`.
    """
    for work in works:
        work()
    return [tuple(_timed(work, clock) for work in works) for _ in range(runs)]


def quotients(one: Work, other: Work, runs: int = RUNS, least_seconds: float = 0.0) -> list[float]:
    """How many times as long `one` takes as `other`, repetition by repetition.

    Works of milliseconds are done as often as `other` takes to last `least_seconds`: one of them alone tells more about
    the machine's other work than about itself.
    """
    often = 1
    if least_seconds:
        other()
        often = max(1, round(least_seconds / max(_timed(other, time.process_time), 1e-6)))
    works = [lambda work=work: [work() for _ in range(often)] for work in (one, other)]
    return [first / second for first, second in seconds(*works, runs=runs)]


def _timed(work: Work, clock: Clock) -> float:
    gc.collect()
    begun = clock()
    work()
    return clock() - begun
