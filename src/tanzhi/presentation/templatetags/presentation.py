"""Tags that draw what this room makes: forms, buttons, charts, tiles."""

from __future__ import annotations

from typing import Any

from django import template

from tanzhi.actions.language import say
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.rulebook.kernel.text import Text

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
