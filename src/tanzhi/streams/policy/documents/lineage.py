"""A document as a step of the walk."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import Told, no_parts, records

from .model import Document


def _of_document(one: Document) -> Told:
    yield Text("发文单位", "Issued by"), one.issuer_names
    yield Text("文号", "Number"), one.number
    yield Text("印发日期", "Issued on"), one.issued_on
    yield Text("效力", "Standing"), one.standing_label
    yield Text("条款", "Clauses"), one.clauses.count()
    yield Text("任务", "Tasks"), one.tasks.count()
    yield Text("来源", "Source"), one.source


records(Document, _of_document, no_parts)
