from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "tanzhi.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The actions on people and members stand in modules of their own, and what `check-deploy` says of them."""
        import_module("tanzhi.organisations.people")
        import_module("tanzhi.organisations.membership_actions")
        import_module("tanzhi.organisations.checks")
