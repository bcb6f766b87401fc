"""What of the papers and findings of cases is searched."""

from __future__ import annotations

from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text, same

from .findings.model import CaseFinding

register(
    RecordSearch(
        "cases.findings",
        Text("不符合项与问题", "Findings"),
        CaseFinding,
        ("title", "text", "where", "law"),
        title=lambda row: same(f"{row.number}. {row.title}"),
        order=("-opened_at",),
    ),
    45,
)
