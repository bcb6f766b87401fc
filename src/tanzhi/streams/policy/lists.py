"""The lists of the library, of tasks and their dispatching, of clauses and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from tanzhi.actions import clock
from tanzhi.organisations.models import Region
from tanzhi.presentation.listing import Column, Filter, Listing
from tanzhi.rulebook.kernel.text import Text

from .actions import REPORT, ROUND, TASK
from .document_models import IN_FORCE, STANDING_TONES, STANDINGS, Document
from .queries import COVERAGE, coverage_of
from .task_models import CLAIMED, RUNNING
from .words import KINDS, LEVELS, LIGHTS, TONES, TOPICS

COVERAGE_TONES = {"none": "late", "untold": "due", "told": "ok"}
SOON_DAYS = 30


def regions() -> Mapping[str, Text]:
    return {region.code: region.name for region in Region.objects.all()}


def within(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
    """Rows of a region and of what lies below it."""
    region = Region.objects.filter(code=code).first()
    return rows.filter(region__path__startswith=region.path) if region else rows


def due_tone(row: Any) -> str:
    """The colour of a deadline: late, soon, or none."""
    if row.state not in (RUNNING, CLAIMED):
        return ""
    left = (row.due_on - clock.today()).days
    return "late" if left < 0 else "due" if left <= SOON_DAYS else ""


def urgent_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Running tasks before the others: overdue or red, then yellow, then the rest; each by deadline."""
    running = (RUNNING, CLAIMED)
    rank = Case(
        When(state__in=running, due_on__lt=clock.today(), then=Value(0)),
        When(state__in=running, light="red", then=Value(1)),
        When(state__in=running, light="yellow", then=Value(2)),
        When(state__in=running, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    found: QuerySet[Any] = rows.annotate(rank=rank)
    return found


def _standing(rows: QuerySet[Any], chosen: str) -> QuerySet[Any]:
    known = [row.pk for row in rows.select_related(None) if row.standing == chosen]
    return rows.filter(pk__in=known)


def _kind(row: Document) -> Text:
    """Level and kind together."""
    return Text("{level}{kind}", "{level}: {kind}").format(level=row.level_label, kind=row.kind_label)


def _issued_by(row: Document) -> Text | None:
    """The lead, and how many others issued it with him."""
    names = row.issuer_names
    if not names:
        return None
    others = Text("{lead}等{n}个单位", "{lead} and {others} more")
    return names[0] if len(names) == 1 else others.format(lead=names[0], n=len(names), others=len(names) - 1)


DOCUMENTS = Listing(
    "policy.documents",
    title=Text("政策库", "Policy library"),
    noun=Text("份", "documents"),
    hint=Text("标题或文号", "Title or number"),
    columns=(
        Column("title", Text("文件", "Document"), kind="link", link=lambda row: row.get_absolute_url()),
        Column("number", Text("文号", "Number"), sort="number"),
        Column("kind", Text("文种", "Kind"), value=_kind, sort=("level", "kind")),
        Column("topic", Text("专题", "Topic"), sort="topic", words=TOPICS),
        Column("issuers", Text("发文单位", "Issued by"), value=_issued_by),
        Column("issued_on", Text("印发", "Issued"), kind="date", sort="issued_on"),
        Column("task_count", Text("任务", "Tasks"), kind="number", sort="task_count"),
        Column(
            "standing",
            Text("效力", "Standing"),
            value=lambda row: STANDINGS[row.standing],
            kind="state",
            tone=lambda row: STANDING_TONES[row.standing],
        ),
    ),
    filters=(
        Filter("topic", Text("专题", "Topic"), TOPICS),
        Filter("level", Text("层级", "Level"), LEVELS),
        Filter("kind", Text("文种", "Kind"), KINDS),
        Filter("standing", Text("效力", "Standing"), STANDINGS, _standing),
    ),
    search=("title_zh", "title_en", "number"),
    order="-issued_on",
    empty=Text("没有符合条件的文件。放宽条件，或录入政策文件。", "No document fits. Widen the search or enter one."),
)


def _owners() -> Mapping[str, Text]:
    rows = Document.objects.filter(tasks__isnull=False, state=IN_FORCE).distinct()
    return {str(row.pk): row.title for row in rows}


def _late(rows: QuerySet[Any], _chosen: str) -> QuerySet[Any]:
    return rows.filter(state__in=(RUNNING, CLAIMED), due_on__lt=clock.today())


TASK_COLUMNS = (
    Column("name", Text("任务", "Task"), value="short", kind="link", link=lambda row: row.get_absolute_url()),
    Column("owner", Text("来源", "From"), value=lambda row: row.owner.title),
    Column("lead", Text("牵头单位", "Lead"), value=lambda row: row.lead.name if row.lead else None),
    Column("region", Text("地区", "Region"), value="region.name", sort="region__path"),
    Column("due_on", Text("时限", "Due"), kind="date", sort="due_on", tone=due_tone),
    Column("light", Text("灯", "Light"), kind="state", sort=("rank", "due_on"), words=LIGHTS, tone=TONES),
    Column("score", Text("得分", "Score"), kind="number"),
    Column("state", Text("状态", "State"), kind="state", sort="state", words=TASK.words, tone=TASK.tones),
)
TASKS = Listing(
    "policy.tasks",
    title=Text("任务", "Tasks"),
    noun=Text("项", "tasks"),
    hint=Text("任务编号或名称", "Number or title"),
    columns=TASK_COLUMNS,
    filters=(
        Filter("light", Text("灯", "Light"), {code: words for code, words in LIGHTS.items() if code}),
        Filter("state", Text("状态", "State"), TASK.words),
        Filter("document", Text("文件", "Document"), _owners),
        Filter("region", Text("地区", "Region"), regions, within),
        Filter("late", Text("逾期", "Overdue"), {"yes": Text("已逾期", "Overdue")}, _late),
    ),
    search=("title_zh", "title_en", "number"),
    order="light",
    empty=Text(
        "没有符合条件的任务。放宽条件，或下达、导入任务。", "No task fits. Widen the search, assign or import tasks."
    ),
)
ROUNDS = Listing(
    "policy.rounds",
    title=Text("调度", "Rounds of dispatching"),
    noun=Text("轮", "rounds"),
    columns=(
        Column("title", Text("调度", "Round"), kind="link", link=lambda row: row.get_absolute_url()),
        Column("as_of", Text("统计截至", "As of"), kind="date", sort="as_of"),
        Column("due_on", Text("报送时限", "Reports due"), kind="date", sort="due_on"),
        Column("asked", Text("应报", "Asked"), kind="number", sort="asked"),
        Column("told", Text("已报送", "Told"), kind="number", sort="told"),
        Column("confirmed", Text("已核实", "Confirmed"), kind="number", sort="confirmed"),
        Column("score", Text("得分", "Score"), kind="number"),
        Column("state", Text("状态", "State"), kind="state", sort="state", words=ROUND.words, tone=ROUND.tones),
    ),
    filters=(Filter("state", Text("状态", "State"), ROUND.words),),
    order="-as_of",
    empty=Text(
        "尚未开展调度。选定一份有任务的文件，发起调度。", "No round yet. Choose a document with tasks and open one."
    ),
)
REPORTS = Listing(
    "policy.reports",
    title=Text("报送", "Reports"),
    noun=Text("份", "reports"),
    columns=(
        Column("task", Text("任务", "Task"), value="task.name", kind="link", link=lambda row: row.get_absolute_url()),
        Column("organisation", Text("报送单位", "Told by"), value="organisation.name", sort="organisation__code"),
        Column("reported_at", Text("报送日期", "Told on"), kind="date", sort="reported_at"),
        Column("light", Text("灯", "Light"), kind="state", sort="light", words=LIGHTS, tone=TONES),
        Column("score", Text("得分", "Score"), kind="number"),
        Column("state", Text("状态", "State"), kind="state", sort="state", words=REPORT.words, tone=REPORT.tones),
    ),
    filters=(
        Filter("state", Text("状态", "State"), REPORT.words),
        Filter("light", Text("灯", "Light"), {code: words for code, words in LIGHTS.items() if code}),
    ),
    order="state",
    empty=Text("没有符合条件的报送。", "No report fits."),
)


def _covered(rows: list[Any], chosen: str) -> list[Any]:
    return [row for row in rows if coverage_of(row) == chosen]


def _document_words() -> Mapping[str, Text]:
    return {str(row.pk): row.title for row in Document.objects.exclude(clauses=None).distinct()}


COVERED = Listing(
    "policy.coverage",
    title=Text("条款落实", "Coverage of clauses"),
    noun=Text("条", "clauses"),
    columns=(
        Column("document", Text("文件", "Document"), value="document.title"),
        Column(
            "clause",
            Text("条款", "Clause"),
            value="name",
            kind="link",
            link=lambda row: f"{row.document.get_absolute_url()}#c{row.pk}",
        ),
        Column("task_count", Text("任务", "Tasks"), kind="number", sort="task_count"),
        Column(
            "told_count", Text("有核实进展的任务", "Tasks with confirmed progress"), kind="number", sort="told_count"
        ),
        Column(
            "coverage",
            Text("落实情况", "Coverage"),
            value=lambda row: COVERAGE[coverage_of(row)],
            kind="state",
            tone=lambda row: COVERAGE_TONES[coverage_of(row)],
        ),
    ),
    filters=(
        Filter("coverage", Text("落实情况", "Coverage"), COVERAGE, _covered),
        Filter("document_id", Text("文件", "Document"), _document_words),
    ),
    empty=Text(
        "没有符合条件的条款。录入文件条款后在此查看落实情况。", "No clause fits. Enter clauses of a document first."
    ),
)
