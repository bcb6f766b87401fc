"""What the actions of this room are told."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions.reasons import ShortReason
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label


class ParameterInput(Input):
    """A value with its days, unit and source; what does not fit the table is told by `admission`."""

    guideline: Annotated[str, Field(max_length=60), Label("指南", "Guideline")]
    parameter: Annotated[str, Field(max_length=100), Label("参数", "Parameter")]
    keys: Annotated[dict[str, str], Field(default_factory=dict), Label("键", "Keys")]
    value: Annotated[str, Field(max_length=60), Label("数值", "Value")] = ""
    unit: Annotated[str, Field(max_length=40), Label("单位", "Unit")] = ""
    since: Annotated[date, Label("起", "Since")]
    until: Annotated[date | None, Label("止", "Until")] = None
    supersedes: Annotated[bool, Label("取代该期间的现行数值", "In place of the value now in force on these days")] = (
        False
    )
    after_publication: Annotated[
        bool, Label("该期间已发布，须另行重新核算", "These days are published: to be re-evaluated")
    ] = False
    source: Annotated[str, Field(max_length=300), Label("依据", "Source")] = ""
    note: Annotated[str, Field(max_length=2000), Label("备注", "Note")] = ""


class CompareInput(Input):
    """The records of a stream, guideline and year."""

    stream: Annotated[str, Field(max_length=40), Label("结果", "Results")]
    guideline: Annotated[str, Field(max_length=60), Label("指南", "Guideline")]
    year: Annotated[int, Field(ge=1990, le=2100), Label("数据年度", "Data year")]


class ComparedInput(Input):
    """One record as the platform compared it."""

    key: int
    release: Annotated[str, Field(max_length=120)]
    state: Literal["same", "changed", "barred"]
    digest: Annotated[str, Field(max_length=64)]
    changes: list[dict[str, Any]] = Field(default_factory=list)
    problem: dict[str, str] = Field(default_factory=dict)


class ComparisonInput(CompareInput):
    """A whole comparison, as the platform keeps it."""

    release: Annotated[str, Field(max_length=100)]
    person_id: int
    records: list[ComparedInput]


class ReevaluateInput(Input):
    reason: ShortReason


class BatchInput(Input):
    """Numbers of records within a comparison."""

    numbers: Annotated[list[int], Field(min_length=1)]
