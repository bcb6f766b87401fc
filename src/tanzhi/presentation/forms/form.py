"""A web form made of an action's typed input: label, help, kind of control, choices, each finding beside its field."""

from __future__ import annotations

import types
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr

from tanzhi.actions import clock
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.validation import field_label
from tanzhi.rulebook.kernel.text import Text, same

from .fields import Attached, Choices, Help, Hidden, Long, Specified
from .record_fields import controls_of, located
from .rows import CONTROLS as GRIDS
from .rows import columns_of, grid_of

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from tanzhi.actions.refusal import Refused
    from tanzhi.actions.registry import Action, Actor
    from tanzhi.presentation.sheets.sheet import GridSheet
    from tanzhi.rulebook.kernel.finding import Finding

CONTROLS: dict[Any, str] = {
    date: "date",
    datetime: "datetime-local",
    SecretStr: "password",
    bool: "checkbox",
    int: "whole",
    Decimal: "decimal",
    dict: "pairs",
}
LONG_FROM = 301  # a text that may be longer gets several lines


@dataclass(slots=True)
class Field:
    """One control of the form."""

    name: str
    label: Text
    control: str
    required: bool
    value: Any = ""
    options: list[tuple[str, Text]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    help: Text | None = None
    accept: str = ""
    sheet: GridSheet | None = None

    @property
    def selected(self) -> list[str]:
        return [str(code) for code in self.value] if isinstance(self.value, list) else [str(self.value)]


@dataclass(slots=True)
class ActionForm:
    """The form of one action for one actor: what was given, and what was found wrong with it."""

    action: Action
    actor: Actor
    data: Mapping[str, Any] = field(default_factory=dict)
    refusal: Refused | None = None
    subject: Any = None
    choices: Mapping[str, Any] = field(default_factory=dict)  # field → pairs that depend on the subject
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    @classmethod
    def of(cls, name: str, actor: Actor, **more: Any) -> ActionForm:
        return cls(ACTIONS[name], actor, **more)

    @property
    def fields(self) -> list[Field]:
        fields: list[Field] = []
        for name, info in self.action.input.model_fields.items():
            specified = note(info, Specified)
            fields += (
                self._specified(name, specified)
                if specified and self.subject is not None
                else [self._field(name, info)]
            )
        return fields

    def _specified(self, name: str, specified: Specified) -> list[Field]:
        """One control for each field of the form that the subject chooses, one for each of its tables."""
        return [
            Field(
                control.name, control.label, control.control, control.required, control.value, control.options,
                [f for f in self.findings if f.field == control.name], control.help, sheet=control.sheet,
            )
            for control in controls_of(name, specified.form(self.subject), self.data, self.findings)
        ]  # fmt: skip

    @property
    def findings(self) -> list[Finding]:
        """What was found wrong, by the names under which the controls were posted."""
        findings = self.refusal.findings if self.refusal else []
        for name, info in self.action.input.model_fields.items():
            specified: Specified | None = note(info, Specified)
            if specified and self.subject is not None:
                form = specified.form(self.subject)
                findings = [located(name, form, self.data, each) for each in findings]
        return findings

    @property
    def seen(self) -> int | None:
        """The revision of the subject that this form was filled for."""
        return getattr(self.subject, "revision", None)

    @property
    def status(self) -> int:
        return self.refusal.status if self.refusal else 200

    @property
    def has_files(self) -> bool:
        return bool(self.file_names)

    @property
    def file_names(self) -> str:
        """Fields that hold files, which a preview goes without."""
        return ",".join(field.name for field in self.fields if field.control in ("file", "files"))

    @property
    def loose_findings(self) -> list[Finding]:
        """Findings that belong to no field of this form."""
        return [finding for finding in self.findings if self._owner(finding) is None]

    def _owner(self, finding: Finding) -> str | None:
        """The field that a finding is about: its own, or the grid of the row in which it stands."""
        first, table = finding.field.partition(".")[0], finding.place.partition("[")[0]
        return next((name for name in (table, first) if name in self.action.input.model_fields), None)

    def _field(self, name: str, info: FieldInfo) -> Field:
        options = self._options(name, info)
        control = control_of(info, bool(options))
        hint = note(info, Help)
        label = field_label(self.action.input, name)
        findings = [finding for finding in self.findings if self._owner(finding) == name]
        columns = columns_of(control, info, label, self._options) if control in GRIDS else []
        return Field(
            name,
            label,
            control,
            info.is_required(),
            "" if columns else self._value(name, info, control),
            options,
            [] if columns else findings,
            Text(hint.zh, hint.en) if hint else None,
            getattr(note(info, Attached), "accept", ""),
            grid_of(name, label, columns, self.data, findings) if columns else None,
        )

    def _options(self, name: str, info: FieldInfo) -> list[tuple[str, Text]]:
        if name in self.choices:
            options = self.choices[name]
            return list(options.items()) if isinstance(options, Mapping) else list(options)
        outcomes: Outcomes | None = note(info, Outcomes)
        if outcomes is not None:
            return list(outcomes.options.items())
        choices: Choices | None = note(info, Choices)
        if choices is not None:
            return choices.of(self.actor)
        kind = inner(info)
        kind = get_args(kind)[0] if get_origin(kind) is list else kind
        if get_origin(kind) is Literal:
            return [(str(option), same(str(option))) for option in get_args(kind)]
        if isinstance(kind, type) and issubclass(kind, Enum):
            return [(str(option.value), same(str(option.value))) for option in kind]
        return []

    def _value(self, name: str, info: FieldInfo, control: str) -> Any:
        if control in ("password", "file", "files"):
            return ""
        if hasattr(self.data, "getlist") and control == "several":
            return self.data.getlist(name)
        if name in self.data:
            return self.data[name]
        if control == "date" and info.is_required():
            return clock.today().isoformat()
        default = info.get_default()
        return default if isinstance(default, str | int | list | Decimal) else ""


def note(info: FieldInfo, kind: type[Any]) -> Any:
    """What a field's annotation says of this kind, or None."""
    return next((mark for mark in info.metadata if isinstance(mark, kind)), None)


def inner(info: FieldInfo) -> Any:
    """A field's type; an optional one is told as its own."""
    kind: Any = info.annotation
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    return kind


def control_of(info: FieldInfo, has_options: bool) -> str:
    """The kind of control for a field."""
    kind = inner(info)
    several = get_origin(kind) is list
    if note(info, Hidden) or note(info, Outcomes):
        return "hidden" if note(info, Hidden) else "outcome"
    if note(info, Attached):
        return "files" if several else "file"
    if has_options:
        return "several" if several else "choice"
    if several:
        part = get_args(kind)[0]
        return "rows" if isinstance(part, type) and issubclass(part, BaseModel) else "lines"
    if kind is str and (
        note(info, Long)
        or max((getattr(mark, "max_length", None) or 0 for mark in info.metadata), default=0) >= LONG_FROM
    ):
        return "long"
    return CONTROLS.get(get_origin(kind) or kind, "text")
