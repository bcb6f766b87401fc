"""What may be searched: each feature declares its records, and a reader finds among those that he may see.

Records are found by an index of terms (`search_index`), which is the same on every database; what a reader may not see
is left out before anything is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Q, prefetch_related_objects

from tanzhi.rulebook.kernel.text import Text, same

from .search_index.queries import labels_with, with_word

if TYPE_CHECKING:
    from django.db.models import Model

    from tanzhi.actions.actor import Actor

LONGEST = 60  # characters of a question that are read
MOST_WORDS = 5
MONTH = re.compile(r"(\d{4})年(\d{1,2})月?(?:份)?")
YEAR = re.compile(r"(\d{4})年度?")
MOST_COUNTED = 100  # of a kind; beyond them it is said that there are more


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: what it is called, where it opens, and what tells it from its like."""

    title: Text
    address: str
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found of one kind: how many a reader may see, as far as they are counted, and the first of them."""

    code: str
    label: Text
    count: int
    first: list[Hit]
    more: bool = False  # than are counted


class Searched(Protocol):
    """A kind of thing that is searched."""

    @property
    def code(self) -> str: ...

    @property
    def label(self) -> Text: ...

    def find(self, actor: Actor, words: Sequence[str], most: int) -> tuple[int, list[Hit]]:
        """How many there are for a reader (of records at most one more than `MOST_COUNTED`), and the first so many."""


def name_of(row: Any) -> Text:
    return row.name if isinstance(row.name, Text) else same(str(row.name))


def state_of(row: Any) -> Text | None:
    return getattr(row, "state_label", None)


@dataclass(frozen=True, slots=True)
class RecordSearch:
    """Records of one model, by some of their fields and of those that they lead to (`look`)."""

    code: str
    label: Text
    model: type[Model]
    look: tuple[str, ...]
    title: Callable[[Any], Text] = name_of
    detail: Callable[[Any], Text | None] = state_of
    address: Callable[[Any], str] = lambda row: str(row.get_absolute_url())
    select: tuple[str, ...] = ()  # what title, detail and address read besides the record itself
    prefetch: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    only: Q | None = None  # what of the model has a page of its own

    def find(self, actor: Actor, words: Sequence[str], most: int) -> tuple[int, list[Hit]]:
        count, rows = self.rows(actor, words, most)
        read_together([(self, rows)])
        return count, self.hits(rows)

    def hits(self, rows: Iterable[Any]) -> list[Hit]:
        return [Hit(self.title(row), self.address(row), self.detail(row)) for row in rows]

    def rows(self, actor: Actor, words: Sequence[str], most: int) -> tuple[int, list[Any]]:
        """How many there are for a reader, and the first records, without what `prefetch` names."""
        lists: Any = self.model._default_manager
        visible = lists.visible_to(actor).filter(self.only or Q())
        for word in words:
            visible = visible.filter(with_word(self.model._meta.label_lower, spellings(word)))
        # the newest, each once though it has several ways to its organisation
        numbers = visible.order_by("-pk").values_list("pk", flat=True).distinct()
        keys = list(numbers[: MOST_COUNTED + 1])
        if not keys:
            return 0, []
        if len(keys) > MOST_COUNTED:  # to order all of them takes as long as they are many
            ordered = self.model._base_manager.filter(pk__in=keys[:most]).order_by("-pk")
        else:
            rows = self.model._base_manager.filter(pk__in=keys)
            ordered = rows.order_by(*self.order, "pk") if self.order else rows  # otherwise the model's own
        related = ordered.select_related(*self.select) if self.select else ordered
        return len(keys), list(related[:most])


def read_together(kinds: Iterable[tuple[RecordSearch, list[Any]]]) -> None:
    """What titles and details of found records read besides: of all kinds at once where it is the same relation.

    Nearly every record is called after an organisation, so that the names of all of them are one query.
    """
    alike: dict[tuple[type, str], list[Any]] = {}
    for kind, rows in kinds:
        for lookup in kind.prefetch:
            way, _, relation = lookup.rpartition("__")
            if way and not any(f"{selected}__".startswith(f"{way}__") for selected in kind.select):
                prefetch_related_objects(rows, lookup)
                continue
            ends = rows
            for name in way.split("__") if way else ():
                ends = [getattr(end, name) for end in ends if getattr(end, name) is not None]
            if ends:
                alike.setdefault((type(ends[0]), relation), []).extend(ends)
    for (_, relation), records in alike.items():
        prefetch_related_objects(records, relation)


@dataclass(frozen=True, slots=True)
class ListSearch:
    """What stands in no table: entries that a function gives for a reader, looked through by their words."""

    code: str
    label: Text
    entries: Callable[[Actor], Iterable[tuple[str, Callable[[], Hit]]]]  # the words to look through, and what they find
    seen: Callable[[Actor, list[Hit]], list[Hit]] = lambda _actor, hits: hits  # where the rule costs a query

    def find(self, actor: Actor, words: Sequence[str], most: int) -> tuple[int, list[Hit]]:
        entries = [(text.lower(), find) for text, find in self.entries(actor)]
        for word in words:
            ways = [spelling.lower() for spelling in spellings(word)]
            entries = [(text, find) for text, find in entries if ways[0] in text or any(w in text for w in ways[1:])]
        hits = [find() for _, find in entries]
        hits = self.seen(actor, hits) if hits else []
        return len(hits), hits[:most]


_KINDS: dict[str, tuple[int, Searched]] = {}


def register(kind: Searched, order: int = 50) -> None:
    """Have a kind of thing searched; the same code again replaces it."""
    _KINDS[kind.code] = (order, kind)


def kinds() -> list[Searched]:
    """Everything that is searched, by its place on the page."""
    return [kind for _, kind in sorted(_KINDS.values(), key=lambda entry: entry[0])]


def words_of(question: str) -> list[str]:
    """The words that are looked for: a few, without signs that no database takes."""
    readable = "".join(sign if sign.isprintable() else " " for sign in question)
    return readable[:LONGEST].split()[:MOST_WORDS]


def spellings(word: str) -> list[str]:
    """A word as it is written, and a month or a year as records name it."""
    if month := MONTH.fullmatch(word):
        return [word, f"{month[1]}-{int(month[2]):02d}"]
    return [word, year[1]] if (year := YEAR.fullmatch(word)) else [word]


def search(actor: Actor, question: str, most: int, only: str = "") -> list[Hits]:
    """What a reader finds, kind by kind; a word that names the kind itself narrows to it."""
    words, hits = words_of(question), []
    if not words:
        return []
    others: dict[str, tuple[str, ...]] = {}
    for kind in kinds():
        # part of the kind's Chinese name, or a whole word of its English one
        zh, en = kind.label.zh, kind.label.en.lower().split()
        if not only or kind.code == only:
            others[kind.code] = tuple(w for w in words if not ((len(w) > 1 and w in zh) or w.lower() in en))
    searched = [kind for kind in kinds() if kind.code in others]
    records = {kind.code: kind.model._meta.label_lower for kind in searched if isinstance(kind, RecordSearch)}
    present: dict[tuple[str, ...], set[str]] = {
        left: labels_with([records[code] for code in records if others[code] == left], [spellings(w) for w in left])
        for left in {others[code] for code in records}
    }
    found_rows: dict[str, tuple[int, list[Any]]] = {}
    together: list[tuple[RecordSearch, list[Any]]] = []
    for kind in searched:
        if isinstance(kind, RecordSearch) and records[kind.code] in present[others[kind.code]]:
            found_rows[kind.code] = count, rows = kind.rows(actor, others[kind.code], most)
            together.append((kind, rows))
    read_together(together)
    for kind in searched:
        if isinstance(kind, RecordSearch):
            count, rows = found_rows.get(kind.code, (0, []))
            first = kind.hits(rows)
        else:
            count, first = kind.find(actor, others[kind.code], most)
        if count:
            more = kind.code in records and count > MOST_COUNTED
            hits.append(Hits(kind.code, kind.label, MOST_COUNTED if more else count, first, more))
    return hits
