"""Which clause of a document has tasks, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tanzhi.presentation.charts.chart import Chart, bars
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.documents.model import Document
from tanzhi.streams.policy.shared.codes import worst

from .model import Task
from .queries import COVERAGE, coverage_of

if TYPE_CHECKING:
    from tanzhi.streams.policy.documents.model import Clause

COVERAGE_TONES = {"none": "late", "untold": "due", "told": "ok"}


COVERED = Listing(
    "policy.coverage",
    title=Text("条款落实", "Coverage of clauses"),
    noun=Text("条", "clauses"),
    columns=(
        ListColumn("document", Text("文件", "Document"), value="document.title"),
        ListColumn(
            "clause",
            Text("条款", "Clause"),
            value="name",
            kind="link",
            link=lambda row: f"{row.document.get_absolute_url()}#c{row.pk}",
        ),
        ListColumn("task_count", Text("任务", "Tasks"), kind="number", sort="task_count"),
        ListColumn(
            "told_count", Text("有核实进展的任务", "Tasks with confirmed progress"), kind="number", sort="told_count"
        ),
        ListColumn(
            "coverage",
            Text("落实情况", "Coverage"),
            value=lambda row: COVERAGE[coverage_of(row)],
            kind="state",
            tone=lambda row: COVERAGE_TONES[coverage_of(row)],
        ),
    ),
    filters=(
        Filter(
            "coverage",
            Text("落实情况", "Coverage"),
            COVERAGE,
            lambda rows, selected: [row for row in rows if coverage_of(row) == selected],
        ),
        Filter(
            "document_id",
            Text("文件", "Document"),
            lambda: {str(row.pk): row.title for row in Document.objects.exclude(clauses=None).distinct()},
        ),
    ),
    empty=Text("没有符合条件的条款。", "No clause fits."),
    step=FillingStep(
        Text("录入文件条款后在此查看落实情况。", "Enter clauses of a document first."), "policy.add_clauses"
    ),
)


@dataclass(frozen=True, slots=True)
class Branch:
    """A clause with its tasks and what stands below it."""

    clause: Clause
    tasks: list[Task]
    below: list[Branch]

    @property
    def bare(self) -> bool:
        """Whether it asks for a task and has none."""
        return self.clause.assigns and not self.tasks

    @property
    def light(self) -> str:
        return worst([task.light for task in self.tasks if task.light])


def clause_tree(document: Document, tasks: Iterable[Task]) -> list[Branch]:
    """The clauses of a document as a tree, each with its tasks."""
    by_clause: dict[int, list[Task]] = {}
    for task in tasks:
        if task.clause_id is not None:
            by_clause.setdefault(task.clause_id, []).append(task)
    below: dict[int | None, list[Clause]] = {}
    for clause in document.clauses.all():
        below.setdefault(clause.parent_id, []).append(clause)

    def branches(parent: int | None) -> list[Branch]:
        return [Branch(row, by_clause.get(row.pk, []), branches(row.pk)) for row in below.get(parent, [])]

    return branches(None)


_COVERED = Text(
    "应落实条款 {n} 条：{bare} 条无任务，{untold} 条尚无核实进展",
    "{n} clauses ask for tasks: {bare} have none, {untold} no confirmed progress",
)


def coverage_charts(rows: Sequence[Any]) -> list[Chart]:
    """Clauses by document and by what became of them."""
    if not rows:
        return []
    counted = Counter((clause.document_id, coverage_of(clause)) for clause in rows)
    titles = {clause.document_id: clause.document.title for clause in rows}
    counts = [
        {"document": titles[pk], "coverage": COVERAGE[code], "count": counted[pk, code]}
        for pk in titles
        for code in ("told", "untold", "none")
        if counted[pk, code]
    ]
    bare = sum(n for (_, code), n in counted.items() if code == "none")
    untold = sum(n for (_, code), n in counted.items() if code == "untold")
    columns = (
        ListColumn("document", Text("文件", "Document")),
        ListColumn("coverage", Text("落实情况", "Coverage")),
        ListColumn("count", Text("条款", "Clauses"), kind="number", unit=Text("条", "clauses")),
    )
    title = _COVERED.format(n=len(rows), bare=bare, untold=untold)
    height = 26 * len(titles) + 30
    return [
        Chart("coverage", title, columns, counts, bars("document", "count", by="coverage", across=True), height=height)
    ]
