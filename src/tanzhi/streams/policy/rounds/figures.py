"""The published figure of rounds: row 7."""

from __future__ import annotations

from tanzhi.figures import FigureAnswer, Question, figure
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.documents.figures import key_documents
from tanzhi.streams.policy.shared.figure_parts import POLICY, counted_records

from .queries import rounds_of


@figure(
    "policy.rounds",
    title=Text("重点任务调度", "Rounds of dispatching"),
    unit="rounds",
    stream=POLICY,
    row=7,
)
def rounds(question: Question) -> FigureAnswer:
    """Rounds of dispatching over those tasks until the end of the period (调度轮次)."""
    rows = list(rounds_of(key_documents(question), question.span.last))
    confirmed = sum(row.reports.filter(state="confirmed").count() for row in rows)
    due = sum(row.reports.count() for row in rows)
    words = Text("应报{asked}份，已核实{told}份", "{told} of {asked} reports confirmed")
    scope = words.format(asked=due, told=confirmed) if rows else None
    return counted_records(rows, "rounds", Text("调度", "rounds"), scope)
