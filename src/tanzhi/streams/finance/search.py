"""Climate finance projects are searched by name, number and owner."""

from __future__ import annotations

from tanzhi.organisations.register.model import of_organisation
from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text

from .models import Project

register(
    RecordSearch(
        "finance.projects",
        Text("气候投融资项目", "Climate finance projects"),
        Project,
        ("number", "credit_code", "zh", "en", "about", *of_organisation("owner")),
    ),
    42,
)
