"""Records by their codes where programs name them: the subject of an action, and what an action answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model

from tanzhi.actions.references import plain, reference
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.typed import fault_in
from tanzhi.rulebook.kernel.text import Text

from .kind import code_of, kind_of, with_code

if TYPE_CHECKING:
    from tanzhi.actions.table import Action

ONE_NAME = Text("须给出 code（代码）或 subject（编号）之一", "give one of: code, subject (a number)")


def subject_of(entry: Action, number: int | None, code: str | None) -> int:
    """The number of an action's subject, which is named by code or number; whether it is in reach asks the action."""
    if (number is None) == (code is None):
        raise Refused("API-SUBJECT", ONE_NAME, 422)
    if number is not None:
        return number
    kind = kind_of(entry.subject)
    if kind is None or fault_in(code):
        raise out_of_scope()
    rows = with_code(kind, kind.model._base_manager.all(), code or "")
    key: int | None = rows.order_by("pk").values_list("pk", flat=True).first()
    if key is None:
        raise out_of_scope()
    return key


def answered(result: Any) -> Any:
    """What an action returned, as JSON: a record by its code, and by its number for those who have kept that."""
    if isinstance(result, Model):
        kind = kind_of(type(result))
        return {
            "reference": reference(result),
            "records": kind.name if kind else None,
            "id": result.pk,
            "code": code_of(kind, result) if kind else None,
        }
    if isinstance(result, list | tuple):
        return [answered(row) for row in result]
    return plain(result)
