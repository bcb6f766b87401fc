"""A kind of record that programs read: its code, its fields, whose rows they are; a room declares it in `record_kinds`.

A declaration names look-ups of a model. Types, filters, joins, the description and the code of whatever a field refers
to follow from them; who sees a row follows from the model's own rule (`actions.visibility`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from tanzhi.actions.refusal import refused
from tanzhi.actions.states import CASE_TYPES
from tanzhi.actions.visibility import visible_rows
from tanzhi.presentation.lists.declaration import Declaration, reach
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

TEXT, WHOLE, DECIMAL, DATE, MOMENT, YES = "text", "whole", "decimal", "date", "moment", "yes"
WORDS, RECORD, DATA, LIST = "words", "record", "data", "list"
STORED: tuple[tuple[type[models.Field[Any, Any]], str], ...] = (
    (models.BooleanField, YES),
    (models.IntegerField, WHOLE),
    (models.DateTimeField, MOMENT),
    (models.DateField, DATE),
    (models.JSONField, DATA),
    (models.ForeignKey, RECORD),
    (models.CharField, TEXT),
    (models.TextField, TEXT),
)
"""What a stored field is to a program, the first that fits."""
FILTERED = frozenset({TEXT, WHOLE, DATE, YES, RECORD, MOMENT})
SEPARATOR = ":"
ESCAPES = (("~", "~0"), (SEPARATOR, "~1"), ("/", "~2"))
"""Signs that a part of a code may hold, as they are written in it."""
MOST_NAMED = 5
ONE_OF = Text("其中之一的完整代码：{codes}", "the whole code of one of: {codes}")


@dataclass(frozen=True, slots=True)
class RecordField:
    """One field of an answer: a look-up (`path`), or a function of the row with the kind of what it returns."""

    name: str
    kind: str = ""  # empty: as the stored field says
    path: str = ""  # empty: the name
    of: Callable[[Any], Any] | None = None
    words: Mapping[str, Text] | None = None  # what a stored code means


def stored_field(model: type[models.Model], path: str) -> tuple[models.Field[Any, Any] | None, bool]:
    """The model's field at the end of a look-up, and whether something on the way may be missing."""
    owner: Any = model
    field: Any = None
    nullable = False
    for name in path.split("__"):
        try:
            field = owner._meta.get_field(name)
        except FieldDoesNotExist:
            return None, True
        nullable = nullable or bool(field.null)
        owner = field.related_model
    return field, nullable


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: `code` are the look-ups whose values name one for ever.

    Where some of them are numbers of rows, the others alone name a record too, as long as they name no second one.
    """

    name: str
    title: Text
    model: type[models.Model]
    code: tuple[str, ...]
    content: tuple[str | RecordField, ...]
    rows: Callable[[Actor], Any] | None = None  # where the model's own rule is no filter
    listing: Declaration | None = None  # whose search and filters it takes over
    prefetch: tuple[str, ...] = ()
    prepare: Callable[[list[Any]], None] | None = None  # fetches what the rows of one page need, at once

    @cached_property
    def fields(self) -> tuple[RecordField, ...]:
        """Its fields, each with its kind and the words of its codes."""
        whole = []
        for field in self.content:
            declared = field if isinstance(field, RecordField) else RecordField(field)
            if declared.of is not None:
                whole.append(declared)
                continue
            path, words = declared.path or declared.name, declared.words
            stored, _ = stored_field(self.model, path)
            kind = declared.kind or next((kind for type_, kind in STORED if isinstance(stored, type_)), "")
            if not kind:
                raise TypeError(
                    f"{self.name}.{declared.name}: {path} is no field of {self.model.__name__}; name its kind"
                )
            if words is None and path == "state":
                words = next((case.words for case in CASE_TYPES.values() if case.model is self.model), None)
            whole.append(RecordField(declared.name, kind, path, None, words))
        return tuple(whole)

    @cached_property
    def natural(self) -> tuple[str, ...]:
        """The look-ups of the code that the field knows: all but numbers of rows."""
        return tuple(look for look in self.code if look.rpartition("__")[2] != "pk")

    @cached_property
    def filters(self) -> dict[str, RecordField]:
        """The fields by which rows can be narrowed: what is stored, and is no long text."""
        return {
            field.name: field
            for field in self.fields
            if field.of is None
            and field.kind in FILTERED
            and not isinstance(stored := stored_field(self.model, field.path)[0], models.TextField)
            and stored is not None
        }

    @cached_property
    def related(self) -> tuple[str, ...]:
        """What is joined to a row, so that a page is one query."""
        paths = {path for look in self.code if (path := look.rpartition("__")[0])}
        for field in self.fields:
            if field.of is None and stored_field(self.model, field.path)[0] is not None:
                paths |= {field.path.rpartition("__")[0]} - {""}
                target = target_of(self, field) if field.kind == RECORD else None
                paths |= {f"{field.path}__{look}".rpartition("__")[0] for look in target.code} if target else set()
        return tuple(sorted(paths))

    def visible_to(self, actor: Actor) -> Any:
        """Rows that are for a reader, in the order in which they came."""
        rows = self.rows(actor) if self.rows is not None else visible_rows(actor, self.model)
        # a rule that joins what has many sides may name a row twice
        return self.model._base_manager.filter(pk__in=rows.order_by().values("pk")).order_by("pk")

    def loaded(self, rows: Any) -> list[Any]:
        """Some of the rows with everything that their fields read."""
        loaded = list(rows.select_related(*self.related).prefetch_related(*self.prefetch))
        if self.prepare is not None:
            self.prepare(loaded)
        return loaded


KINDS: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> None:
    """Have a kind of record read by programs; the same name again replaces it."""
    KINDS[kind.name] = kind


def kind_of(model: type[models.Model] | None) -> RecordKind | None:
    """The kind under which records of a model are read."""
    concrete = model._meta.concrete_model if model is not None else None
    return next((kind for kind in KINDS.values() if kind.model is concrete), None)


def target_of(kind: RecordKind, field: RecordField) -> RecordKind | None:
    """The kind of record that a field refers to."""
    stored, _ = stored_field(kind.model, field.path)
    return kind_of(stored.related_model if stored is not None else None)


def code_of(kind: RecordKind, row: Any) -> str:
    """The code of a row: the values of its look-ups, which nothing else has."""
    parts = []
    for look in kind.code:
        part = str(reach(row, look.replace("__", ".")))
        for sign, written in ESCAPES:
            part = part.replace(sign, written)
        parts.append(part)
    return SEPARATOR.join(parts)


def with_code(kind: RecordKind, rows: Any, code: str) -> Any:
    """Those of some rows that a code names: one, or none; several only where numbers of rows were left out."""
    parts = code.split(SEPARATOR)
    looks = next((looks for looks in (kind.code, kind.natural) if len(looks) == len(parts)), None)
    if not looks:
        return rows.none()
    condition: dict[str, Any] = {}
    for look, words in zip(looks, parts, strict=True):
        value: Any = words
        for sign, written in reversed(ESCAPES):
            value = value.replace(written, sign)
        stored, _ = stored_field(kind.model, look)
        if stored is not None:
            try:
                value = stored.to_python(value)
                stored.get_prep_value(value)
            except (ValueError, TypeError, ArithmeticError, ValidationError):
                return rows.none()
        condition[look] = value
    return rows.filter(**condition)


def named(kind: RecordKind, rows: Any, code: str) -> Any:
    """The one of some rows that a code names, or none; refused where it names several."""
    several = list(with_code(kind, rows, code).order_by("pk")[: MOST_NAMED + 1])
    if len(several) > 1:
        codes = [code_of(kind, row) for row in kind.loaded(rows.filter(pk__in=[row.pk for row in several]))]
        more = ["…"] if len(codes) > MOST_NAMED else []
        words = ", ".join([*codes[:MOST_NAMED], *more])
        raise refused("API-CODE", "code", code, ONE_OF.format(codes=words), 409)
    return several[0] if several else None
