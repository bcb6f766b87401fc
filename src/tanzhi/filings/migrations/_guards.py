"""Triggers with which the database itself refuses to change or delete a version once it is kept."""

FROZEN = {
    "filings_version": (
        "filing_id", "number", "values", "digest", "places", "file_sha256", "file_name", "mapping_version_id",
        "reason", "person_id", "person_name", "at",
    ),
    "filings_mappingversion": ("mapping_id", "number", "parts", "person_id", "at"),
    "filings_result": (
        "filing_id", "version_id", "organisation_id", "period", "level", "where", "quantity", "value", "unit", "state",
        "release",
    ),
    "filings_answer": ("filing_id", "code", "where", "found", "text", "person_id", "person_name", "at"),
}


def forwards(apps, schema_editor):
    build = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for table, columns in FROZEN.items():
        for statement in build(table, columns):
            schema_editor.execute(statement)


def _changed(columns, differs, table, undone):
    parts = [f'OLD."{c}" {differs} NEW."{c}"' for c in columns]
    return " OR ".join([*parts, undone] if table == "filings_version" else parts)


def _sqlite(table, columns):
    changed = _changed(columns, "IS NOT", table, "(OLD.deposited AND NOT NEW.deposited)")
    abort = "BEGIN SELECT RAISE(ABORT, 'a kept version never changes'); END"
    yield f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN {changed} {abort}"
    yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {abort}"


def _postgresql(table, columns):
    json = {"places", "parts", "rows"}
    parts = [f'OLD."{c}"{_text(c, json)} IS DISTINCT FROM NEW."{c}"{_text(c, json)}' for c in columns]
    changed = " OR ".join([*parts, "(OLD.deposited AND NOT NEW.deposited)"] if table == "filings_version" else parts)
    yield (
        "CREATE OR REPLACE FUNCTION filings_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a kept version never changes'; END $$"
    )
    yield f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION filings_kept()"
    yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION filings_kept()"


def _text(column, json):
    return "::text" if column in json else ""
