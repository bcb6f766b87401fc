from importlib import import_module

from django.apps import AppConfig

MODULES = (
    "register.work",
    "register.membership_work",
    "register.region_work",
    "register.readiness",
    "people.work",
    "people.checks",
    "people.readiness",
    "single_sign_on.work",
    "single_sign_on.mapping_work",
    "single_sign_on.checks",
)
"""What registers itself when it is imported: acts, readiness, and what `check-deploy` says."""


class OrganisationsConfig(AppConfig):
    name = "tanzhi.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
