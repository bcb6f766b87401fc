"""What a plant's people state, whichever way it reaches a running installation: their names, their months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from .facts import SINCE
from .generate import Plant, enterprise_year, months
from .over_api import KeyedAct

SINCE_WORDS = SINCE.isoformat()
ROLES = {"clerk": ("填报员", "enterprise_filer"), "head": ("审核人", "enterprise_approver")}
"""Of each plant who files and who deposits."""


def sign_in_name(plant: Plant, who: str) -> str:
    return f"{plant.code.lower()}.{who}"


def name_of(plant: Plant, who: str) -> str:
    return f"{plant.zh}{ROLES[who][0]}（示例）"


def month_records(plant: Plant, of: Sequence[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each month with what its units state; stocks go on from month to month, so that the year is drawn whole."""
    whole = enterprise_year(plant, months(int(of[0][:4])), Decimal(1))
    for month in of:
        yield (
            month,
            [{"unit": u["unit"], "months": [m for m in u["months"] if m["month"] == month]} for u in whole["units"]],
        )


def opening(plant: Plant, month: str) -> KeyedAct:
    data = {"form_code": "power.month", "organisation_id": plant.code, "period": month}
    return KeyedAct("filings.open", f"open:{plant.code}:{month}", data)


def act_of_month(name: str, plant: Plant, month: str, data: dict[str, Any] | None = None) -> KeyedAct:
    return KeyedAct(f"filings.{name}", f"{name}:{plant.code}:{month}", data or {}, f"power.month:{plant.code}:{month}")
