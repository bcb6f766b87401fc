from importlib import import_module

from django.apps import AppConfig


class PresentationConfig(AppConfig):
    name = "tanzhi.presentation"
    label = "presentation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what people keep of pages."""
        import_module("tanzhi.presentation.preferences.work")
