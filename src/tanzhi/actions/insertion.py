"""A new row by a statement that is made once for its model: Django compiles its own anew for each."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db import connections, models, router
from django.db.models.signals import post_save, pre_save


class Insertion(NamedTuple):
    """The statement for a model, and the fields whose values it takes."""

    statement: str
    fields: tuple[models.Field[Any, Any], ...]
    key: str


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
