"""Published figures of tasks: rows 5, 7 and 9."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.actions.references import reference
from tanzhi.figures import FigureAnswer, Part, Question, count_of, figure
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.documents.figures import key_documents
from tanzhi.streams.policy.documents.queries import documents
from tanzhi.streams.policy.shared.figure_parts import COUNT, POLICY, counted_records, quoted_titles

from .queries import tasks_of


@figure(
    "policy.clauses_with_tasks",
    title=Text("已分解任务的条款", "Clauses with tasks"),
    unit="clauses",
    stream=POLICY,
)
def clauses_with_tasks(question: Question) -> FigureAnswer:
    """Clauses of documents in force to which at least one task was given (已分解任务的条款)."""
    in_force = documents(region_of(question), question.span.last, topic="peaking")
    rows = [clause for document in in_force for clause in document.clauses.filter(tasks__isnull=False).distinct()]
    parts = [
        Part(row.name, Decimal(1), "clauses", ref=reference(row.document), detail=row.document.title) for row in rows
    ]
    return count_of(parts, COUNT.format(what=Text("已有任务的条款", "clauses with tasks")))


@figure(
    "policy.key_tasks",
    title=Text("重点任务", "Key tasks"),
    unit="tasks",
    stream=POLICY,
    row=7,
)
def key_tasks(question: Question) -> FigureAnswer:
    """Tasks of the key tasks plans and of the yearly work points issued until the end of the period (重点任务)."""
    plans = key_documents(question)
    return counted_records(tasks_of(plans), "tasks", Text("下达的任务", "tasks assigned"), quoted_titles(plans))


@figure(
    "policy.methane_tasks",
    title=Text("甲烷控排措施任务", "Measures and tasks on methane"),
    unit="tasks",
    stream=POLICY,
    row=9,
)
def methane_tasks(question: Question) -> FigureAnswer:
    """Tasks of the lists that put the national methane action plan into practice (甲烷控排措施任务)."""
    lists = documents(region_of(question), question.span.last, topic="methane", kinds=("task_list",))
    return counted_records(tasks_of(lists), "tasks", Text("下达的任务", "tasks assigned"), quoted_titles(lists))
