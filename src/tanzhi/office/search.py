"""Letters are searched by number and title."""

from __future__ import annotations

from tanzhi.organisations.register.model import of_organisation
from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text, same

from .letters.model import Letter

register(
    RecordSearch(
        "cases.letters",
        Text("文书", "Letters"),
        Letter,
        ("number_zh", "number_en", "title_zh", "title_en", *of_organisation("to")),
        title=lambda row: row.number + same(" ") + row.name,
    ),
    46,
)
