from django.apps import AppConfig


class IntensityConfig(AppConfig):
    name = "tanzhi.intensity"
    label = "intensity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Actions, figures and explanations register themselves when they are read."""
        from . import actions, decomposing, figures, lineage

        self.parts = (actions, decomposing, figures, lineage)
