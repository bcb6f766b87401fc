"""Records as parts of a figure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tanzhi.actions.references import reference
from tanzhi.figures import FigureAnswer, Part, count_of
from tanzhi.rulebook.kernel import Text

POLICY, ACTIVITIES = "policy", "activities"
COUNT = Text("计数：{what}", "count of {what}")
NONE_YET = Text("尚无记录", "there is no record yet")


def part_of(record: Any, detail: Text | None = None, unit: str = "") -> Part:
    """A record as one part; its reference leads to its facts and to the evidence of every act on it."""
    return Part(record.name, Decimal(1), unit, ref=reference(record), detail=detail)


def counted_records(records: Iterable[Any], unit: str, what: Text, scope: Text | None = None) -> FigureAnswer:
    """How many records there are, each a part."""
    return count_of([part_of(record, unit=unit) for record in records], COUNT.format(what=what), scope)


def quoted_titles(records: Iterable[Any]) -> Text | None:
    titles = [record.title for record in records]
    return (
        Text("".join(f"《{title.zh}》" for title in titles), ", ".join(f"“{title.en}”" for title in titles))
        if titles
        else None
    )
