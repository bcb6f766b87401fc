from django.apps import AppConfig

from tanzhi.presentation import navigation
from tanzhi.presentation.navigation import AUTHORITY, PLANT
from tanzhi.rulebook.kernel.text import Text

OWNERS = {"project_owner", "bank"}


class RegistryConfig(AppConfig):
    name = "tanzhi.streams.market"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menu entries; figures and explanations register themselves when they are read."""
        from . import figures, lineage

        self.parts = (figures, lineage)
        navigation.register(
            "market", Text("账户", "Accounts"), "registry:accounts", order=21, roles=AUTHORITY | PLANT | OWNERS
        )
        navigation.register(
            "market", Text("配额分配", "Allocation"), "registry:runs", order=22, roles=AUTHORITY | PLANT
        )
        navigation.register("market", Text("履约清缴", "Compliance"), "registry:cycles", order=23)
