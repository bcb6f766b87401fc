"""The rows and wording in force with their versions, and a version as a piece of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.bulletin.rows import BulletinPlan, PlannedLine, PlannedRow, plan
from tanzhi.bulletin.rows_version import RowsVersion
from tanzhi.figures.registry import FIGURES
from tanzhi.organisations.people.requests import actor_of_request, installation_reader
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.case.pages import case_page

from .preview import rewording


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A sentence as it stands, with the form in which it is changed."""

    title: Text
    words: Text
    address: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it stands, with the form in which its title or place is changed."""

    row: PlannedRow
    lines: list[ShownLine]
    address: str


def _form(name: str, version: RowsVersion | None, **fields: Any) -> str:
    """The form of a change with what stands now; none where there is no draft to change."""
    if version is None:
        return ""
    filled = {key: value for key, value in fields.items() if value not in (None, "")}
    query = urlencode({**filled, "next": version.get_absolute_url()})
    return f"{reverse('presentation:act', args=[name, version.pk])}?{query}"


def by_chapter(rows: BulletinPlan, version: RowsVersion | None) -> list[tuple[Text, list[ShownRow]]]:
    """Chapters with their rows."""

    def line(row: PlannedRow, each: PlannedLine) -> ShownLine:
        manner = {"size": each.manner.size, "decimals": each.manner.decimals}
        words = {"sentence_zh": each.sentence.zh, "sentence_en": each.sentence.en}
        address = _form("bulletin.reword", version, line=row.key(each), **words, **manner)
        return ShownLine(FIGURES[each.code].title, each.sentence, address)

    def whole(row: PlannedRow) -> ShownRow:
        titles = {"title_zh": row.title.zh, "title_en": row.title.en}
        address = _form("bulletin.rearrange", version, row=row.number, **titles)
        return ShownRow(row, [line(row, each) for each in row.lines], address)

    return [(words, [whole(row) for row in rows.rows if row.stream == code]) for code, words in rows.streams.items()]


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    """What bulletins are composed of today, and every version that was."""
    actor = installation_reader(request)
    in_force = RowsVersion.on(clock.today())
    context = {
        "version": in_force,
        "chapters": by_chapter(in_force.content, None),
        "versions": RowsVersion.objects.visible_to(actor),
    }
    return render(request, "bulletin/rows.html", context)


@login_required
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: its rows, what it changes, and the forms for changing more while it is a draft."""
    record = get_object_or_404(RowsVersion, pk=pk)
    actor = actor_of_request(request)
    changes = record.allows("bulletin.reword") and "administrator" in actor.roles
    context = {
        "chapters": by_chapter(record.content, record if changes else None),
        "records": rewording(plan(), record.content),
    }
    return case_page(request, record, "bulletin/rows_version.html", context)
