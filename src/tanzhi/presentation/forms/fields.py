"""What an action's input may say of its fields, beside the label, for the form that is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.forms import FormSpec
from tanzhi.rulebook.kernel.text import Text

Pairs = Iterable[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: `Annotated[str, Label(…), Choices(KINDS)]`, or a function of the actor.

    `tanzhi.actions.reading` refuses any other code, whatever door it comes through.
    """

    options: Mapping[str, Text] | Callable[[Actor], Pairs]

    def of(self, actor: Actor) -> list[tuple[str, Text]]:
        if callable(self.options):
            return list(self.options(actor))
        return list(self.options.items())


@dataclass(frozen=True, slots=True)
class Help:
    """A sentence under the label: `Annotated[…, Help("按排污许可证填写", "As in the discharge permit")]`."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The field is a stored file's SHA-256 (`list[str]`: several files'): the form asks for the file itself."""

    accept: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Carried along, not asked for: the page that leads to the form gives it."""


@dataclass(frozen=True, slots=True)
class Refers:
    """The field is a record's number: `Annotated[int, Refers(Organisation)]`; programs give the record's code."""

    model: type[Model]


@dataclass(frozen=True, slots=True)
class Specified:
    """The field is a record of a rulebook's form, which the subject chooses: a control a field, a line a row."""

    form: Callable[[Any], FormSpec]


@dataclass(frozen=True, slots=True)
class Long:
    """Several lines of text."""

    rows: int = 5
