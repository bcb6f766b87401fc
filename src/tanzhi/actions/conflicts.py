"""Two different people: whoever made something does not decide on it, nor on what concerns him or his organisation.

The one place of this rule. An action says what it decides on: `other_than`, earlier acts on the same record, read from
the trail; `authors`, where the record itself knows whose work it is. A second person decides under the same rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.rulebook.kernel.text import Text

from .models import Performed
from .references import reference
from .refusal import Refused
from .retrieval import one_of
from .roles import KNOWN_ROLES
from .table import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from .actor import Actor, Place
    from .table import Action

OWN_WORK = Text(
    "“{before}”由您本人办理，“{label}”须由另一人办理",
    "You did “{before}” yourself; “{label}” is for another person",
)
OWN_CONCERN = Text("不得审批涉及本人或本单位的事项", "Nobody approves what concerns himself or his own organisation")
CONTENT = Text("内容的提出", "the content")


def refuse_conflict(action: Action, actor: Actor, role: str, subject: Any, place: Place | None) -> None:
    """Refuse whoever would decide on his own work (ACT-SELF) or in his own matter (ACT-OWN)."""
    if not action.decides:
        return
    for before, person in authors(action, subject):
        if person and person == actor.person_id:
            raise Refused("ACT-SELF", OWN_WORK.format(before=before, label=action.label), 403)
    # an action that is limited says itself whose matter is whose: a department deposits its own statement
    if action.limits is None and place is not None and concerns(actor, role, place):
        raise Refused("ACT-OWN", OWN_CONCERN, 403)


def authors(action: Action, subject: Any) -> Iterator[tuple[Text, int | None]]:
    """Whose work an action decides on: each earlier act in words, with the person who did it last."""
    if action.authors is not None:
        for person in action.authors(subject):
            yield CONTENT, person
    for acts in action.other_than:
        last = one_of(last_act, reference(subject), about=(tuple(acts),))
        if last is not None:
            yield ACTIONS[last.action].label, last.actor


def last_act(subject: str, acts: tuple[str, ...]) -> QuerySet[Performed]:
    return Performed.objects.filter(subject=subject, action__in=acts).order_by("-pk")[:1]


def concerns(actor: Actor, role: str, place: Place) -> bool:
    """An official who also belongs to the organisation, or the person concerned; a firm's own approver is meant to."""
    if place.person_id is not None:
        return place.person_id == actor.person_id
    within = KNOWN_ROLES[role].reach == "own"
    return not within and actor.belongs_to(place.organisation_id)
