"""The lists as they are today, and a version as a piece of work."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.organisations.code_lists import LISTS
from tanzhi.organisations.lists_version import ListsVersion
from tanzhi.organisations.people.requests import actor_of_request, installation_reader
from tanzhi.presentation.forms.pages import STANDING
from tanzhi.workflow.case.pages import case_page

from .preview import changed, counts
from .work import IN_USE, RETIRED


def tables(version: ListsVersion, draft: ListsVersion | None) -> list[dict[str, Any]]:
    """Every list with its entries, how many records bear each, and the form in which it is changed in a draft."""
    form = reverse("presentation:act", args=["office.change_entry", draft.pk]) if draft else ""
    content, rows = version.content, []
    for name, every in LISTS.items():
        used, needed = counts(every), every.needed
        entries = []
        for entry in content[name]:
            query = urlencode({"list": name, "code": entry.code, "next": draft.get_absolute_url()}) if draft else ""
            entries.append((entry, used.get(entry.code, 0), entry.code in needed, f"{form}?{query}" if draft else ""))
        rows.append({"title": every.title, "entries": entries})
    return rows


@login_required
def code_lists(request: HttpRequest) -> HttpResponse:
    """Every list as it is today, and every version."""
    actor = installation_reader(request)
    version = ListsVersion.on(clock.today())
    context = {
        "version": version,
        "tables": tables(version, None),
        "versions": ListsVersion.objects.visible_to(actor),
    }
    return render(request, "cases/code_lists.html", context)


@login_required
def lists_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: what it has otherwise, and the forms for changing more while it is a draft."""
    record = get_object_or_404(ListsVersion, pk=pk)
    actor = actor_of_request(request)
    changes = record.allows("office.change_entry") and "administrator" in actor.roles
    context = {
        "tables": tables(record, record if changes else None),
        "records": changed(ListsVersion(number=0), record),
    }
    return case_page(request, record, "cases/lists_version.html", context)


def standing(version: ListsVersion, named: dict[str, str]) -> dict[str, str]:
    """What the draft has of the entry now, with which the form of its change begins."""
    every = LISTS.get(named.get("list", ""))
    entries = every.entries(version.changes(every.code)) if every else ()
    entry = next((each for each in entries if each.code == named.get("code")), None)
    if entry is None:
        return {}
    return {"zh": entry.words.zh, "en": entry.words.en, "standing": RETIRED if entry.retired else IN_USE}


STANDING["office.change_entry"] = standing
