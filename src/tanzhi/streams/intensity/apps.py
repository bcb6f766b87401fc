from importlib import import_module

from django.apps import AppConfig

from tanzhi.presentation.navigation import AUTHORITY, register
from tanzhi.rulebook.kernel.text import Text

MODULES = (
    "ledger.work", "ledger.imports", "ledger.yearbooks", "ledger.lineage", "targets.work", "targets.imports",
    "targets.figures", "targets.lineage",
    "decompositions.work", "decompositions.figures", "decompositions.lineage", "warnings.work",
)  # fmt: skip
"""What registers itself when it is imported: acts, imports, figures, explanations."""


class IntensityConfig(AppConfig):
    name = "tanzhi.streams.intensity"
    label = "intensity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
        register("intensity", Text("碳强度", "Carbon intensity"), "intensity:overview", 10, AUTHORITY)
        register("intensity", Text("强度台账", "Intensity ledger"), "intensity:ledger", 20, AUTHORITY)
        register("intensity", Text("强度目标", "Intensity targets"), "intensity:targets", 30, AUTHORITY)
        register("intensity", Text("目标分解", "Decomposition"), "intensity:decompositions", 40, AUTHORITY)
        register("intensity", Text("碳强度预警", "Early warnings"), "intensity:warnings", 50, AUTHORITY)
