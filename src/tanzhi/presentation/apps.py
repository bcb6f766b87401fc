from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PresentationConfig(AppConfig):
    name = "tanzhi.presentation"
    label = "presentation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what people keep of pages, and have the index of words follow the records."""
        import_module("tanzhi.presentation.preferences.work")
        writing = import_module("tanzhi.presentation.search_writing")
        post_migrate.connect(writing.index_first, sender=self, dispatch_uid="presentation.index_first")
