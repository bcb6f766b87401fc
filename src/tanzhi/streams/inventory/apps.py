from django.apps import AppConfig

from tanzhi.rulebook.kernel.text import Text


class InventoryConfig(AppConfig):
    name = "tanzhi.streams.inventory"
    label = "inventory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Work, figures, explanations, things to do and the menu entry register themselves when they are read."""
        from tanzhi.presentation import navigation

        from . import figures, imports, lineage, todos, work

        self.parts = (figures, imports, lineage, todos, work)
        navigation.register("intensity", Text("温室气体清单", "Inventory"), "inventory:list", order=40)
