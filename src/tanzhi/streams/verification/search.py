"""Verifications and clues are searched by enterprise, year, number and words."""

from __future__ import annotations

from django.db.models import Q

from tanzhi.organisations.register.model import of_organisation
from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text

from .cases.model import Verification
from .clues.model import Clue
from .cross_checks.model import CheckHit
from .penalties.model import Penalty

OWNER = of_organisation("organisation")

register(
    RecordSearch(
        "verification.cases",
        Text("核查", "Verifications"),
        Verification,
        ("year", "archive_number", *OWNER),
        select=("organisation",),
        prefetch=("organisation__names",),
    ),
    30,
)
register(
    RecordSearch(
        "verification.clues",
        Text("问题线索", "Clues"),
        Clue,
        ("number", "parameter", "period", "text", *OWNER),
        select=("organisation",),
        prefetch=("organisation__names",),
        only=Q(withdrawn=False),
    ),
    32,
)
register(
    RecordSearch(
        "verification.hits",
        Text("交叉核对疑点", "Cross-check hits"),
        CheckHit,
        ("code", "year", "answer", "opinion", *OWNER),
        select=("organisation",),
        prefetch=("organisation__names",),
    ),
    33,
)
register(
    RecordSearch(
        "verification.penalties",
        Text("处罚案件", "Penalty cases"),
        Penalty,
        ("decision_number", "text", "facts", *OWNER),
        select=("organisation",),
        prefetch=("organisation__names",),
    ),
    34,
)
