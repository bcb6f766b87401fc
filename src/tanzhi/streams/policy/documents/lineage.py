"""A document as a step of the walk."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import Details, no_parts, records

from .model import Document


def _of_document(document: Document) -> Details:
    yield Text("发文单位", "Issued by"), document.issuer_names
    yield Text("文号", "Number"), document.number
    yield Text("印发日期", "Issued on"), document.issued_on
    yield Text("效力", "Standing"), document.standing_label
    yield Text("条款", "Clauses"), document.clauses.count()
    yield Text("任务", "Tasks"), document.tasks.count()
    yield Text("来源", "Source"), document.source


records(Document, _of_document, no_parts)
