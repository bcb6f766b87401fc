"""Every change of state is a registered action; permission matrix, API and audit trail follow from this table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from tanzhi.rulebook.kernel.text import Text

from . import reading
from .actor import Actor, Place
from .refusal import Refused, out_of_scope
from .roles import KNOWN_ROLES, SERVICE
from .typed import fault_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from django.db.models import Model

    Where = Callable[[Any], Place | None]
    Authors = Callable[[Any], Iterable[int | None]]
    Alone = Callable[[Actor], bool]
    Limits = Callable[[Actor, str, Any, Any], bool]
    Function = Callable[..., Any]

__all__ = ["ACTIONS", "Action", "Actor", "Call", "Input", "Place", "Refused", "action", "anywhere", "matrix"]


UNKEPT: dict[str, Any] = {
    "control_character": "no control characters",
    "too_large": "a number of at most 18 digits",
    "too_deep": "fewer levels",
}


class Input(BaseModel):
    """What an action is told: typed, trimmed, and nothing it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def can_be_kept(cls, value: Any, info: ValidationInfo) -> Any:
        """Nothing that a database, the log or a file cannot hold gets past this point; the rest is read by its type."""
        if code := fault_in(value):
            raise PydanticCustomError(code, UNKEPT[code])
        return reading.read(cls.model_fields[info.field_name or ""], value)


def anywhere(_data: Any) -> None:
    """The place of an action that the role alone permits."""


@dataclass(frozen=True, slots=True)
class Action:
    """One registered action: who may, on what, from which states to which, with what input."""

    name: str
    label: Text
    by: frozenset[str]
    function: Callable[..., Any]
    subject: type[Model] | None = None
    leaves: frozenset[str] = frozenset()
    enters: str | None = None
    input: type[BaseModel] = Input
    second_person: bool = False
    approvers: frozenset[str] = frozenset()
    expires_days: int = 14
    place: Where | None = None
    law: str = ""
    prepare: Callable[[Any, Any], Any] | None = None  # of input and subject: what takes long, before anything is locked
    # Whose work this act decides on: earlier acts on the same record (the last of each group), or what the record says.
    other_than: tuple[tuple[str, ...], ...] = ()
    authors: Authors | None = None
    alone: Alone | None = None  # when the platform needs no second person: before anybody could be one
    sensitive: bool = False  # asks the password again, and is for no token
    limits: Limits | None = None  # of actor, role, subject, input: what a role reaches but does not do this to
    offered: Callable[[Any], bool] | None = None
    """Whether a page offers it for this record: what more than the state refuses has no button."""
    prepares: bool = (
        False  # prepares or checks, and answers for nobody: a program does it in its own name, where agreed
    )

    @property
    def decides(self) -> bool:
        """Whether this act is a decision on another person's work."""
        return bool(self.second_person or self.other_than or self.authors)


@dataclass(slots=True)
class Call:
    """What an action's function knows about its own call."""

    actor: Actor
    role: str
    data: Any
    now: datetime
    proposer: int | None = None
    rehearsed: bool = False  # carried out to see whether it can be, and taken back
    entry: Any = None
    prepared: Any = None
    attached: dict[str, Any] = field(default_factory=dict)
    private: dict[str, Any] = field(default_factory=dict)
    entered: str | None = None
    saved: bool = False  # the subject is saved already, in its new state and with its next revision

    @property
    def today(self) -> date:
        """The day by the clock of the place, which is what deadlines count by."""
        return timezone.localdate(self.now)

    def attach(self, key: str, value: Any) -> None:
        """Add something to the body of the evidence entry."""
        self.attached[key] = value

    def attach_private(self, key: str, value: Any) -> None:
        """Add personal data: it stands beside the log and can be erased."""
        self.private[key] = value

    def enter(self, state: str) -> None:
        """Choose the state to enter, where it depends on what was found."""
        self.entered = state

    def require(self, place: Place) -> None:
        """Refuse unless the role in use also reaches another record that the input names."""
        if not self.actor.reaches(self.role, place):
            raise out_of_scope()


ACTIONS: dict[str, Action] = {}


def action(name: str, *, label: Text, by: Iterable[str], **options: Any) -> Callable[[Function], Function]:
    """Register a function as an action; a wrong registration fails when the program starts."""

    def register(function: Function) -> Function:
        terms = options | {key: frozenset(options.get(key, ())) for key in ("leaves", "approvers")}
        groups = options.get("other_than", ())
        terms["other_than"] = tuple((acts,) if isinstance(acts, str) else tuple(acts) for acts in groups)
        prepares = bool(options.get("prepares"))
        entry = Action(name, label, frozenset(by) | ({SERVICE.code} if prepares else set()), function, **terms)
        unknown = (entry.by | entry.approvers) - KNOWN_ROLES.keys()
        if unknown:
            raise ValueError(f"{entry.name}: unknown roles {sorted(unknown)}; known: {sorted(KNOWN_ROLES)}")
        if not isinstance(entry.label, Text):
            raise TypeError(f"{entry.name}: label must be a Text(zh, en)")
        if entry.name in ACTIONS and ACTIONS[entry.name].function.__module__ != entry.function.__module__:
            raise ValueError(f"{entry.name} is registered twice")
        if SERVICE.code in entry.approvers or (SERVICE.code in entry.by and (not prepares or entry.decides)):
            raise ValueError(f"{entry.name}: a program prepares and checks; it proposes, decides and approves nothing")
        if not entry.by:
            raise ValueError(f"{entry.name}: nobody may")
        if entry.subject is None and entry.place is None:
            raise ValueError(f"{entry.name}: say subject=Model, place=function of the data, or place=anywhere")
        ACTIONS[name] = entry
        return function

    return register


def find(name: str) -> Action:
    """The action of this name, or a refusal that says there is none."""
    if name not in ACTIONS:
        message = Text("没有名为 {name} 的操作", "There is no action named {name}").format(name=name)
        raise Refused("ACT-UNKNOWN", message, 404)
    return ACTIONS[name]


@dataclass(frozen=True, slots=True)
class PermissionCell:
    """One cell of the permission matrix."""

    action: Action
    role: str
    allowed: bool
    approves: bool
    reach: str


def matrix() -> list[PermissionCell]:
    """Every role against every action, for the documents and for the tests."""
    return [
        PermissionCell(entry, code, code in entry.by, code in approvers(entry), role.reach)
        for _, entry in sorted(ACTIONS.items())
        for code, role in KNOWN_ROLES.items()
    ]


def approvers(entry: Action) -> frozenset[str]:
    """Roles that may decide a proposal of this action; none where no second person is asked for."""
    if not entry.second_person:
        return frozenset()
    return entry.approvers or entry.by
