from django.apps import AppConfig

from tanzhi.presentation import navigation
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.kernel.text import Text

CONCERNED = AUTHORITY | {"project_owner", "bank", "expert"}


class FinanceConfig(AppConfig):
    name = "tanzhi.streams.finance"
    label = "finance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menu entries; actions, figures, explanations and things to do register themselves when they are read."""
        from tanzhi.streams.ccer.queries import CLAIMS

        from . import bank_work, figures, imports, lineage, queries, todos, work

        CLAIMS.append(queries.benefits_of)
        self.parts = (bank_work, figures, imports, lineage, todos, work)
        navigation.register("finance", Text("气候投融资项目", "Finance projects"), "finance:projects", 51, CONCERNED)
        navigation.register("finance", Text("投融资统计", "Finance statistics"), "finance:statistics", 52, AUTHORITY)
        navigation.register("finance", Text("授信与放款", "Credit and loans"), "finance:bank", 53, {"bank"})
