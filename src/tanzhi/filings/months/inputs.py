"""What the actions of this room are told."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Base64Bytes, Field

from tanzhi.actions.reasons import Reason
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.filings.months.model import Remark
from tanzhi.filings.shared.forms import monthly_forms
from tanzhi.organisations.register.inputs import RegionCode
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Choices, Refers

Period = Annotated[str, Field(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"), Label("期间", "Period")]


class FilingOpenInput(Input):
    form_code: Annotated[str, Label("表单", "Form")]
    organisation_id: Annotated[int, Label("单位", "Organisation"), Refers(Organisation)]
    period: Period


class SaveInput(Input):
    record: Annotated[dict[str, Any], Label("数据", "Data")]
    reason: Annotated[str, Field(max_length=2000), Label("说明", "Note")] = ""


class UploadInput(Input):
    content: Annotated[Base64Bytes, Label("文件", "File")]
    name: Annotated[str, Field(max_length=255), Label("文件名", "File name")]
    all_months: Annotated[bool, Label("全年", "All months")] = False
    mapping_id: Annotated[int | None, Label("台账映射", "Ledger mapping")] = None
    reason: Annotated[str, Field(max_length=2000), Label("说明", "Note")] = ""


class QuestionAnswer(Input):
    """What is said to one question: its check, the place that it asks about, the words."""

    code: Annotated[str, Label("检查编码", "Check code")]
    where: Annotated[str, Label("位置", "Place")] = ""
    text: Annotated[str, Field(min_length=4, max_length=2000), Label("说明", "Answer")]


class QuestionAnswersInput(Input):
    answers: Annotated[list[QuestionAnswer], Field(min_length=1, max_length=1000), Label("答复", "Answers")]


class FilingAttachInput(Input):
    content: Annotated[Base64Bytes, Label("文件", "File")]
    name: Annotated[str, Field(max_length=255), Label("文件名", "File name")]
    kind: Annotated[str, Field(max_length=100), Label("种类", "Kind")]
    where: Annotated[str, Field(max_length=300), Label("位置", "Place")] = ""


class CorrectInput(Input):
    reason: Reason


class CellRemark(Input):
    """A remark to one cell: the row's place and the field."""

    where: Annotated[str, Field(max_length=300), Label("位置", "Place")] = ""
    field: Annotated[str, Field(min_length=1, max_length=100), Label("字段", "Field")]
    text: Annotated[str, Field(min_length=2, max_length=2000), Label("意见", "Remark")]


class ReturnMonthInput(Input):
    remark: Annotated[str, Field(min_length=4, max_length=2000), Label("退回意见", "Why it is returned")]
    cells: Annotated[list[CellRemark], Field(max_length=200), Label("单元格意见", "Remarks to cells")] = Field(
        default_factory=list
    )


class RemarkAnswerInput(Input):
    remark: Annotated[int, Label("意见", "Remark"), Refers(Remark)]
    text: Annotated[str, Field(min_length=2, max_length=2000), Label("答复", "Answer")]


class DeadlineInput(Input):
    region: RegionCode
    form_code: Annotated[str, Label("表单", "Form"), Choices(monthly_forms)]
    days: Annotated[int, Field(ge=1, le=40), Label("天数", "Days")]
    source: Annotated[str, Field(min_length=4, max_length=300), Label("依据", "Source")]
    since: Annotated[date, Label("起", "Since")]
