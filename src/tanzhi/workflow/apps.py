from importlib import import_module

from django.apps import AppConfig

from tanzhi.actions.roles import HEAD, PLANT
from tanzhi.presentation import navigation
from tanzhi.rulebook.kernel.text import Text

MODULES = (
    "dossier.work", "findings.work", "notices.work", "notices.pages", "todos.own", "clocks.todos", "case.about",
    "handlers.work",
)  # fmt: skip
"""What registers itself when it is imported: actions, things to do."""


class WorkflowConfig(AppConfig):
    name = "tanzhi.workflow"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Transitions turn clocks; everybody who works has deadlines and is told of them."""
        for module in MODULES:
            import_module(f"{self.name}.{module}")
        from tanzhi.actions.transitions import TRANSITION_HOOKS

        from .clocks import clocks

        TRANSITION_HOOKS.append(clocks)
        workers = navigation.AUTHORITY | PLANT | {"verifier", "project_owner", "bank", "administrator"}
        everybody = workers | {"auditor", "expert", "security_administrator", HEAD}
        navigation.register("top", Text("期限", "Deadlines"), "cases:deadlines", order=20, roles=workers)
        navigation.register("top", Text("通知", "Notices"), "cases:notices", order=30, roles=everybody)
