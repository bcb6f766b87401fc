import django.db.models.deletion
from django.db import migrations, models

from tanzhi.evidence import guards


def take_off(apps, schema_editor):
    guards.take_off(schema_editor, guards.FROZEN)


def put_on(apps, schema_editor):
    guards.put_on(schema_editor, guards.SINCE_NODES)


class Migration(migrations.Migration):
    """Entries keep secrets and carry a code; nodes of the tree are stored; heads name the one before."""

    dependencies = [("evidence", "0001_initial")]

    operations = [
        migrations.RunPython(take_off, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.AddField("Entry", "mac", models.BinaryField(max_length=32, default=b""), preserve_default=False),
        migrations.AlterField("Entry", "leaf_hash", models.BinaryField(max_length=32, unique=True)),
        migrations.AddField("Head", "previous", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AlterField(
            "Payload",
            "entry",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="evidence.entry"
            ),
        ),
        migrations.AlterField("Payload", "salt", models.BinaryField(max_length=32, null=True)),
        migrations.AddField(
            "Payload", "part", models.CharField(max_length=20, default="personal"), preserve_default=False
        ),
        migrations.AddConstraint(
            "Payload", models.UniqueConstraint(fields=["entry", "part"], name="one_payload_for_a_part")
        ),
        migrations.RunPython(put_on, migrations.RunPython.noop),
    ]
