"""A document as a step of the walk."""

from __future__ import annotations

from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import no_parts, records

from .model import Document

records(
    Document,
    lambda document: [
        (Text("发文单位", "Issued by"), document.issuer_names),
        (Text("文号", "Number"), document.number),
        (Text("印发日期", "Issued on"), document.issued_on),
        (Text("效力", "Standing"), document.standing_label),
        (Text("条款", "Clauses"), document.clauses.count()),
        (Text("任务", "Tasks"), document.tasks.count()),
        (Text("来源", "Source"), document.source),
    ],
    no_parts,
)
