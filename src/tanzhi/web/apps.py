from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tanzhi.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the shell's actions and its entries in the navigation."""
        rooms = ("tokens.work", "services.work", "events.outbox", "hooks.work", "hooks.todos", "search.kinds")
        for module in (*rooms, "readiness.operation"):
            import_module(f"tanzhi.web.{module}")
        from .navigation import register_all

        register_all()
