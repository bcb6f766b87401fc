"""What the actions of this room are told."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

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
