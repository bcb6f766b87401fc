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
    "filings_remark": (
        "filing_id", "version_id", "level", "where", "field", "text", "person_id", "person_name", "at",
    ),
    "filings_remarkanswer": ("filing_id", "remark_id", "text", "person_id", "person_name", "at"),
    "filings_laboratoryreport": (
        "organisation_id", "guideline", "number", "month", "unit", "material", "sampled_on", "reported_on", "laboratory",
        "laboratory_mark", "values", "digest", "person_id", "person_name",
    ),
    "filings_answer": ("filing_id", "code", "where", "question", "text", "person_id", "person_name", "at"),
}

PLANS = {
    "filings_planversion": ("plan_id", "number", "values", "digest", "reason", "person_id", "person_name", "at"),
    "filings_planevent": ("plan_id", "version_id", "kind", "reason", "person_id", "person_name", "at"),
}
# Set later, once, and never taken back.
ONCE = {"filings_version": "deposited", "filings_planversion": "approved"}


def forwards(apps, schema_editor):
    guard(schema_editor, FROZEN | PLANS)


def guard(schema_editor, tables):
    build = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for table, columns in tables.items():
        for statement in build(table, columns):
            schema_editor.execute(statement)


def _undone(table):
    return [f"(OLD.{ONCE[table]} AND NOT NEW.{ONCE[table]})"] if table in ONCE else []


def _sqlite(table, columns):
    changed = " OR ".join([*(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns), *_undone(table)])
    abort = "BEGIN SELECT RAISE(ABORT, 'a kept version never changes'); END"
    yield f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN {changed} {abort}"
    yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {abort}"


def _postgresql(table, columns):
    json = {"places", "parts", "rows"}
    parts = [f'OLD."{c}"{_text(c, json)} IS DISTINCT FROM NEW."{c}"{_text(c, json)}' for c in columns]
    changed = " OR ".join([*parts, *_undone(table)])
    yield (
        "CREATE OR REPLACE FUNCTION filings_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a kept version never changes'; END $$"
    )
    yield f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION filings_kept()"
    yield f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION filings_kept()"


def _text(column, json):
    return "::text" if column in json else ""
