"""Which rows of the other books count: the newest of each year, subject, book and kind of energy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model import EnergyStatement, EnergyStatistic


def statements_of(rows: Any) -> list[EnergyStatement]:
    """Of some plants' statements those that stand."""
    standing = rows.filter(withdrawn_at=None).order_by("pk")
    return list({(row.organisation_id, row.year, row.book, row.item): row for row in standing}.values())


def statistics_of(rows: Any) -> list[EnergyStatistic]:
    """Of some regions' statistics those that stand."""
    standing = rows.filter(withdrawn_at=None).order_by("pk")
    return list({(row.region_id, row.year, row.item): row for row in standing}.values())
