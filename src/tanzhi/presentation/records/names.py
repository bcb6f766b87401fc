"""Records by their codes where programs name them: the subject of an action, and what an action answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from django.db.models import Model
from pydantic import BaseModel

from tanzhi.actions.answers import ShownOnce
from tanzhi.actions.reading import inner
from tanzhi.actions.references import plain, reference
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.typed import fault_in, printable, whole
from tanzhi.actions.validation import field_label, misfits
from tanzhi.presentation.forms.fields import Refers
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .kind import SEPARATOR, code_of, kind_of, named

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.actions.table import Action

KNOWN_CODE = Text("您可见的{kind}的代码", "the code of a record that you may see: {kind}")
NO_SUCH = Text("{label}：填的是 {found}，应为{expected}", "{label}: found {found}, expected {expected}")
ONE_NAME = Text("须给出 code（代码）或 subject（编号）之一", "give one of: code, subject (a number)")


def subject_of(entry: Action, actor: Actor, number: int | None, code: str | None) -> int:
    """The number of an action's subject, which is named by code or number; whether it is in reach asks the action.

    A code without its numbers of rows is looked for among what the actor sees: how many others there are is not told.
    """
    if (number is None) == (code is None):
        raise Refused("API-SUBJECT", ONE_NAME, 422)
    if number is not None:
        return number
    kind = kind_of(entry.subject)
    if kind is None or fault_in(code):
        raise out_of_scope()
    every = kind.model._base_manager.all()
    complete = len((code or "").split(SEPARATOR)) == len(kind.code)
    row = named(kind, every if complete else kind.visible_to(actor), code or "")
    if row is None:
        raise out_of_scope()
    return int(row.pk)


def numbered(entry: Action, actor: Actor, data: Any) -> Any:
    """What a program states, with the numbers of the records that it names by their codes.

    A code that is nobody's and one of a record that the actor may not see are refused alike.
    """
    findings: list[Finding] = []
    stated = with_numbers(entry.input, actor, data, entry.name, findings)
    if findings:
        raise misfits(findings)
    return stated


def with_numbers(model: type[BaseModel], actor: Actor, data: Any, place: str, findings: list[Finding]) -> Any:
    if not isinstance(data, Mapping):
        return data
    stated = dict(data)
    for name, value in data.items():
        info = model.model_fields.get(name)
        if info is None or value is None:
            continue
        refers = next((note for note in info.metadata if isinstance(note, Refers)), None)
        if refers is not None and isinstance(value, str):
            key = number_of(refers.model, actor, value)
            if key is None:
                kind = kind_of(refers.model)
                expected = KNOWN_CODE.format(kind=kind.title if kind else same(""))
                label, actual = field_label(model, name), same(printable(value)[:80])
                words = NO_SUCH.format(label=label, found=actual, expected=expected)
                findings.append(Finding("ACT-INPUT", ERROR, place, name, actual, expected, words))
            stated[name] = key
        part = next(iter(get_args(inner(info.annotation))), None)
        if isinstance(value, list) and isinstance(part, type) and issubclass(part, BaseModel):
            stated[name] = [with_numbers(part, actor, row, place, findings) for row in value]
    return stated


def number_of(model: type[Model], actor: Actor, code: str) -> int | None:
    """The number of a visible record, by its code, or of any by its number in words."""
    kind = kind_of(model)
    if kind is None or fault_in(code):
        return None
    row = named(kind, kind.visible_to(actor), code)
    return whole(code) if row is None else int(row.pk)


def answered(result: Any, secrets: bool = True) -> Any:
    """What an action returned, as JSON: a record by its code, and by its number for those who have kept that.

    Of what is shown once the secrets, as its page shows them; whoever repeats a call, or may not see them, its name.
    """
    if isinstance(result, Model):
        kind = kind_of(type(result))
        return {
            "reference": reference(result),
            "records": kind.name if kind else None,
            "id": result.pk,
            "code": code_of(kind, result) if kind else None,
        }
    if isinstance(result, ShownOnce) and secrets:
        return {"name": str(result), "secrets": result.shown_once()}
    if isinstance(result, list | tuple):
        return [answered(row) for row in result]
    return plain(result)
