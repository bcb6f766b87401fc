"""Which forms there are, and which one is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tanzhi.rulebook.kernel import FieldSpec, Guideline, Text, guidelines
from tanzhi.rulebook.kernel.forms import DAY_PATTERN, MONTH_PATTERN

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

MONTH_FORM = "month"
MONTH_LENGTH = len("2024-06")  # a period as long as this is a month, a shorter one a year
ANNUAL_FORM = "year"
REGION_LEVEL = "region"


def guideline_of(form_code: str) -> Guideline:
    """The guideline that a form belongs to."""
    return guidelines()[form_code.split(".", maxsplit=1)[0]]


def filled_form(form_code: str) -> str:
    """The form that somebody fills in: the year's own where the guideline has one, otherwise the month's."""
    own = form_code.endswith(f".{ANNUAL_FORM}") and ANNUAL_FORM in _forms(guideline_of(form_code))
    return ANNUAL_FORM if own else MONTH_FORM


def deposits_months(guideline: Guideline, year: int) -> bool:
    """Whether months of a year are deposited by themselves; where not, the year's report has them as rows."""
    return guideline.industry is None or year >= guideline.industry.months_since


@cache
def _forms(guideline: Guideline) -> set[str]:
    return {rule.form for editions in guideline.rules.values() for rule in editions if rule.filed and rule.form}


def known_forms() -> Mapping[str, Text]:
    """Codes of the forms that may be opened, with the guideline's name."""
    return _titles_of_forms(tuple(guidelines().values()))


@cache
def _titles_of_forms(of: tuple[Guideline, ...]) -> Mapping[str, Text]:
    """The months of every guideline, then its years; asked several times by each act, and the same while these are."""
    kinds = {guideline: _forms(guideline) for guideline in of}
    monthly = {f"{each.name}.{MONTH_FORM}": each.title for each, forms in kinds.items() if MONTH_FORM in forms}
    annual = {
        f"{each.name}.{ANNUAL_FORM}": each.title for each, forms in kinds.items() if forms & {MONTH_FORM, ANNUAL_FORM}
    }
    return MappingProxyType(monthly | annual)


def monthly_forms(_actor: Actor | None = None) -> list[tuple[str, Text]]:
    """The forms that are filed month by month, as a choice."""
    return [(code, title) for code, title in known_forms().items() if code.endswith(f".{MONTH_FORM}")]


def is_regional(form_code: str) -> bool:
    """Whether the form is about a region, for which an authority states it, and not about who files it."""
    return guideline_of(form_code).top == REGION_LEVEL


def field_of(content: Mapping[str, Any], spec: Mapping[str, Any]) -> FieldSpec:
    """A column as a form's file declares it; what has decimals is a number, and none of them is below zero."""
    is_number = "decimals" in spec
    kind = "number" if is_number else spec.get("kind", "text")
    options = content["options"].get(spec["name"], {})
    return FieldSpec(
        name=spec["name"],
        label=Text(spec["zh"], spec["en"]),
        kind=kind,
        unit=spec.get("unit", "1"),
        decimals=spec.get("decimals"),
        minimum="0" if is_number else None,
        maximum=spec.get("maximum"),
        options={code: Text(words["zh"], words["en"]) for code, words in options.items()},
        required=spec.get("required", False),
        pattern="" if kind != "date" else MONTH_PATTERN if spec.get("pattern") == "month" else DAY_PATTERN,
        law=content["law"],
    )
