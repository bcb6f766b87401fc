"""The bulletin of all rows against one row of it, and how many queries of the database either needs."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.example import made_up, province
from bench.lines import RUNS, Line, line, seconds

TITLE = "Bulletin"
PERIOD = "2024H1"
TOY_ROWS = 5  # taken one by one at a size for tests


def measure(toy: bool = False) -> list[Line]:
    from tanzhi.bulletin.composition import compose
    from tanzhi.bulletin.rows import BulletinPlan, plan

    (made_up if toy else province)()
    rows = plan().rows
    single = [replace(plan(), rows=(row,)) for row in (rows[:TOY_ROWS] if toy else rows)]

    def composed(chosen: BulletinPlan) -> Callable[[], object]:
        return lambda: compose(PERIOD, rows=chosen)

    whole = compose(PERIOD)
    if [printed.row.number for printed in whole.printed] != [row.number for row in rows if row.lines]:
        raise AssertionError("a row is missing")
    works = [composed(plan()), *map(composed, single)]
    taken = seconds(*works, runs=1 if toy else RUNS)
    queries = [_queries(work) for work in works]
    return [
        line(
            f"{len(rows)} rows ÷ the mean of one", [t[0] / statistics.mean(t[1:]) for t in taken], f"≤ {len(rows)}",
            f"{queries[0]} queries for all; {sum(queries[1:])} one by one, {max(queries[1:])} for the longest row",
        ),
        line(f"{len(rows)} rows ÷ the longest of one", [t[0] / max(t[1:]) for t in taken]),
    ]  # fmt: skip


def _queries(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)
