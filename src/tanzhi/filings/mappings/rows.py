"""A report by rows beside a form: its items, and which input of which row each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tanzhi.filings.intake.mapping import conversion_for
from tanzhi.filings.intake.national_layout import month_layout
from tanzhi.filings.intake.turned import TurnedItem, TurnedPart, TurnedSheet
from tanzhi.filings.shared.forms import MONTH_FORM
from tanzhi.presentation.intake.units import factor, unit_named
from tanzhi.rulebook.kernel import FieldSpec, FormSpec, Guideline, TableSpec, form
from tanzhi.rulebook.kernel.forms import NUMBER

MOST_ITEMS = 200
KCAL = "kcal/kg>GJ/t"
"""A calorie of 4.1868 J, as GB/T 2589 and the guidelines convert it; whose reports go by another one says so."""
_UNIT_NUMBER = re.compile(r"#\s*(\w+)|(\w+?)\s*[号#]\s*(?:机|炉)")


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """One item of the report: its unit and a value of it, and what was chosen for it."""

    number: int
    words: str
    unit: str
    sample: str
    input: str = ""  # level.field
    unit_number: str = ""
    material: str = ""
    conversion: str = ""


def form_over(guideline: Guideline, year: int) -> FormSpec:
    """The month's form with what it asked for the year before too: a report goes on while the law drops an input."""
    spec, earlier = form(guideline, MONTH_FORM, year), form(guideline, MONTH_FORM, year - 1)
    tables = []
    for table in spec.tables:
        before, names = earlier.table(table.level), {field.name for field in table.fields}
        dropped = [field for field in before.fields if field.name not in names] if before else []
        tables.append(replace(table, fields=(*table.fields, *dropped)))
    return replace(spec, tables=tuple(tables))


def tables_offered(spec: FormSpec) -> list[TableSpec]:
    """The tables whose rows a report names without a key of their own: the month, and a fuel or material of it."""
    return [t for t in spec.tables if t.fields and (t.level == MONTH_FORM or (t.key and t.key.kind == "choice"))]


def inputs_offered(table: TableSpec) -> list[FieldSpec]:
    return [field for field in table.fields if field.kind == NUMBER]


def choices_of(
    guideline: Guideline,
    spec: FormSpec,
    turned: TurnedSheet,
    units: Sequence[str],
    *,
    sent: Mapping[str, str],
    before: Sequence[TurnedItem] = (),
) -> list[ItemChoice]:
    """Each item with what was sent for it, mapped before, or is called like it."""
    earlier = {item.words: item for item in before}
    column = next(iter(turned.months.values()))
    every = []
    for number, (_, row) in enumerate(turned.lines()):
        if number >= MOST_ITEMS:
            break
        words, unit = turned.words(row, turned.item), turned.words(row, turned.unit)
        choice = ItemChoice(number, words, unit, turned.words(row, column))
        if f"item-{number}-input" in sent:
            parts = [
                sent.get(f"item-{number}-{part}", "").strip() for part in ("input", "unit", "material", "conversion")
            ]
            every.append(ItemChoice(number, words, unit, choice.sample, *parts))
        elif item := earlier.get(words):
            material = next((key for level, key in item.keys.items() if level != guideline.unit_level), "")
            own = (f"{item.level}.{item.field}", item.keys.get(guideline.unit_level, ""), material, item.conversion)
            every.append(ItemChoice(number, words, unit, choice.sample, *own))
        else:
            every.append(_likeliest(guideline, spec, choice, units))
    return every


def _likeliest(guideline: Guideline, spec: FormSpec, choice: ItemChoice, units: Sequence[str]) -> ItemChoice:
    """What an item is by its words: the longest name of an input in it, a unit's number, a material's name."""
    best: tuple[str, TableSpec, FieldSpec] | None = None
    for table in tables_offered(spec):
        for field in inputs_offered(table):
            for name in names_of(guideline, spec, field):
                if name in choice.words and (best is None or len(name) > len(best[0])):
                    best = (name, table, field)
    if best is None:
        return choice
    _, table, field = best
    match = _UNIT_NUMBER.search(choice.words)
    numbered = (match[1] or match[2]) if match else ""
    unit_number = numbered if numbered in units else units[0] if len(units) == 1 else ""
    options = table.key.options if table.key else {}
    material = next((code for code, label in options.items() if label.zh in choice.words), "")
    conversion = KCAL if unit_named(choice.unit) == "kcal/kg" else conversion_for(f"（{choice.unit}）", field.unit)
    where = (f"{table.level}.{field.name}", unit_number, material, conversion)
    return ItemChoice(choice.number, choice.words, choice.unit, choice.sample, *where)


def names_of(guideline: Guideline, spec: FormSpec, field: FieldSpec) -> Iterable[str]:
    layouts = [month_layout(guideline, MONTH_FORM, year) for year in (spec.year, spec.year - 1)]
    parameters = [p for each in layouts if each for p in each.parameters if p.field == field]
    return (field.label.zh, *(name for p in parameters for name in (p.words, *p.also)))


def part_of(guideline: Guideline, turned: TurnedSheet, choices: Sequence[ItemChoice], cached: bool) -> dict[str, Any]:
    """What is kept: the items for which an input was chosen."""
    items = []
    for choice in choices:
        level, _, field = choice.input.partition(".")
        if not field:
            continue
        keys = {guideline.unit_level: choice.unit_number}
        if level != MONTH_FORM:
            keys[level] = choice.material
        items.append({
            "words": choice.words, "unit": choice.unit, "level": level, "field": field, "keys": keys,
            "conversion": choice.conversion,
        })  # fmt: skip
    return {"sheet": turned.sheet.name, "items": items, "cached_formulas": cached}


def units_other(guideline: Guideline, spec: FormSpec, part: TurnedPart) -> list[str]:
    """Items that stand in another unit than the one that they would be read in."""
    layout, odd = month_layout(guideline, MONTH_FORM, spec.year), []
    for item in part.items:
        table = spec.table(item.level)
        field = next((f for f in table.fields if f.name == item.field), None) if table else None
        if field is None:
            continue
        parameter = next((p for p in layout.parameters if p.field == field), None) if layout else None
        own = layout.unit_of(parameter, item.keys.get(item.level, "")) if layout and parameter else field.unit
        own = field.unit if factor(own, field.unit) is not None else own  # of a gas, its volume
        read_as = item.conversion.partition(">")[0].replace("kcal20", "kcal") or own
        stated = unit_named(item.unit)
        same_unit = stated == unit_named(read_as) or factor(stated, read_as) == 1
        if stated and unit_named(read_as) and not same_unit:
            odd.append(f"{item.words}（{item.unit} ≠ {read_as}）")
    return odd


def item_of(part: TurnedPart, level: str, field: str, keys: Iterable[str]) -> TurnedItem | None:
    """Which item of a report by rows an input of a row came from."""
    own = set(keys)
    return next((i for i in part.items if (i.level, i.field) == (level, field) and set(i.keys.values()) <= own), None)
