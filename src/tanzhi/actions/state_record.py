"""What every piece of work is: a state that moves change, when it was opened and when it was closed."""

from __future__ import annotations

from typing import Any

from django.db import models

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, Place, ScopeFields
from tanzhi.actions.references import reference, resolve
from tanzhi.actions.roles import KNOWN_ROLES, REPORTS
from tanzhi.rulebook.kernel.text import Text

from .states import CASE_TYPES, case_type

NO_ROOM = ScopeFields()


class CaseRecord(models.Model):
    """A room adds what the work is about, `place`, `name` and `get_absolute_url`; moves are its only writers."""

    state = models.CharField(max_length=40, db_index=True)
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        """Where it belongs, which decides who reaches it."""
        raise NotImplementedError(f"{type(self).__name__} has no place")

    @property
    def name(self) -> Text:
        """What it is called in lists, letters and on its page."""
        raise NotImplementedError(f"{type(self).__name__} has no name")

    def get_absolute_url(self) -> str:
        raise NotImplementedError(f"{type(self).__name__} has no page")

    @property
    def reference(self) -> str:
        """`room.model:pk`, by which clocks, findings, comments and letters belong to it."""
        return reference(self)

    @property
    def origin(self) -> models.Model | None:
        """The record from which it was opened, where its table opens it from one."""
        return None

    @property
    def ended(self) -> bool:
        return self.state in case_type(self).ends

    @property
    def state_label(self) -> Text:
        return case_type(self).state(self.state).label

    @property
    def tone(self) -> str:
        return case_type(self).state(self.state).tone

    def allows(self, *acts: str) -> bool:
        """Whether its state lets one of these moves be done; who may is for the action to say."""
        return self.state in case_type(self).leaving(*acts)

    def part_changed(self) -> None:
        """Something in it was changed by an act of its own: a proposal about it saw another, and is decided no more."""
        self.revision += 1
        self.save(update_fields=["revision"])

    def seen_by(self, actor: Actor) -> bool:
        """Whether its page is for this reader; a room may say it otherwise."""
        return actor.sees(self.place)

    def worked_by(self, actor: Actor) -> bool:
        """Whether a reader sees more than what is public: papers, findings, deadlines, who did what."""
        return actor.works_with(self.place) or (not self.place.published and self.seen_by(actor))

    def publishes(self, title: str) -> bool:
        """Whether a file of that title is public along with the case itself, as the text of a document is."""
        return False


def case_of(ref: str) -> CaseRecord | None:
    """The case behind a reference, or None."""
    try:
        record = resolve(ref)
    except (LookupError, ValueError):
        return None
    return record if isinstance(record, CaseRecord) else None


def untold_cases(actor: Actor) -> list[str]:
    """References of cases within an actor's reach that are not told to him yet (`untold_to` of a kind's rows): few.

    What stands beside a case under its reference alone, as its deadlines and the acts on it, is left out by them.
    """
    references: list[str] = []
    for kind in CASE_TYPES.values():
        rows: Any = kind.model._default_manager
        if hasattr(rows, "untold_to"):
            keys = rows.untold_to(actor).values_list("pk", flat=True)
            references += [f"{kind.model._meta.label_lower}:{key}" for key in keys]
    return references


def assigned_cases(actor: Actor) -> list[str]:
    """References of the cases that an assignment opens to somebody: few, for few people.

    Reports, which are many, are read by whoever is assigned to them; what is due for them is the plant's to do.
    """
    grants = [grant for grant in actor.grants if KNOWN_ROLES[grant.role].reach == "assigned"]
    if not grants:
        return []
    assignee, references = Actor(None, actor.name, grants), []
    for kind in CASE_TYPES.values():
        rows: Any = kind.model._default_manager
        if getattr(rows.all(), "fields", NO_ROOM).room not in ("", REPORTS):
            keys = rows.visible_to(assignee).values_list("pk", flat=True)
            references += [f"{kind.model._meta.label_lower}:{key}" for key in keys]
    return references
