"""What others may ask of tasks and of the coverage of clauses."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.documents.model import Clause, Document

from .model import Task


def tasks_of(documents: Iterable[Document]) -> QuerySet[Task]:
    """The tasks of these documents, in the order of their lists."""
    return (
        Task.objects.filter(document__in=list(documents))
        .select_related("document", "region")
        .order_by("document", "pk")
    )


COVERAGE = {
    "none": Text("无任务", "no task"),
    "untold": Text("有任务，无已核实进展", "tasks, nothing confirmed"),
    "told": Text("有已核实进展", "progress confirmed"),
}


def coverage_of(clause: Clause) -> str:
    """Whether a clause has tasks, and whether anything confirmed was told of them."""
    tasks, confirmed = clause.task_count, clause.told_count  # type: ignore[attr-defined]  # annotated below
    return "told" if confirmed else "untold" if tasks else "none"


def counted_clauses(rows: QuerySet[Document]) -> QuerySet[Clause]:
    """Clauses of these documents that ask for a task, with how many they have and how many reports are confirmed."""
    done = Q(tasks__reports__state="confirmed") | Q(tasks__state="done")
    return (
        Clause.objects.filter(document__in=rows, assigns=True)
        .select_related("document")
        .annotate(task_count=Count("tasks", distinct=True), told_count=Count("tasks", filter=done, distinct=True))
        .order_by("document_id", "order")
    )
