"""Task lists from a sheet: a row a task, with one indicator where the sheet states one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.refusal import refused
from tanzhi.actions.table import Input
from tanzhi.actions.transitions import begin
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer
from tanzhi.organisations.register.choices import regions
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.documents.model import IN_FORCE, Document
from tanzhi.streams.policy.shared.inputs import parted
from tanzhi.workflow.clocks import clocks

from .model import CANCELLED, RUNNING, Task
from .work import OFFICER, TASK, IndicatorRow, TaskInput, equipped, new_task, start_deadline

if TYPE_CHECKING:
    from tanzhi.actions.table import Call


class TaskRow(Input):
    document: Annotated[str, Field(min_length=1, max_length=100), Label("文号", "Number of the document")]
    region: Annotated[str, Field(min_length=1, max_length=12), Label("地区代码", "Region code"), Choices(regions)]
    number: Annotated[str, Field(min_length=1, max_length=20), Label("任务编号", "Number")]
    zh: Annotated[str, Field(min_length=2, max_length=300), Label("任务名称", "Chinese title")]
    en: Annotated[str, Field(min_length=2, max_length=300), Label("英文名称", "English title")]
    clause: Annotated[str, Field(max_length=20), Label("对应条款", "Clause")] = ""
    parent: Annotated[str, Field(max_length=20), Label("上级任务编号", "Number of the task above")] = ""
    lead: Annotated[str, Field(min_length=1, max_length=40), Label("牵头单位代码", "Code of the lead")]
    co: Annotated[str, Label("配合单位代码", "Codes of those supporting"), Help("顿号分隔", "commas between")] = ""
    reporters: Annotated[str, Label("报送单位代码", "Codes of those reporting")] = ""
    starts_on: Annotated[date, Label("起始日期", "Start")]
    due_on: Annotated[date, Label("完成时限", "Due")]
    weight: Annotated[Decimal | None, Field(gt=0), Label("权重", "Weight")] = None
    indicator_zh: Annotated[str, Field(max_length=200), Label("指标名称", "Indicator (Chinese)")] = ""
    indicator_en: Annotated[str, Field(max_length=200), Label("指标英文名称", "Indicator (English)")] = ""
    unit: Annotated[str, Field(max_length=30), Label("指标单位", "Unit")] = ""
    start: Annotated[Decimal | None, Label("起点值", "Value at the start")] = None
    target: Annotated[Decimal | None, Label("目标值", "Target")] = None


def add(call: Call, row: TaskRow) -> Task:
    """One row; its document stands in the library by its number."""
    document = Document.objects.filter(number=row.document, state=IN_FORCE).select_related("region").first()
    if document is None:
        raise refused("POL-DOC", "document", row.document, Text("政策库中的文号", "a number known to the library"))
    call.require(document.place)
    call.require(region_by_code(row.region).place)
    fields = row.model_dump(include={"number", "zh", "en", "clause", "parent", "lead", "starts_on", "due_on", "weight"})
    co, reporters = parted(row.co), parted(row.reporters)
    # An indicator is told whole or not at all.
    cells = (row.indicator_zh, row.indicator_en, row.unit, row.target)
    if not any(cell not in ("", None) for cell in cells):
        indicators = []
    else:
        if not all(cell not in ("", None) for cell in cells) or row.target is None:
            expected = Text("指标名称、英文名称、单位、目标值同填", "name in both languages, unit and target together")
            raise refused("POL-TWIN", "target", row.indicator_zh or "—", expected)
        indicators = [
            IndicatorRow(
                number="1", zh=row.indicator_zh, en=row.indicator_en, unit=row.unit, target=row.target, start=row.start
            )
        ]
    data = TaskInput(**fields, co=co, reporters=reporters, indicators=indicators)
    task = new_task(call, data, region=row.region, document=document)
    begin(call, TASK, task)
    equipped(task, data)
    start_deadline(call, task)
    return task


def undo(call: Call, task: Task) -> None:
    """A task on which nobody reported yet is taken back as cancelled."""
    if task.state != RUNNING or task.reports.exists():
        raise refused("POL-UNDO", "number", task.name, Text("尚无报送的推进中任务", "a running task without reports"))
    task.state, task.closed_at = CANCELLED, call.now
    clocks.ended(call, task)
    task.save(update_fields=["state", "closed_at"])


IMPORT = Importer(
    "policy.tasks",
    title=Text("任务清单", "list of tasks"),
    row=TaskRow,
    by=OFFICER,
    add=add,
    undo=undo,
)
