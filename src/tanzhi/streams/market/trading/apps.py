from importlib import import_module

from django.apps import AppConfig

from tanzhi.actions.roles import PLANT
from tanzhi.presentation import navigation
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.kernel.text import Text

MODULES = ("work", "imports", "quotes", "figures", "lineage", "earlier_law")
"""What registers itself when it is imported: acts, imports, figures, explanations."""


class ExchangeConfig(AppConfig):
    name = "tanzhi.streams.market.trading"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in MODULES:
            import_module(f"{self.name}.{module}")
        navigation.register("market", Text("交易", "Trading"), "exchange:trades", order=24, roles=AUTHORITY | PLANT)
