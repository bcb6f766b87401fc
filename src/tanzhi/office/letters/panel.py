"""The letters of a case, as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.workflow.case.panels import Panel, register

from .model import Letter

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.actions.state_record import CaseRecord


def letters_of(case: CaseRecord, actor: Actor) -> list[Letter]:
    """Letters about a case that this reader may see."""
    return list(Letter.objects.filter(case=case.reference).visible_to(actor).select_related("to"))


register(Panel("letters", "cases/letters.html", letters_of))
