from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class EvidenceConfig(AppConfig):
    name = "tanzhi.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import triggers

        # A signal lets go of what nothing else refers to, unless it is told to hold it.
        pre_migrate.connect(lambda using, plan, **_: triggers.drop(using) if plan else None, sender=self, weak=False)
        post_migrate.connect(lambda using, **_: triggers.install(using), sender=self, weak=False)
