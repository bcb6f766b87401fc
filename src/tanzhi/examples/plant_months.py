"""What an enterprise's people state, whichever way it reaches a running installation: their names, months, reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .facts import SINCE
from .gansu.data import read
from .generate import Plant, Record, enterprise_year, months
from .industries import Works, industry_year
from .over_api import KeyedAct

SINCE_WORDS = SINCE.isoformat()
ROLES = {"clerk": ("填报员", "enterprise_filer"), "head": ("审核人", "enterprise_approver")}
"""Of each enterprise who files and who deposits."""
Enterprise = Plant | Works


@dataclass(frozen=True, slots=True)
class FiledForm:
    """A form of an enterprise for a month or a year."""

    name: str
    enterprise: str
    period: str

    def opening(self) -> KeyedAct:
        data = {"form_code": self.name, "organisation_id": self.enterprise, "period": self.period}
        return KeyedAct("filings.open", f"open:{self.enterprise}:{self.period}", data)

    def act(self, name: str, data: dict[str, Any] | None = None) -> KeyedAct:
        subject = f"{self.name}:{self.enterprise}:{self.period}"
        return KeyedAct(f"filings.{name}", f"{name}:{self.enterprise}:{self.period}", data or {}, subject)


def sign_in_name(enterprise: Enterprise, who: str) -> str:
    return f"{enterprise.code.lower()}.{who}"


def name_of(enterprise: Enterprise, who: str) -> str:
    return f"{enterprise.zh}{ROLES[who][0]}（示例）"


def power_month(plant: Plant, month: str) -> FiledForm:
    return FiledForm("power.month", plant.code, month)


def annual_report(works: Works, year: int) -> FiledForm:
    """The report of a year in which the law has no months deposited: it holds them."""
    return FiledForm(f"{works.guideline}.year", works.code, str(year))


def month_records(plant: Plant, of: Sequence[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each month with what its units state; stocks go on from month to month, so that the year is drawn whole."""
    whole = enterprise_year(plant, months(int(of[0][:4])), Decimal(1))
    for month in of:
        yield (
            month,
            [{"unit": u["unit"], "months": [m for m in u["months"] if m["month"] == month]} for u in whole["units"]],
        )


def annual_record(works: Works, year: int) -> Record:
    return industry_year(read("industries.yaml")[works.guideline], works.code, year)
