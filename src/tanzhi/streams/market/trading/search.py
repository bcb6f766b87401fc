"""Trades are searched by number, venue and whose they are."""

from __future__ import annotations

from tanzhi.organisations.register.model import of_organisation
from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text, same

from .models import Trade

register(
    RecordSearch(
        "exchange.trades",
        Text("成交", "Trades"),
        Trade,
        ("number", "venue", "unit", *of_organisation("organisation")),
        detail=lambda row: row.organisation.name + same(f" · {row.day.isoformat()} · ") + row.side_label,
        select=("organisation",),
        prefetch=("organisation__names",),
    ),
    39,
)
