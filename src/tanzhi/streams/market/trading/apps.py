from django.apps import AppConfig

from tanzhi.presentation import navigation
from tanzhi.presentation.navigation import AUTHORITY, PLANT
from tanzhi.rulebook.kernel.text import Text


class ExchangeConfig(AppConfig):
    name = "tanzhi.streams.market.trading"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Menu entries; figures and explanations register themselves when they are read."""
        from . import figures, importers, lineage

        self.parts = (figures, importers, lineage)
        navigation.register("market", Text("交易", "Trading"), "exchange:trades", order=24, roles=AUTHORITY | PLANT)
