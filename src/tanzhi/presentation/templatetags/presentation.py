"""Tags that draw what this room makes: forms, buttons, charts, tiles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from tanzhi.actions.language import say
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.presentation.lists.declaration import ListCell, is_brief
from tanzhi.presentation.lists.page import FilterChoice
from tanzhi.presentation.sheets.sheet import BAD, GridCell, GridSheet
from tanzhi.rulebook.kernel.text import Text

from .tanzhi import day, number

register = template.Library()


@register.inclusion_tag("presentation/action_form.html", takes_context=True)
def action_form(context: dict[str, Any], form: Any, **more: Any) -> dict[str, Any]:
    """`{% action_form form address=… submit=text onward=… %}`"""
    return {"csrf_token": context.get("csrf_token"), "form": form, "fields": form.fields} | more


@register.inclusion_tag("presentation/buttons.html", takes_context=True)
def action_buttons(context: dict[str, Any], *names: str, subject: Any = None, **filled: Any) -> dict[str, Any]:
    """`{% action_buttons "room.act" "room.other" subject=record year=year %}`: those that the reader could do now.

    What else is named is what the form's fields begin with.
    """
    request = context["request"]
    return {"buttons": buttons(request.actor, names, subject, request.get_full_path(), filled)}


@register.inclusion_tag("presentation/chart.html", takes_context=True)
def chart(context: dict[str, Any], chart: Any) -> dict[str, Any]:
    """`{% chart found %}`: picture, title, table, files; the page answers `charts.download` first."""
    return {"chart": chart, "request": context["request"]}


@register.inclusion_tag("presentation/tilemap.html")
def tile_map(regions: Any) -> dict[str, Any]:
    """`{% tile_map regions %}`"""
    return {"map": regions}


@register.filter
def named(record: Any) -> str:
    """What a record is called, in the language of the request."""
    name = getattr(record, "name", None) or getattr(record, "title", None) or getattr(record, "number", None) or ""
    return say(name) if isinstance(name, Text) else str(name)


_CARRIED = Text("沿用上月，请核对", "Carried over: check it")
_CELL = Text("{column}，第 {n} 行", "{column}, row {n}")


@register.simple_tag
def sheet_input(sheet: GridSheet, cell: GridCell, row: int) -> SafeString:
    """One cell to type into or to choose in, called by its column and its row; thousands of them make a page."""
    spec = cell.spec
    called = _CELL.format(column=spec.label, n=row) if sheet.grows else spec.label
    state = {
        "aria-label": say(called),
        "aria-describedby": " ".join(filter(None, (cell.finding_id, f"marks-{cell.name}" if cell.marks else ""))),
        "title": say(_CARRIED) if cell.mark == "carried" else "",
        "aria-invalid": "true" if cell.mark == BAD else "",
        "id": cell.name if cell.mark == BAD else "",
    }
    if not cell.offered:
        state["list"] = f"{sheet.name}-{spec.name}-options" if spec.options else ""
        state["class"] = "" if spec.kind == "number" else "words"
    attributes = format_html_join("", ' {}="{}"', ((name, value) for name, value in state.items() if value))
    if not cell.offered:
        return format_html('<input name="{}" value="{}"{}>', cell.name, cell.value, attributes)
    options = [(code, " selected" if code == cell.value else "", say(label)) for code, label in spec.options.items()]
    if cell.is_none_of_them:
        options.append((cell.value, SafeString(" selected data-typed"), cell.value))
    lines = format_html_join("", '<option value="{}"{}>{}</option>', [("", "", ""), *options])
    return format_html('<select name="{}"{}>{}</select>', cell.name, attributes, lines)


LATE, DUE_SOON = Text("逾期", "late"), Text("将到期", "due soon")


@register.filter
def table_cells(cells: Iterable[ListCell]) -> SafeString:
    """The cells of a list's row, written here: nodes of a template would be most of what a page of fifty rows costs."""
    return SafeString("".join(map(_table_cell, cells)))


def _table_cell(cell: ListCell) -> str:
    kind, words = cell.column.kind, cell.words
    if kind == "number":
        style = ' class="n"'
    elif kind == "date":
        style = ' class="d"'
    else:
        style = ' class="brief"' if is_brief(words) else ""
    if kind == "state" and words:
        inner = f'<span class="tag {conditional_escape(cell.tone)}">{conditional_escape(words)}</span>'
    elif cell.is_number:
        inner = conditional_escape(number(cell.value))
    elif kind == "date":
        tone = say(LATE if cell.tone == "late" else DUE_SOON)
        tag = (
            f' <span class="tag {conditional_escape(cell.tone)}">{conditional_escape(tone)}</span>' if cell.tone else ""
        )
        inner = f"{conditional_escape(day(cell.value))}{tag}"
    else:
        inner = conditional_escape(words)
    if cell.link and words:  # a blank has no words to press
        inner = f'<a href="{conditional_escape(cell.link)}">{inner}</a>'
    return f"<td{style}>{inner}</td>"


@register.filter
def chart_cells(cells: Iterable[ListCell]) -> SafeString:
    """The cells of a row beside a chart, written here as those of a list are: a chart may have hundreds of rows."""
    return SafeString("".join(map(chart_cell, cells)))


def chart_cell(cell: ListCell) -> str:
    if cell.column.kind == "date":
        return f"<td>{conditional_escape(day(cell.value))}</td>"
    style = ' class="n"' if cell.column.kind == "number" else ""
    return f"<td{style}>{conditional_escape(number(cell.value) if cell.is_number else cell.words)}</td>"


@register.filter
def filter_options(choice: FilterChoice) -> SafeString:
    """What a list may be narrowed to by a choice; organisations or documents may be hundreds."""
    rows = [
        (code, SafeString(" selected" if code == choice.selected else ""), say(label)) for code, label in choice.options
    ]
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
