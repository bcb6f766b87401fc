"""From reports of a round to lights and scores: the record that the rulebook reads, and what it makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from tanzhi.law.evaluation import evaluate, release_of, under_release
from tanzhi.rulebook.kernel import RecordNode
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


def judged(node: RecordNode) -> Judged:
    """Light and score of an evaluated task, and the release of the rules that gave them."""
    light, score = node.value("light").number, node.value("task_score").number
    return Judged(str(light or ""), plain(score) if isinstance(score, Decimal) else "", release_of(node))


def judge(task: Task, reports: Iterable[Report], as_of: date) -> Judged:
    """One task by these reports, and by the law of the day up to which they count."""
    return judged(evaluate(tasks, as_of, {"tasks": [_task(task, reports, as_of)]}).at("task")[0])


def evaluated(review: Round) -> RecordNode:
    """A whole round: every task of the plan with all reports on it, by the law in force."""
    return evaluate(tasks, review.as_of, record_of(review, reports_of(review)))


def as_stored(review: Round) -> RecordNode:
    """The same of a closed round by the release that scored it; an open one is scored by the law in force."""
    law = under_release(tasks, review.release)
    return evaluate(tasks, review.as_of, record_of(review, reports_of(review)), under=law)


def reports_of(review: Round) -> list[Report]:
    """The reports of a round with what their evaluation needs."""
    return list(
        review.reports.select_related("task", "organisation")
        .prefetch_related("task__indicators", "task__milestones")
        .order_by("task__number", "organisation__code")
    )


def record_of(review: Round, reports: list[Report]) -> dict[str, Any]:
    """The round as the rulebook reads it; each authority's values are indicators of their own."""
    by_task: dict[int, list[Report]] = {}
    for report in reports:
        by_task.setdefault(report.task_id, []).append(report)
    return {"plan": str(review.pk), "tasks": [_task(rows[0].task, rows, review.as_of) for rows in by_task.values()]}


def _task(task: Task, reports: Iterable[Report], as_of: date) -> dict[str, Any]:
    rows = [row for report in reports for row in _indicators(task, report, as_of)]
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
            "indicator": f"{report.organisation.code}-{indicator.number}",
            "direction": indicator.direction,
            "start_value": indicator.start,
            "target": indicator.target,
            "indicator_weight": indicator.weight,
            "actual": report.actuals.get(indicator.number, NOT_REPORTED),
        }
        for indicator in task.indicators.all()
    ]
    if steps := task.milestones.all():
        due = sum(step.due_on <= as_of for step in steps)
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
