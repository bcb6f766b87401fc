from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "tanzhi.streams.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Actions, imports, figures, explanations and entries register themselves when they are read."""
        from . import actions, entries
        from .activities import figures
        from .shared import lineage
        from .tasks import imports

        self.parts = (actions, entries, figures, imports, lineage)
