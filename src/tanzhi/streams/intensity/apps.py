from django.apps import AppConfig


class IntensityConfig(AppConfig):
    name = "tanzhi.streams.intensity"
    label = "intensity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Actions, figures, explanations and entries register themselves when they are read."""
        from . import actions, decomposing, early_warning, entries, figures, importers, lineage

        self.parts = (actions, decomposing, early_warning, entries, figures, importers, lineage)
