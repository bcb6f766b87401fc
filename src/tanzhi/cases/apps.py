from django.apps import AppConfig

from tanzhi.presentation import navigation
from tanzhi.rulebook.kernel.text import Text


class CasesConfig(AppConfig):
    name = "tanzhi.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Everybody who works has deadlines."""
        label = Text("期限", "Deadlines")
        navigation.register(
            "top", label, "cases:deadlines", order=20, roles=navigation.AUTHORITY | navigation.PLANT | {"verifier"}
        )
