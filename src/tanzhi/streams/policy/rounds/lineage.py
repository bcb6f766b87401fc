"""Rounds and reports as steps of the walk; from a score down to the reports."""

from __future__ import annotations

import re

from django.utils import timezone

from tanzhi.figures import Ref, explains
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import (
    SCORE,
    Details,
    calculated_node,
    explained_record,
    facts_of,
    no_parts,
    records,
)

from . import scores
from .model import Report, Round

_REPORT = re.compile(r"tasks\[(?P<task>[^\]]+)\]\.indicators\[(?P<who>[^\]]+)-[^\]-]+\]")


def _of_report(report: Report) -> Details:
    yield Text("报送单位", "Reported by"), report.organisation.name
    yield (
        Text("报送时间", "Reported at"),
        (f"{timezone.localtime(report.reported_at):%Y-%m-%d %H:%M}" if report.reported_at else ""),
    )
    yield Text("预警灯", "Light"), report.light_label


records(
    Round,
    lambda review: [
        (Text("统计截至", "As of"), review.as_of),
        (Text("报送时限", "Reports due"), review.due_on),
        (Text("清单得分", "Score of the list"), review.score),
    ],
    lambda review: [calculated_node(SCORE, review, scores.as_stored(review).value("score"))],
)
records(Report, _of_report, no_parts)


@explains(SCORE, of="policy.Round")
def score(ref: Ref) -> Calculation:
    """A round's score, for whoever may see the round; each input leads to the report that told it."""
    review = explained_record(Round, ref)
    reports = {(report.task.number, report.organisation.code): report for report in scores.reports_of(review)}

    def report_at(path: str) -> Report | None:
        where = _REPORT.match(path)
        return reports.get((where["task"], where["who"])) if where else None

    return Calculation(
        scores.as_stored(review),
        facts=lambda path: facts_of(report, _of_report(report)) if (report := report_at(path)) else (),
        sources=lambda path: entries_of(report) if (report := report_at(path)) else (),
        stored_release=review.release,
        today=lambda: scores.evaluated(review),
    )
