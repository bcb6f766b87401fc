"""A web form made of an action's typed input: label, kind of control, choices, and each finding beside its field."""

from __future__ import annotations

import types
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from django.utils import timezone
from pydantic import SecretStr

from tanzhi.actions.roles import ROLES
from tanzhi.actions.validation import field_label
from tanzhi.rulebook.kernel.text import Text

from .models import Organisation, Region, names_of
from .queries import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic.fields import FieldInfo

    from tanzhi.actions.refusal import Refused
    from tanzhi.actions.registry import Action
    from tanzhi.rulebook.kernel.finding import Finding

CONTROLS: dict[Any, str] = {date: "date", SecretStr: "password", bool: "checkbox", int: "number", dict: "lines"}
LANGUAGES = {"zh-hans": Text("中文", "Chinese"), "en": Text("英文", "English")}


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


def fields_of(action: Action, given: Mapping[str, Any], refusal: Refused | None = None) -> list[Field]:
    """The controls for an action's input, filled with what was given, with what was found wrong."""
    return [_field(action, name, info, given, refusal) for name, info in action.input.model_fields.items()]


def _field(action: Action, name: str, info: FieldInfo, given: Mapping[str, Any], refusal: Refused | None) -> Field:
    control = _control(info)
    options = CHOICES[name]() if name in CHOICES else []
    initial = timezone.localdate().isoformat() if control == "date" and info.is_required() else _default(info)
    return Field(
        name=name,
        label=field_label(action.input, name),
        control="choice" if options else control,
        required=info.is_required(),
        value="" if control == "password" else given.get(name, initial),
        options=options,
        findings=[f for f in refusal.findings if f.field.split(".")[0] == name] if refusal else [],
    )


def _default(info: FieldInfo) -> Any:
    value = info.get_default()
    return value if isinstance(value, str | int) else ""


def _control(info: FieldInfo) -> str:
    """The kind of control for a field's type; an optional type shows as its own kind."""
    kind: Any = info.annotation
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
    return CONTROLS.get(get_origin(kind) or kind, "text")


def data_from(action: Action, posted: Mapping[str, Any]) -> dict[str, Any]:
    """What was posted, as the action's input; blanks are left out, so that a missing field is told as missing."""
    found: dict[str, Any] = {}
    for name, info in action.input.model_fields.items():
        control, value = _control(info), posted.get(name, "")
        if control == "checkbox":
            found[name] = name in posted
        elif control == "lines":
            found[name] = _pairs(value)
        elif value != "":
            found[name] = value
    return found


def _pairs(lines: str) -> dict[str, str]:
    """`name = value`, one a line."""
    parts = [line.partition("=") for line in lines.splitlines() if line.strip()]
    return {name.strip(): value.strip() for name, _, value in parts}


def _regions() -> list[tuple[str, Text]]:
    return [(region.code, region.name) for region in Region.objects.all()]


def _organisations() -> list[tuple[str, Text]]:
    known = list(Organisation.objects.filter(state="active"))
    names = names_of(known, timezone.localdate())
    return [(one.code, names.get(one.pk, Text(one.code, one.code))) for one in known]


CHOICES: dict[str, Callable[[], list[tuple[str, Text]]]] = {
    "region": _regions,
    "parent": _regions,
    "organisation": _organisations,
    "holder": _organisations,
    "into": _organisations,
    "role": lambda: [(code, role.label) for code, role in ROLES.items() if code != "public"],
    "kind": lambda: list(KINDS.items()),
    "language": lambda: list(LANGUAGES.items()),
}
