"""A form as JSON Schema (2020-12), for the API: numbers are exact decimal strings."""

from __future__ import annotations

from typing import Any

from .forms import NUMBER, FieldSpec, FormSpec, TableSpec
from .reading import EXCLUDED_CODE, NOT_REPORTED_CODE
from .rules import CHOICE
from .text import in_language

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(form: FormSpec, language: str = "en") -> dict[str, Any]:
    """The schema of one record of the form, its titles in `language`.

    It says what a machine may send; what a person must correct is told by `examine`, with place and remedy.
    """
    top = [t for t in form.tables if not t.key]
    content = _object(top[0] if top else None, [t for t in form.tables if t.key and not t.parents], form, language)
    title = f"{in_language(form.title, language)} {form.year}"
    return {"$schema": DIALECT, "$id": f"{form.code}.{form.year}", "title": title, **content}


def _object(table: TableSpec | None, below: list[TableSpec], form: FormSpec, language: str) -> dict[str, Any]:
    fields = ([table.key] if table and table.key else []) + list(table.fields if table else ())
    properties = {f.name: _field(f, language) for f in fields}
    for low in below:
        # The tables whose innermost parent this one is.
        items = _object(low, [t for t in form.tables if t.parents and t.parents[-1].name == low.level], form, language)
        properties[low.plural] = {"type": "array", "title": in_language(low.label, language), "items": items}
    required = [f.name for f in fields if _always(f)]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _field(field: FieldSpec, language: str) -> dict[str, Any]:
    described: dict[str, Any] = {"title": in_language(field.label, language), "type": "string"}
    if field.kind == NUMBER:
        places = (
            ""
            if field.decimals == 0
            else r"(\.[0-9]+)?"
            if field.decimals is None
            else rf"(\.[0-9]{{1,{field.decimals}}})?"
        )
        blank = "" if _always(field) else "|"
        described |= {
            "pattern": f"^(-?[0-9]{{1,20}}{places}|{NOT_REPORTED_CODE}|{EXCLUDED_CODE}{blank})$",
            "x-unit": field.unit,
        }
        described |= {f"x-{n}": v for n, v in (("minimum", field.minimum), ("maximum", field.maximum)) if v is not None}
    elif field.kind == CHOICE:
        described["enum"] = [*field.options] if _always(field) else ["", *field.options]
    elif field.pattern:
        described["pattern"] = field.pattern if _always(field) else f"^$|{field.pattern}"
    return described


def _always(field: FieldSpec) -> bool:
    """Required of every row; a field of some days only may be blank in the others."""
    return field.required and field.days is None
