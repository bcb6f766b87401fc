"""Forms come from rules: what somebody must file for a guideline and a year, as tables of fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

from .entries import Period
from .guideline import Guideline, RuleEdition
from .rules import CHOICE, DATE, INPUT, WORDS, GuidelineFault, Rule
from .text import Text

NUMBER = "number"
KINDS = {INPUT: NUMBER, CHOICE: CHOICE, WORDS: WORDS, DATE: DATE}
MONTH_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])$"
DAY_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_MONTH_HELP = Text("年-月，例如 2024-06", "Year and month, for example 2024-06")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field: what it is called, what may stand in it, and why it is asked."""

    name: str
    label: Text
    unit: str = "1"
    decimals: int | None = None
    kind: str = NUMBER
    options: Mapping[str, Text] = field(default_factory=dict)
    minimum: str | None = None
    maximum: str | None = None
    required: bool = False
    evidence: Text | None = None
    law: str = ""
    help: Text | str = ""
    pattern: str = ""
    days: Period | None = None  # where it is asked on some days of the form's year only


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """The fields of one level; `parents` are the key columns of the levels above, outermost first."""

    level: str
    plural: str
    label: Text
    key: FieldSpec | None
    parents: tuple[FieldSpec, ...]
    fields: tuple[FieldSpec, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSpec:
    """A form of a guideline for one year."""

    code: str
    title: Text
    year: int
    tables: tuple[TableSpec, ...]

    def table(self, level: str) -> TableSpec | None:
        return next((t for t in self.tables if t.level == level), None)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        plain: dict[str, Any] = _plain({f.name: getattr(self, f.name) for f in fields(self)})
        return plain


@lru_cache(maxsize=512)
def form(guideline: Guideline, code: str, year: int) -> FormSpec:
    """The form `code` of the guideline, with the inputs in force in that year.

    A level that holds no field of its own but lies above one that does appears with its key alone. The record at
    the top is the filing's subject and has no key.
    """
    edition = guideline.edition(year)
    rules = [r for r in edition.rules.values() if r.filed and r.form == code]
    if not rules:
        raise GuidelineFault(f"{guideline.name} has no form {code!r} in {year}")
    needed = {level for rule in rules for level in guideline.line(rule.level)}
    # A field is asked on certain days where its definitions are not in force all year.
    days = {name: Period(parts[0].since, parts[-1].until) for name, parts in edition.divided.items()}
    tables = []
    for level in (level for level in guideline.levels if level in needed):
        key = None if level == guideline.top else _key(guideline, level, edition)
        fields = [r for r in rules if r.level == level and r.name != level]
        if key or fields:
            above = [high for high in reversed(guideline.line(level)[1:]) if high != guideline.top]
            tables.append(
                TableSpec(
                    level=level,
                    plural=guideline.levels[level].plural,
                    label=guideline.levels[level].label,
                    key=key,
                    parents=tuple(_key(guideline, high, edition) for high in above),
                    fields=tuple(field_of(rule, days=days.get(rule.name)) for rule in fields),
                )
            )
    return FormSpec(code=f"{guideline.name}.{code}", title=guideline.title, year=year, tables=tuple(tables))


def forms_of(guideline: Guideline, year: int) -> list[str]:
    """The codes of the forms that the guideline has in that year."""
    return list(dict.fromkeys(r.form for r in guideline.edition(year).rules.values() if r.filed and r.form))


def _key(guideline: Guideline, level: str, edition: RuleEdition) -> FieldSpec:
    """What tells the records of a level apart: the choice named as the level, a month, or words."""
    rule = edition.get(level)
    if rule:
        return field_of(rule, required=True)
    label = guideline.levels[level].label
    if level == "month":
        return FieldSpec(name=level, label=label, kind=DATE, required=True, help=_MONTH_HELP, pattern=MONTH_PATTERN)
    return FieldSpec(name=level, label=label, kind=WORDS, required=True)


def field_of(rule: Rule, required: bool = False, days: Period | None = None) -> FieldSpec:
    """An input as a field."""
    return FieldSpec(
        name=rule.name,
        label=rule.label,
        unit=rule.unit,
        decimals=rule.decimals,
        kind=KINDS[rule.kind],
        options=rule.options,
        minimum=rule.minimum,
        maximum=rule.maximum,
        required=rule.required or required,
        evidence=rule.evidence,
        law=rule.law,
        help=rule.meaning,
        pattern=DAY_PATTERN if rule.kind == DATE else "",
        days=days,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.as_dict()
    if isinstance(value, Period):
        return {"since": value.first.isoformat(), "until": value.last.isoformat()}
    if isinstance(value, TableSpec | FieldSpec):
        described = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {name: value for name, value in described.items() if name != "days" or value}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
