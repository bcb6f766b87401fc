from importlib import import_module

from django.apps import AppConfig

MODULES = ("letters.work", "letters.todos", "letters.panel", "letters.preview")
"""What registers itself when it is imported: actions, things to do, the letters on the page of a case."""


class OfficeConfig(AppConfig):
    name = "tanzhi.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
