"""From reports of a round to lights and scores: the record that the rulebook reads, and what it makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from tanzhi.law.evaluation import evaluate, release_of, under_release
from tanzhi.rulebook.kernel import Node
from tanzhi.rulebook.kernel.rounding import EXACT, plain
from tanzhi.rulebook.tasks import tasks
from tanzhi.streams.policy.tasks.model import Task

from .model import Report, Round

NOT_REPORTED = "NR"
STEPS = "M"
"""The number under which milestones stand among a task's indicators."""
TOLD = ("reported", "confirmed")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rulebook says of a task: light and score, empty where nothing can be said."""

    light: str
    score: str
    release: str


def judged(node: Node) -> Judged:
    """Light and score of an evaluated task, and the release of the rules that gave them."""
    light, score = node.value("light").number, node.value("task_score").number
    return Judged(str(light or ""), plain(score) if isinstance(score, Decimal) else "", release_of(node))


def judge(task: Task, reports: Iterable[Report], as_of: date) -> Judged:
    """One task by these reports."""
    return judged(evaluate(tasks, as_of.year, {"tasks": [_task(task, reports, as_of)]}).at("task")[0])


def evaluated(found: Round) -> Node:
    """A whole round: every task of the plan with all reports on it, by the law in force."""
    return evaluate(tasks, found.as_of.year, record_of(found, reports_of(found)))


def as_stored(found: Round) -> Node:
    """The same of a closed round by the release that scored it; an open one is scored by the law in force."""
    law = under_release(tasks, found.release)
    return evaluate(tasks, found.as_of.year, record_of(found, reports_of(found)), under=law)


def reports_of(found: Round) -> list[Report]:
    """The reports of a round with what their evaluation needs."""
    return list(
        found.reports.select_related("task", "organisation")
        .prefetch_related("task__indicators", "task__milestones")
        .order_by("task__number", "organisation__code")
    )


def record_of(found: Round, reports: list[Report]) -> dict[str, Any]:
    """The round as the rulebook reads it; each authority's values are indicators of their own."""
    by_task: dict[int, list[Report]] = {}
    for one in reports:
        by_task.setdefault(one.task_id, []).append(one)
    return {"plan": str(found.pk), "tasks": [_task(rows[0].task, rows, found.as_of) for rows in by_task.values()]}


def _task(task: Task, reports: Iterable[Report], as_of: date) -> dict[str, Any]:
    rows = [row for one in reports for row in _indicators(task, one, as_of)]
    return {
        "task": task.number,
        "task_weight": task.weight,
        "days_late": str(task.days_late(as_of)),
        "indicators": rows,
    }


def _indicators(task: Task, report: Report, as_of: date) -> list[dict[str, str]]:
    basis = "verified" if report.state == "confirmed" else "self_reported"
    common = {"time_gone": time_gone(task, as_of), "basis": basis}
    rows = [
        {
            "indicator": f"{report.organisation.code}-{one.number}",
            "direction": one.direction,
            "start_value": one.start,
            "target": one.target,
            "indicator_weight": one.weight,
            "actual": report.actuals.get(one.number, NOT_REPORTED),
        }
        for one in task.indicators.all()
    ]
    if steps := task.milestones.all():
        due = sum(one.due_on <= as_of for one in steps)
        reached = str(len(report.reached)) if report.state in TOLD else NOT_REPORTED
        named = f"{report.organisation.code}-{STEPS}"
        rows.append({"indicator": named, "target": str(len(steps)), "planned_value": str(due), "actual": reached})
    return [row | common for row in rows]


def time_gone(task: Task, as_of: date) -> str:
    """Days since its start over the days that it has, from 0 on."""
    whole = (task.due_on - task.starts_on).days
    gone = max(0, (as_of - task.starts_on).days)
    with localcontext(EXACT):
        return plain((Decimal(gone) / whole).quantize(Decimal("0.000001"))) if whole else "1"
