"""The record that a reference names."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from tanzhi.rulebook.kernel import Text

from .questions import Ref, Unanswerable

Record = TypeVar("Record", bound=Model)

_NO_RECORD = Text("没有 {found}", "there is no {found}")


def record_of(rows: QuerySet[Record], ref: Ref) -> Record:
    """The row whose key a reference names; refused where there is none."""
    record = rows.filter(pk=ref.key).first()
    if record is None:
        raise Unanswerable("FIG-REF", _NO_RECORD.format(found=str(ref)))
    return record
