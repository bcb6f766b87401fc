"""A letter as a page, as Word and as PDF; and what waits to be acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.actions.language import code as language
from tanzhi.office.paper.paper import pdf, word
from tanzhi.organisations.people.requests import actor_of_request

from .model import Letter
from .preview import parts_of
from .work import blocks, paper

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

KINDS = {
    "pdf": (pdf, "application/pdf"),
    "docx": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@login_required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter, for its receiver and for whoever sees its case."""
    letter = _visible(pk, actor_of_request(request))
    context = {"letter": letter, "parts": parts_of(blocks(letter)), "paper": paper(letter)}
    return render(request, "cases/letter.html", context)


@login_required
def letter_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The letter as a file, in the language of the request."""
    if kind not in KINDS:
        raise Http404
    letter = _visible(pk, actor_of_request(request))
    make, media = KINDS[kind]
    name = f'attachment; filename="letter-{letter.pk}-{language()}.{kind}"'
    return HttpResponse(make(paper(letter), language()), content_type=media, headers={"Content-Disposition": name})


def _visible(pk: int, actor: Actor) -> Letter:
    letter: Letter = get_object_or_404(Letter.objects.select_related("to__region", "issuer"), pk=pk)
    if not (actor.sees(letter.place) or letter.owner.seen_by(actor)):
        raise Http404
    return letter
