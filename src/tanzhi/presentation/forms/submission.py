"""From what a form posted to an action's input, and on to its performance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tanzhi.actions.registry import Action, Actor, Outcome, Refused, perform
from tanzhi.evidence.files import receive
from tanzhi.presentation.request import seen_revision

from .fields import Choices, Specified
from .form import ActionForm, control_of, note
from .record_fields import record_from
from .rows import CONTROLS as GRIDS
from .rows import LINES, value_from

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict
    from django.utils.datastructures import MultiValueDict
    from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a form: an outcome, or the form again with what was found."""

    form: ActionForm
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """What was uploaded with a form, and by whom."""

    of: MultiValueDict[str, Any]
    person_id: int


def answer(
    request: HttpRequest,
    actor: Actor,
    name: str,
    subject: Any = None,
    *,
    choices: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
) -> Answered:
    """Show an action's form, or perform the action with what was posted; a refusal comes back inside the form."""
    form = ActionForm.of(name, actor, data=initial or {}, subject=subject, choices=choices or {})
    if request.method != "POST":
        return Answered(form)
    form.data = request.POST
    try:
        # The uploads, where the actor's role permits the action at all: nothing is stored for anybody else.
        data = data_from(
            form.action,
            request.POST,
            Files(request.FILES, actor.person_id or 0) if form.action.by & actor.roles else None,
            subject,
        )
        key = request.POST.get("key") or None
        return Answered(form, perform(name, actor, subject, data, idempotency_key=key, seen=seen_revision(request)))
    except Refused as refused:
        form.refusal = refused
    return Answered(form)


def data_from(
    action: Action, posted: QueryDict | Mapping[str, Any], files: Any = None, subject: Any = None
) -> dict[str, Any]:
    """What was posted, as the action's input; blanks are left out, so that a missing field is told as missing."""
    data: dict[str, Any] = {}
    for name, info in action.input.model_fields.items():
        specified = note(info, Specified)
        if specified is not None and subject is not None:
            data[name] = record_from(name, specified.form(subject), posted)
            continue
        control = control_of(info, note(info, Choices) is not None)
        # What is chosen among the page's own choices has the field's name itself.
        if control in GRIDS and not (control == LINES and name in posted):
            value = value_from(control, name, info, posted)
        else:
            value = READERS.get("several" if control == LINES else control, _text)(name, info, posted, files)
        if value is not None:
            data[name] = value
    return data


def _text(name: str, _info: FieldInfo, posted: Any, _files: Any) -> Any:
    value = posted.get(name, "")
    return value if value != "" else None


def _several(name: str, _info: FieldInfo, posted: Any, _files: Any) -> list[str] | None:
    """A form that offers choices posts the same name several times."""
    values = posted.getlist(name) if hasattr(posted, "getlist") else [posted.get(name, "")]
    lines = [line.strip() for value in values for line in value.splitlines() if line.strip()]
    return lines or None


def _received(file: Any, person_id: int) -> str:
    upload = receive(file, file.name or "", file.content_type or "application/octet-stream", person_id)
    return str(upload.file.sha256)


READERS: dict[str, Callable[[str, FieldInfo, Any, Any], Any]] = {
    "checkbox": lambda name, _info, posted, _files: name in posted,
    "several": _several,
    "file": lambda name, _info, _posted, files: (
        _received(files.of[name], files.person_id) if files and name in files.of else None
    ),
    "files": lambda name, _info, _posted, files: (
        [_received(file, files.person_id) for file in files.of.getlist(name)] or None if files else None
    ),
}
