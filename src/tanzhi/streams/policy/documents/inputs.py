"""Fields of inputs that name a document."""

from __future__ import annotations

from typing import Annotated

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import refused
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Choices
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.inputs import Pairs

from .model import DRAFT, REPEALED, Document


def documents(actor: Actor) -> Pairs:
    """Documents that hold or are being entered, the newest first."""
    rows = Document.objects.visible_to(actor).exclude(state=REPEALED).select_related("region")
    return [(str(document.pk), document.title) for document in rows]


def documents_in_force(actor: Actor) -> Pairs:
    rows = Document.objects.visible_to(actor).exclude(state__in=[DRAFT, REPEALED])
    return [(str(document.pk), document.title) for document in rows]


DocumentKey = Annotated[int, Label("政策文件", "Document"), Choices(documents_in_force)]


def document_of(pk: int | None) -> Document | None:
    """The document that an input names, or None where it names none."""
    if pk is None:
        return None
    document: Document | None = Document.objects.filter(pk=pk).select_related("region").first()
    if document is None:
        raise refused("POL-DOC", "document", pk, Text("政策库中的文件", "a document of the library"))
    return document
