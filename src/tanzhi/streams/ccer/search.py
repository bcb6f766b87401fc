"""Projects of voluntary reductions and their batches are searched by name, number and owner."""

from __future__ import annotations

from tanzhi.organisations.register.model import of_organisation
from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text

from .models import CreditProject, CreditReport

register(
    RecordSearch(
        "ccer.projects",
        Text("自愿减排项目", "CCER projects"),
        CreditProject,
        ("number", "code", "zh", "en", "methodology", *of_organisation("owner")),
    ),
    40,
)
register(
    RecordSearch(
        "ccer.reports",
        Text("减排量", "Batches of reductions"),
        CreditReport,
        ("project__number", "project__zh", "project__en", *of_organisation("project__owner")),
        select=("project",),
    ),
    41,
)
