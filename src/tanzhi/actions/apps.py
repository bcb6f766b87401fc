from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ActionsConfig(AppConfig):
    name = "tanzhi.actions"
    label = "actions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load every room's actions, jobs, things to do, to find, to give away: complete before the first request."""
        from tanzhi.evidence.receipts import decides_audience

        from .visibility import may_see

        autodiscover_modules(
            "actions",
            "jobs",
            "todos",
            "erasure",
            "earlier_law",
            "search",
            "record_kinds",
            "open_data",
            "readiness",
        )
        decides_audience(may_see)  # whoever may see a record reads the particulars of its receipts
