"""Rows by a question that is compiled once: Django compiles its own anew each time, which costs more than the answer.

For what every act asks of the database, always alike but for some values: the row that it is done to, a filing's newest
version, the open clocks of a case.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.query import ModelIterable, get_related_populators

Record = TypeVar("Record", bound=models.Model)
Question = Callable[..., models.QuerySet[Record]]
MARK = 1_987_650_000
"""The first of the numbers with which a question is compiled; the values take their places."""


class Retrieval(NamedTuple):
    """A compiled question: its statement, how its columns are read, and the records that are made of them."""

    statement: str
    parameters: tuple[tuple[int | None, Any], ...]  # which of the values, or what is stated in the question itself
    converters: list[tuple[int, list[Any], Any]]
    records: RetrievedRecords | None


class RetrievedRecords(NamedTuple):
    """A model with the names of its columns, at which of all it begins, and the records that are joined to it."""

    model: type[models.Model]
    names: list[str]
    first: int
    joined: list[Any]


class _Compiled(threading.local):
    """Of this thread, whose connections made them."""

    def __init__(self) -> None:
        self.retrievals: dict[Hashable, Retrieval] = {}


_COMPILED = _Compiled()


def retrieved(question: Question[Record], *values: int | str, about: tuple[Any, ...] = ()) -> Iterator[Record]:
    """What `question(*values, *about)` gives: whole records, with those that it joins.

    It is compiled once for each `about`, and once for each number and type of `values`, which it may only compare with
    columns.
    """
    compiled = compiled_once(question, values, about)
    if compiled.records is None:
        raise TypeError(f"whole records are retrieved: {compiled.statement}")
    model, names, first, others = compiled.records
    for columns in answers(compiled, values):
        own = columns[first : first + len(names)]
        record: Any = model.from_db(DEFAULT_DB_ALIAS, names, own)
        for joined in others:
            joined.populate(columns, record)
        record._stored_values = dict(zip(names, own, strict=True))
        yield record


def retrieved_columns(question: Question[Any], *values: int | str, about: tuple[Any, ...] = ()) -> Iterator[list[Any]]:
    """The same of a question for some columns (`values_list`)."""
    return answers(compiled_once(question, values, about), values)


def one_of(question: Question[Record], *values: int | str, about: tuple[Any, ...] = ()) -> Record | None:
    """The first record that a question gives, or None."""
    return next(islice(retrieved(question, *values, about=about), 1), None)


def parts_of(record: models.Model, name: str, question: Question[Record]) -> Iterable[Record]:
    """The rows that belong to a record by a relation of this name: as they were prefetched, or retrieved by its key."""
    prefetched: dict[str, Iterable[Record]] = getattr(record, "_prefetched_objects_cache", {})
    return prefetched[name] if name in prefetched else retrieved(question, record.pk)


def stored_values(record: models.Model) -> dict[str, Any]:
    """What the row of a retrieved record held; nothing of any other."""
    values: dict[str, Any] = getattr(record, "_stored_values", {})
    return values


def compiled_once(question: Question[Any], values: tuple[int | str, ...], about: tuple[Any, ...]) -> Retrieval:
    """A question as this thread compiled it when it was first asked."""
    key = (connections[DEFAULT_DB_ALIAS].vendor, question, about, *map(type, values))
    if (compiled := _COMPILED.retrievals.get(key)) is not None:
        return compiled
    marks = [f"retrieved {n}" if isinstance(value, str) else MARK + n for n, value in enumerate(values)]
    rows = question(*marks, *about)
    compiler: Any = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
    statement, parameters = compiler.as_sql()
    columns, of_model = [column for column, _, _ in compiler.select], compiler.klass_info
    if rows.query.annotations or not set(marks) <= set(parameters):
        raise ValueError(f"a question asks by values of columns and for nothing computed: {statement}")
    records = None
    if rows._iterable_class is ModelIterable:
        places = of_model["select_fields"]
        names = [column.target.attname for column in columns[places[0] : places[-1] + 1]]
        others = get_related_populators(of_model, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # as Django 5.2
        records = RetrievedRecords(of_model["model"], names, places[0], others)
    compiled = _COMPILED.retrievals[key] = Retrieval(
        statement,
        tuple((marks.index(each), None) if each in marks else (None, each) for each in parameters),
        [(place, *converters) for place, converters in compiler.get_converters(columns).items()],
        records,
    )
    return compiled


def answers(compiled: Retrieval, values: tuple[int | str, ...]) -> Iterator[list[Any]]:
    """The columns of every row, as their fields read them."""
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute(compiled.statement, [stated if n is None else values[n] for n, stated in compiled.parameters])
        rows = cursor.fetchall()
    for row in rows:
        columns = list(row)
        for place, converters, expression in compiled.converters:
            for convert in converters:
                columns[place] = convert(columns[place], expression, connection)
        yield columns
