from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class EvidenceConfig(AppConfig):
    name = "tanzhi.evidence"
    label = "evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(_before_migrating, sender=self)
        post_migrate.connect(_after_migrating, sender=self)


def _before_migrating(using: str, plan: list[Any], **_: Any) -> None:
    from . import triggers

    if plan:
        triggers.drop(using)


def _after_migrating(using: str, **_: Any) -> None:
    from . import triggers

    triggers.install(using)
