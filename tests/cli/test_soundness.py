"""What is wrong with a database is named: the file, the missing row, or the very cell; never a traceback."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from tests.cli.installation import RECORDED

from tanzhi.cli.soundness import STORED, _type_of, unreadable_cells

GARBAGE = {"'integer'": "'x'", "'text'": "CAST(x'ff41' AS TEXT)", "'blob'": "'x'", "'integer', 'real', 'text'": "'x'"}
MEANINGLESS = ("DateField", "DateTimeField", "TimeField", "JSONField")


@pytest.mark.fault
def test_every_column_with_a_type_is_named_when_a_cell_of_it_holds_something_else(world):
    if connection.vendor != "sqlite":
        return  # a server refuses to write such a cell
    assert list(unreadable_cells()) == []
    spoilt = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for model in apps.get_models(include_auto_created=True):
            if model.__module__.startswith("tests."):
                continue  # its table is there only once the tests that made it up have run in this process
            table, key = model._meta.db_table, model._meta.pk.column
            for field in model._meta.local_concrete_fields:
                if field.primary_key or field.remote_field or field.unique or _type_of(field) not in STORED:
                    continue
                value = "'x'" if _type_of(field) in MEANINGLESS else GARBAGE[STORED[_type_of(field)][0]]
                first = f'(SELECT min("{key}") FROM "{table}")'
                cursor.execute(f'UPDATE "{table}" SET "{field.column}" = {value} WHERE "{key}" = {first}')
                if cursor.rowcount:
                    spoilt.add((table, field.column))
        assert {(cell.table, cell.column) for cell in unreadable_cells()} == spoilt
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert {_type_of(apps.get_model("organisations", "Organisation")._meta.pk)} <= STORED.keys()
    assert len(spoilt) > 30


def damage(statement: str) -> str:
    """A piece of program that alters the file past Django."""
    return (
        "import sqlite3; from django.conf import settings; "
        "file = settings.DATABASES['default']['NAME']; d = sqlite3.connect(file); "
        f'[d.execute(f\'DROP TRIGGER "{{n}}"\') for (n,) in d.execute("SELECT name FROM sqlite_master '
        f"WHERE type = 'trigger'\").fetchall()]; d.execute({statement!r}); d.commit(); d.close()"
    )


TRUNCATE = "import os; from django.conf import settings; os.truncate(settings.DATABASES['default']['NAME'], 300_000)"
SCRIBBLE = (
    "from django.conf import settings; f = open(settings.DATABASES['default']['NAME'], 'r+b'); f.write(b'x' * 200)"
    "; f.close()"
)


@pytest.mark.fault
def test_a_damaged_database_ends_every_kind_of_command_with_what_is_wrong(installation):
    one = installation("one")
    commands = (["evidence", "verify"], ["check"], ["registry", "check"])
    answers = one.run(
        RECORDED,
        *(*commands, damage("UPDATE evidence_head SET at = '2024-13-45'")),
        *(*commands[:2], damage("UPDATE evidence_head SET at = '2024-07-16 10:00:00'")),
        TRUNCATE,
        *(*commands, SCRIBBLE, *commands),
    )
    assert [code for code, _ in answers[:3]] == [0, 0, 0]
    assert all("table evidence_head, row 1, column at holds “2024-13-45”" in words for _, words in answers[3:5])
    damaged = answers[3:]
    assert {(code, words.partition(":")[0]) for code, words in damaged} == {(5, "CLI-DATABASE")}
    assert all(str(one.var / "tanzhi.sqlite3") in words for _, words in damaged)
    assert not [words for _, words in damaged if "Traceback" in words]
