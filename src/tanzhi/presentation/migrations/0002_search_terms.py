from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("presentation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=60)),
                ("term", models.BinaryField(max_length=160)),
                ("record", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["label", "record"], name="search_terms_of_record")],
                "constraints": [
                    models.UniqueConstraint(fields=("label", "term", "record"), name="one_search_term_a_record")
                ],
            },
        ),
    ]
