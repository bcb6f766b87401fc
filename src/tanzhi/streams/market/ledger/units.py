"""The kinds of unit: allowances by vintage, CCER by project and the year in which they arose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

from .model import ALLOWANCE, CREDIT, UnitKind

FIRST_VINTAGE = (2019, 2020)
"""The two years that were allocated together and share a vintage."""
_CODE = re.compile(rf"{ALLOWANCE}(\d{{2}})?", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)", re.ASCII)


def allowance_unit(year: int) -> UnitKind:
    """Allowances of a year: CEA for 2019 and 2020 together, then CEA21, CEA22, …"""
    first, last = FIRST_VINTAGE if year <= FIRST_VINTAGE[1] else (year, year)
    code = ALLOWANCE if last == FIRST_VINTAGE[1] else f"{ALLOWANCE}{year % 100:02d}"
    span = str(last) if first == last else f"{first}—{last}"
    named = {"name_zh": f"{span} 年度配额", "name_en": f"allowances of {span.replace('—', ' and ')}"}
    unit, _ = UnitKind.objects.get_or_create(
        code=code, defaults={"kind": ALLOWANCE, "first_year": first, "last_year": last, **named}
    )
    return unit


@dataclass(frozen=True, slots=True)
class CreditOrigin:
    """What the ledger must know of a CCER project."""

    code: str
    name: Text
    registered_on: date


_OTHER_DATE = Text("{code} 的项目登记日期已记为 {day}", "{code} is kept with a project registered on {day}")


def credit_unit(project: CreditOrigin, year: int) -> UnitKind:
    """CCER of a project that arose in a year; another name or date for the same project is refused."""
    code = f"{CREDIT}-{project.code}-{year}"
    unit, _ = UnitKind.objects.get_or_create(
        code=code,
        defaults={
            "kind": CREDIT,
            "first_year": year,
            "last_year": year,
            "project": project.code,
            "name_zh": f"{project.name.zh} {year} 年",
            "name_en": f"{project.name.en}, {year}",
            "serialised": True,
            "registered_on": project.registered_on,
        },
    )
    if unit.registered_on != project.registered_on:
        raise Refused("REG-PROJECT", _OTHER_DATE.format(code=code, day=unit.registered_on), 409)
    return unit


def unit_in(words: str) -> UnitKind | None:
    """A unit by its code, its name, or an allowance by the year it is of: “全国碳排放配额（2022年度）”, “CEA 22”."""
    units = {unit.code: unit for unit in UnitKind.objects.all()}
    spelled = "".join(words.split())
    for unit in units.values():
        names = {"".join(name.split()).casefold() for name in (unit.code, unit.name_zh, unit.name_en)}
        names.add("".join(f"{unit.code}{unit.name_zh}".split()).casefold())
        if spelled.casefold() in names:
            return unit
    years = {int(year) for year in _YEAR.findall(spelled)}
    if years and ("配额" in spelled or ALLOWANCE in spelled.upper()):
        code = vintage_code(years)
        return units.get(code) if code else None
    if match := _CODE.fullmatch(spelled):
        return units.get(ALLOWANCE + (match[1] or ""))
    return None


def vintage_code(years: set[int]) -> str:
    """The vintage of one year, or of the two that share one; no other set of years is a vintage."""
    if years <= set(FIRST_VINTAGE):
        return ALLOWANCE
    return f"{ALLOWANCE}{years.pop() % 100:02d}" if len(years) == 1 else ""
