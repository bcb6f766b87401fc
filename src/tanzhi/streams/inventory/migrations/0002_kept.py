"""The database itself refuses to change or delete a compilation and its cells."""

from django.db import migrations

from tanzhi.filings.migrations import _guards

KEPT = {
    "inventory_run": ("inventory_id", "number", "versions", "release", "person_id", "person_name", "at"),
    "inventory_cell": ("run_id", "category", "gas", "mass", "notation", "result_id", "marks"),
}


def forwards(apps, schema_editor):
    _guards.guard(schema_editor, KEPT)


class Migration(migrations.Migration):
    dependencies = [("inventory", "0001_initial"), ("filings", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
