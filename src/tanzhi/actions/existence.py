"""Whether a row is there, by a statement that is made once for its model: what many acts ask before they write."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db import connection, models


class ExistenceQuery(NamedTuple):
    """The statement for a model and some of its fields, and the fields whose values it takes."""

    statement: str
    fields: tuple[models.Field[Any, Any], ...]


def is_there(model: type[models.Model], **values: Any) -> bool:
    """Whether a row has these values in these columns of its own; None is no value."""
    query = existence_query_of(model, tuple(values))
    stated = [field.get_db_prep_value(values[field.attname], connection) for field in query.fields]
    with connection.cursor() as cursor:
        cursor.execute(query.statement, stated)
        return cursor.fetchone() is not None


@cache
def existence_query_of(model: type[models.Model], columns: tuple[str, ...]) -> ExistenceQuery:
    by_column = {field.attname: field for field in model._meta.local_concrete_fields}
    fields = tuple(by_column[column] for column in columns)
    equal = " AND ".join(f'"{field.column}" = %s' for field in fields)
    statement = f'SELECT 1 FROM "{model._meta.db_table}" WHERE {equal} LIMIT 1'  # noqa: S608  # names of our own
    return ExistenceQuery(statement, fields)
