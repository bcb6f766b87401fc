"""The public's front page, and the data sets with their dictionaries and files."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.visibility import PUBLIC
from tanzhi.bulletin.models import PUBLISHED, Edition
from tanzhi.bulletin.serving import newest_for
from tanzhi.figures.basis import basis
from tanzhi.figures.questions import Unanswerable
from tanzhi.presentation.open_data.data_set import KINDS, data_set_of, data_sets
from tanzhi.presentation.open_data.dictionary import dictionary, licence
from tanzhi.presentation.open_data.files import FORMS, data_file, standing_table
from tanzhi.rulebook.kernel.text import Text

from .conditional import unless_seen
from .feeds import FEEDS, Announcement, lists, notices

SHOWN = 5  # of each kind of announcement


def portal(request: HttpRequest) -> HttpResponse:
    """What was published, put to notice and given away: for everybody the same."""
    try:
        period = newest_for(PUBLIC)
    except Unanswerable:  # several provinces, of which the installation names none as its own
        period = None
    public = Edition.objects.visible_to(PUBLIC).filter(state=PUBLISHED, period=period or "")
    edition: Edition | None = public.select_related("region").order_by("-number").first()
    newest: list[Announcement] = sorted([*lists(), *notices()], key=lambda each: (each.on, each.ref), reverse=True)
    context: dict[str, Any] = {
        "edition": edition,
        "headlines": [line for line in edition.content.lines if line.headline] if edition else [],
        "announcements": newest[:SHOWN],
        "today": clock.today(),
        "sets": data_sets(),
        "feeds": FEEDS.items(),
    }
    return render(request, "bulletin/portal.html", context)


def data(request: HttpRequest) -> HttpResponse:
    """Every data set with its files."""
    return render(request, "bulletin/data.html", {"sets": data_sets(), "forms": _forms(), "licence": licence()})


def _forms() -> list[tuple[str, Text]]:
    return [(form, label) for form, (_, label, _) in FORMS.items()]


def data_set(request: HttpRequest, name: str) -> HttpResponse:
    """One data set: its dictionary, what it rests on, its files."""
    described = data_set_of(name)
    context = {
        "data_set": described,
        "columns": [(column, KINDS[column.kind][1]) for column in described.columns],
        "forms": _forms(),
        "licence": licence(),
        "basis": basis(),
        "count": len(standing_table(described).rows),
    }
    return render(request, "bulletin/data_set.html", context)


def set_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A data set as a file, sent again only once it differs."""
    file = data_file(data_set_of(name), form)
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Link"] = f'<{reverse("bulletin:dictionary", args=[name])}>; rel="describedby"'
    return unless_seen(request, answer, file.tag, file.modified)


def set_dictionary(_request: HttpRequest, name: str) -> HttpResponse:
    """The dictionary as JSON, with the rules and the log that the set rests on now."""
    words = {**dictionary(data_set_of(name)), "basis": basis().as_dict()}
    return HttpResponse(json.dumps(words, ensure_ascii=False, indent=2), content_type="application/json")
