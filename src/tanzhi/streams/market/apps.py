from importlib import import_module

from django.apps import AppConfig

from tanzhi.actions.roles import PLANT
from tanzhi.presentation import navigation
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.kernel.text import Text

MODULES = (
    "ledger.work", "ledger.hold_work", "ledger.check_work", "ledger.todos", "ledger.imports",
    "ledger.readiness",
    "allocation.work", "allocation.invariants", "allocation.lineage", "allocation.earlier_law",
    "compliance.cycle_work", "compliance.work", "compliance.invariants", "compliance.figures", "compliance.lineage",
    "compliance.todos", "compliance.progress", "compliance.earlier_law", "compliance.imports",
    "reconciliation.work", "reconciliation.imports", "representatives.work",
)  # fmt: skip
"""What registers itself when it is imported: acts, jobs, to-dos, invariants, figures, explanations."""
OWNERS = {"project_owner", "bank"}


class RegistryConfig(AppConfig):
    name = "tanzhi.streams.market"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
        navigation.register("top", Text("企业工作台", "Plant desk"), "registry:own_desk", order=15, roles=PLANT)
        navigation.register(
            "market", Text("账户", "Accounts"), "registry:accounts", order=21, roles=AUTHORITY | PLANT | OWNERS
        )
        navigation.register(
            "market", Text("配额分配", "Allocation"), "registry:runs", order=22, roles=AUTHORITY | PLANT
        )
        navigation.register("market", Text("履约清缴", "Compliance"), "registry:cycles", order=23)
