from importlib import import_module

from django.apps import AppConfig

MODULES = (
    "deposits.work", "reminders.deadline_work", "reminders.work", "reminders.todos", "reminders.progress",
    "reminders.readiness",
    "results.figures", "results.lineage", "results.earlier_law",
    "plans.work", "plans.todos", "plans.figures", "mappings.work", "laboratory.work",
    "months.measured", "key_units.figures", "key_units.lineage",
)  # fmt: skip
"""What registers itself when it is imported: acts, to-dos, figures, explanations, what is computed anew."""


class FilingsConfig(AppConfig):
    name = "tanzhi.filings"
    label = "filings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
