from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class FiguresConfig(AppConfig):
    name = "tanzhi.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every room's `figures.py` registers its figures and its part of the walk."""
        import_module("tanzhi.figures.entry_nodes")
        for room in apps.get_app_configs():
            if room.module and module_has_submodule(room.module, "figures"):
                import_module(f"{room.name}.figures")
