from importlib import import_module

from django.apps import AppConfig

from tanzhi.actions.roles import PLANT
from tanzhi.presentation.navigation import AUTHORITY, register
from tanzhi.rulebook.kernel.text import Text

MODULES = (
    "documents.work", "tasks.work", "rounds.work", "pilots.work",
    "activities.consultation_work", "activities.event_work", "audits.work",
    "rounds.progress", "documents.imports", "tasks.imports", "audits.imports",
    *(f"{feature}.{part}" for part in ("figures", "lineage")
      for feature in ("documents", "tasks", "rounds", "pilots", "activities", "audits")),
)  # fmt: skip
"""What registers itself when it is imported: kinds of work, imports, figures, explanations."""


class PolicyConfig(AppConfig):
    name = "tanzhi.streams.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
        register("policy", Text("政策库", "Policy library"), "policy:documents", order=10)
        register("policy", Text("任务", "Tasks"), "policy:tasks", order=11, roles=AUTHORITY)
        register("policy", Text("调度", "Progress reviews"), "policy:rounds", order=12, roles=AUTHORITY)
        register("policy", Text("条款落实", "Coverage of clauses"), "policy:coverage", order=13, roles=AUTHORITY)
        register("policy", Text("试点", "Pilots"), "policy:pilots", order=14)
        register("policy", Text("活动", "Events"), "policy:events", order=15)
        register("policy", Text("征求意见", "Consultations"), "policy:consultations", order=16, roles=AUTHORITY)
        register("policy", Text("帮扶指导", "Visits"), "policy:visits", order=17, roles=AUTHORITY | PLANT)
        register("policy", Text("典型推荐", "Recommendations"), "policy:recommendations", order=18, roles=AUTHORITY)
        register(
            "policy", Text("清洁生产审核", "Cleaner production"), "policy:audits", order=19, roles=AUTHORITY | PLANT
        )
