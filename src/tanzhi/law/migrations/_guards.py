"""Triggers with which the database itself refuses to change or delete an entered parameter."""

COLUMNS = (
    "number", "guideline", "parameter", "keys", "value", "unit", "since", "until", "supersedes", "after_publication", "source", "note",
    "entered_by", "approved_by", "entered_at", "chain",
)  # fmt: skip
TABLE = "law_parameterentry"


def forwards(apps, schema_editor):
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def _sqlite():
    changed = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in COLUMNS)
    abort = "BEGIN SELECT RAISE(ABORT, 'an entered parameter never changes'); END"
    yield f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} WHEN {changed} {abort}"
    yield f"CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE} {abort}"


def _postgresql():
    text = {"keys": "::text"}
    changed = " OR ".join(f'OLD."{c}"{text.get(c, "")} IS DISTINCT FROM NEW."{c}"{text.get(c, "")}' for c in COLUMNS)
    yield (
        "CREATE OR REPLACE FUNCTION law_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an entered parameter never changes'; END $$"
    )
    yield f"CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION law_kept()"
    yield f"CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION law_kept()"
