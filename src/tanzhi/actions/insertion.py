"""Rows written by statements that are made once for their model: Django compiles its own anew for each."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import connections, models, router
from django.db.models.signals import post_save, pre_save


class Insertion(NamedTuple):
    """The statement for a model, and the fields whose values it takes."""

    statement: str
    fields: tuple[models.Field[Any, Any], ...]
    key: str


class Rewriting(NamedTuple):
    """The statement for a model and some of its fields, and those fields in its order."""

    statement: str
    fields: tuple[models.Field[Any, Any], ...]


def insert(record: models.Model) -> None:
    """Save a record that is new, with the same values and signals as `save`."""
    model = type(record)
    using = router.db_for_write(model, instance=record)
    connection = connections[using]
    insertion = insertion_of(model, connection.vendor)
    if insertion is None or record.pk is not None or not connection.in_atomic_block:
        record.save()
        return
    record._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]  # as `save` does
    signal: dict[str, Any] = {"instance": record, "raw": False, "using": using, "update_fields": None}
    values = [field.get_db_prep_save(field.pre_save(record, True), connection) for field in insertion.fields]
    if any(hasattr(value, "as_sql") for value in values):
        record.save()
        return
    pre_save.send(model, **signal)
    with connection.cursor() as cursor:
        cursor.execute(insertion.statement, values)
        key = cursor.fetchone()[0]
    setattr(record, insertion.key, key)
    record._state.adding, record._state.db = False, using
    post_save.send(model, created=True, **signal)


def rewrite(record: models.Model, *names: str) -> None:
    """Save a record that is there, or these fields of it, with the same values and signals as `save`."""
    model = type(record)
    using = router.db_for_write(model, instance=record)
    connection = connections[using]
    rewriting = rewriting_of(model, connection.vendor, names)
    computed = rewriting is None or any(hasattr(getattr(record, f.attname), "as_sql") for f in rewriting.fields)
    if rewriting is None or computed or record.pk is None or record.get_deferred_fields():
        record.save(update_fields=names or None)
        return
    record._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]  # as `save` does
    written = frozenset(names) or None
    signal: dict[str, Any] = {"instance": record, "raw": False, "using": using, "update_fields": written}
    pre_save.send(model, **signal)
    values = [field.get_db_prep_save(field.pre_save(record, False), connection) for field in rewriting.fields]
    with connection.cursor() as cursor:
        cursor.execute(rewriting.statement, [*values, record.pk])
        if not cursor.rowcount:
            raise ObjectDoesNotExist(f"{model._meta.label} {record.pk} is not there any more")
    post_save.send(model, created=False, **signal)


@cache
def rewriting_of(model: type[models.Model], vendor: str, names: tuple[str, ...]) -> Rewriting | None:
    """None where Django's own way does more than put values into columns."""
    insertion = insertion_of(model, vendor)
    if insertion is None:
        return None
    fields = tuple(field for field in insertion.fields if not names or field.name in names or field.attname in names)
    if names and len(fields) != len(set(names)):
        raise ValueError(f"{model._meta.label} has no fields {', '.join(names)}")
    new = ", ".join(f'"{field.column}" = %s' for field in fields)
    key = model._meta.pk
    statement = f'UPDATE "{model._meta.db_table}" SET {new} WHERE "{key.column if key else ""}" = %s'  # noqa: S608  # names of our own
    return Rewriting(statement, fields)


@cache
def insertion_of(model: type[models.Model], vendor: str) -> Insertion | None:
    """None where Django's own way does more than put values into columns."""
    meta = model._meta
    key = meta.pk
    fields = tuple(field for field in meta.local_concrete_fields if field is not key)
    plain = (
        isinstance(key, models.AutoField)
        and not meta.parents
        and model.save is models.Model.save
        and model.save_base is models.Model.save_base
        and not any(hasattr(field, "get_placeholder") or field.generated or field.has_db_default() for field in fields)
    )
    if not plain or key is None:
        return None
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f'INSERT INTO "{meta.db_table}" ({names}) VALUES ({marks}) RETURNING "{key.column}"'  # noqa: S608  # names of our own
    return Insertion(statement, fields, key.attname)
