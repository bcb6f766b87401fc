"""A letter as a page, as Word and as PDF; and what waits to be acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tanzhi.actions.language import code as language
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import Input, action
from tanzhi.actions.roles import ROLES
from tanzhi.organisations.requests import actor_of_request
from tanzhi.rulebook.kernel.text import Text

from .documents import Heading, Table, pdf, word
from .dossier import Letter
from .letters import blocks, paper
from .todo import Todo, register

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.actions.table import Call

KINDS = {
    "pdf": (pdf, "application/pdf"),
    "docx": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@action(
    "cases.acknowledge",
    label=Text("签收", "Acknowledge"),
    by=frozenset(ROLES) - {"public", "administrator", "security_administrator", "auditor"},
    subject=Letter,
    leaves={"sent"},
    enters="acknowledged",
    input=Input,
    law="送达以签收为准",
)
def acknowledge(call: Call, letter: Letter) -> Letter:
    """The receiver, and nobody in his place, says that the letter has reached him."""
    if not call.actor.belongs_to(letter.to_id):
        raise Refused("CASE-RECEIVER", Text("须由收文单位签收", "only its receiver acknowledges a letter"), 403)
    letter.acknowledged_by, letter.acknowledged_at = call.actor.name, call.now
    letter.save(update_fields=["acknowledged_by", "acknowledged_at"])
    return letter


@register
def letters_to_acknowledge(actor: Actor) -> list[Todo]:
    """Letters to the actor's own organisations that nobody has acknowledged."""
    own = {grant.organisation_id for grant in actor.grants if grant.organisation_id is not None}
    title = Text("签收文书：{number} {name}", "Acknowledge: {number}, {name}")
    return [
        Todo(
            title.format(number=one.number, name=one.name),
            f"cases.letter:{one.pk}",
            None,
            one.get_absolute_url(),
            "letter",
        )
        for one in Letter.objects.filter(to__in=own, state="sent")
    ]


@login_required
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter, for its receiver and for whoever sees its case."""
    actor = actor_of_request(request)
    found = _visible(pk, actor)
    parts = [(_kind(one), one) for one in blocks(found)]
    mine = actor.belongs_to(found.to_id)
    return render(request, "cases/letter.html", {"letter": found, "parts": parts, "mine": mine, "paper": paper(found)})


def _kind(block: object) -> str:
    return "table" if isinstance(block, Table) else "heading" if isinstance(block, Heading) else "paragraph"


@login_required
def letter_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The letter as a file, in the language of the request."""
    if kind not in KINDS:
        raise Http404
    found = _visible(pk, actor_of_request(request))
    make, media = KINDS[kind]
    name = f'attachment; filename="letter-{found.pk}-{language()}.{kind}"'
    return HttpResponse(make(paper(found), language()), content_type=media, headers={"Content-Disposition": name})


def _visible(pk: int, actor: Actor) -> Letter:
    found: Letter = get_object_or_404(Letter.objects.select_related("to__region", "issuer"), pk=pk)
    if not (actor.sees(found.place) or found.owner.seen_by(actor)):
        raise Http404
    return found
