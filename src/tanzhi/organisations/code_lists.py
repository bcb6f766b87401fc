"""Lists of codes that an installation changes: entries added, renamed, ordered and retired, from a day on.

`TOPICS = CodeList("policy.topics", …)` reads like a mapping from code to words with every entry in it, so that a record
keeps its name though its entry is retired; `TOPICS.offered` has those that may be chosen today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.signals import request_finished, request_started
from pydantic import BaseModel, ConfigDict, Field

from tanzhi.actions import clock
from tanzhi.evidence.tracking import remembered
from tanzhi.rulebook.kernel.text import Text

from .installation.order import ordered


class EntryWording(BaseModel):
    """An entry as an installation has it; blank English speaks Chinese."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str = ""
    retired: bool = False


class ListChanges(BaseModel):
    """All that an installation has otherwise in one list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entries: dict[str, EntryWording] = Field(default_factory=dict)
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of a list, by its code for good."""

    code: str
    words: Text
    retired: bool = False


@dataclass(frozen=True, slots=True)
class CodeUse:
    """Where records bear a code: a model by its label, and its field."""

    model: str
    field: str

    @property
    def longest(self) -> int:
        length: int = apps.get_model(self.model)._meta.get_field(self.field).max_length
        return length


LISTS: dict[str, CodeList] = {}


class CodeList(Mapping[str, Text]):
    """Codes with their words, those that are retired included, as they are today.

    `needed`: the codes that the program itself decides by, each renamed and ordered as any other but never retired.
    """

    def __init__(
        self,
        code: str,
        title: Text,
        shipped: Mapping[str, Text] | Callable[[], Mapping[str, Text]],
        uses: tuple[CodeUse, ...],
        needed: frozenset[str] | Callable[[], frozenset[str]] = frozenset(),
    ) -> None:
        self.code, self.title, self.uses = code, title, uses
        self._shipped, self._needed = shipped, needed
        LISTS[code] = self

    @property
    def shipped(self) -> Mapping[str, Text]:
        return self._shipped() if callable(self._shipped) else self._shipped

    @property
    def needed(self) -> frozenset[str]:
        return self._needed() if callable(self._needed) else self._needed

    def entries(self, changes: ListChanges) -> tuple[ListEntry, ...]:
        """Every entry in its order, with what an installation has otherwise; what is needed stays in use."""
        shipped, needed = self.shipped, self.needed
        rows = {code: ListEntry(code, words) for code, words in shipped.items()}
        for code, own in changes.entries.items():
            rows[code] = ListEntry(code, Text(own.zh, own.en or own.zh), own.retired and code not in needed)
        return tuple(rows[code] for code in ordered(list(rows), changes.order))

    @property
    def today(self) -> tuple[ListEntry, ...]:
        return self.entries(_changes_today().get(self.code, ListChanges()))

    @property
    def offered(self) -> Mapping[str, Text]:
        """What may be chosen, whenever it is asked."""
        return OfferedEntries(self)

    def __getitem__(self, code: str) -> Text:
        return {entry.code: entry.words for entry in self.today}[code]

    def __iter__(self) -> Iterator[str]:
        return iter([entry.code for entry in self.today])

    def __len__(self) -> int:
        return len(self.today)


class OfferedEntries(Mapping[str, Text]):
    """The entries of a list that are not retired."""

    def __init__(self, every: CodeList) -> None:
        self.every = every

    def _words(self) -> dict[str, Text]:
        return {entry.code: entry.words for entry in self.every.today if not entry.retired}

    def __getitem__(self, code: str) -> Text:
        return self._words()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words())

    def __len__(self) -> int:
        return len(self._words())


_moment: ContextVar[dict[str, dict[str, ListChanges]] | None] = ContextVar("code_lists", default=None)


def _changes_today() -> dict[str, ListChanges]:
    """What is otherwise today: asked once in a request, unless a version is written in it."""
    if not apps.ready:  # forms and lists are declared before there are records
        return {}
    memory, day = _moment.get(), clock.today()
    if memory is not None and day.isoformat() in memory:
        return memory[day.isoformat()]
    model: Any = apps.get_model("organisations.ListsVersion")

    def read() -> dict[str, ListChanges]:
        version = model.on(day)
        return {name: version.changes(name) for name in version.overlay}

    changes = remembered(("code lists", day), [model._meta.db_table], read)
    if memory is not None:
        memory[day.isoformat()] = changes
    return changes


def remember(**_signal: Any) -> None:
    """Ask once from here on."""
    _moment.set({})


def forget(**_signal: Any) -> None:
    """Ask anew from here on, each time."""
    _moment.set(None)


request_started.connect(remember, dispatch_uid="code_lists")
request_finished.connect(forget, dispatch_uid="code_lists")
