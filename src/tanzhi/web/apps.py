from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tanzhi.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the shell's actions."""
        from . import tokens  # noqa: F401  # imported for what it registers
