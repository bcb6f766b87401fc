"""Letters as they are worded today, each with what the program has; and a version as a piece of work."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.office.letters.layout import letter_codes, shipped
from tanzhi.office.letters.version import LettersVersion
from tanzhi.organisations.people.requests import actor_of_request, installation_reader
from tanzhi.presentation.forms.pages import STANDING
from tanzhi.workflow.case.pages import case_page

from .preview import reworded, sample_letter


@login_required
def letters(request: HttpRequest) -> HttpResponse:
    """Every letter that the platform writes, and every version of their wording."""
    actor = installation_reader(request)
    version = LettersVersion.on(clock.today())
    context = {
        "version": version,
        "letters": [(code, version.letter(code), code in version.overlay) for code in letter_codes()],
        "versions": LettersVersion.objects.visible_to(actor),
    }
    return render(request, "cases/wording_letters.html", context)


@login_required
def letter_wording(request: HttpRequest, code: str) -> HttpResponse:
    """One letter: as it would go out today, its text in force, and the program's where it is another."""
    installation_reader(request)
    if code not in letter_codes():
        raise Http404
    version = LettersVersion.on(clock.today())
    letter, program = version.letter(code), shipped(code)
    context = {
        "code": code,
        "version": version,
        "letter": letter,
        "shipped": None if letter == program else program,
        "sample": sample_letter(letter),
    }
    return render(request, "cases/wording_letter.html", context)


@login_required
def letters_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: what it says otherwise, and the forms for changing more while it is a draft."""
    record = get_object_or_404(LettersVersion, pk=pk)
    actor = actor_of_request(request)
    changes = record.allows("office.reword_letter") and "administrator" in actor.roles
    query = {code: urlencode({"letter": code, "next": record.get_absolute_url()}) for code in letter_codes()}
    form = reverse("presentation:act", args=["office.reword_letter", record.pk])
    rows = [
        (code, shipped(code).kind, f"{form}?{query[code]}" if changes else "", code in record.overlay)
        for code in letter_codes()
    ]
    context = {"letters": rows, "records": reworded(LettersVersion(number=0), record)}
    return case_page(request, record, "cases/letters_version.html", context)


def standing(version: LettersVersion, named: dict[str, str]) -> dict[str, str]:
    """What the draft says of the letter now, with which the form of its words begins."""
    if (code := named.get("letter", "")) not in letter_codes():
        return {}
    layout = version.letter(code).template
    return {
        "number_zh": layout.series.zh,
        "number_en": layout.series.en,
        "title_zh": layout.title.zh,
        "title_en": layout.title.en,
        "body_zh": layout.body_text("zh"),
        "body_en": layout.body_text("en"),
    }


STANDING["office.reword_letter"] = standing
