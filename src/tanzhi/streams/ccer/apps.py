from django.apps import AppConfig

from tanzhi.presentation import navigation
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.kernel.text import Text


class CcerConfig(AppConfig):
    name = "tanzhi.streams.ccer"
    label = "ccer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menu entries; actions, figures and explanations register themselves when they are read."""
        from . import comments, figures, imports, lineage, work

        self.parts = (comments, figures, imports, lineage, work)
        roles = AUTHORITY | {"project_owner", "verifier"}
        navigation.register("finance", Text("CCER 项目库", "CCER projects"), "ccer:projects", 55, roles)
        navigation.register("finance", Text("CCER 公示", "CCER public notices"), "ccer:notices", 56)
