from django.apps import AppConfig


class IntensityConfig(AppConfig):
    name = "tanzhi.streams.intensity"
    label = "intensity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Actions, figures, explanations and entries register themselves when they are read."""
        from . import entries
        from .decompositions import work as decomposing
        from .ledger import imports, lineage, work
        from .targets import figures
        from .warnings import work as early_warning

        self.parts = (work, decomposing, early_warning, entries, figures, imports, lineage)
