"""Letters that wait to be acknowledged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import Todo, register

from .model import Letter

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor


@register
def letters_to_acknowledge(actor: Actor) -> list[Todo]:
    """Letters to the actor's own organisations that nobody has acknowledged."""
    own = {grant.organisation_id for grant in actor.grants if grant.organisation_id is not None}
    title = Text("签收文书：{number} {name}", "Acknowledge: {number}, {name}")
    return [
        Todo(
            title.format(number=letter.number, name=letter.name),
            f"cases.letter:{letter.pk}",
            None,
            letter.get_absolute_url(),
            "letter",
        )
        for letter in Letter.objects.filter(to__in=own, state="sent")
    ]
