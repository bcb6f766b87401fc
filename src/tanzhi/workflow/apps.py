from importlib import import_module

from django.apps import AppConfig

from tanzhi.presentation import navigation
from tanzhi.rulebook.kernel.text import Text


class CasesConfig(AppConfig):
    name = "tanzhi.workflow"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Everybody who works has deadlines and is told of them."""
        import_module("tanzhi.workflow.notices.delivery")  # brings word of changes to accounts
        workers = navigation.AUTHORITY | navigation.PLANT | {"verifier", "project_owner", "bank", "administrator"}
        everybody = workers | {"auditor", "expert", "security_administrator"}
        navigation.register("top", Text("期限", "Deadlines"), "cases:deadlines", order=20, roles=workers)
        navigation.register("top", Text("通知", "Notices"), "cases:notices", order=30, roles=everybody)
