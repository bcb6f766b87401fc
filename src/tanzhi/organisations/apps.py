from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "tanzhi.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The actions on people stand in a module of their own."""
        import_module("tanzhi.organisations.people")
