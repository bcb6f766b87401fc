"""What programs read of trades; money is in fen."""

from __future__ import annotations

from tanzhi.presentation.records.kind import DECIMAL, RecordField, RecordKind, register
from tanzhi.rulebook.kernel.text import Text

from .models import SIDES, Quote, Statement, Trade

register(
    RecordKind(
        "statements",
        Text("交易对账单", "Statements of exchanges"),
        Statement,
        ("venue", "reference"),
        ("region", "venue", "reference", "source", "person_name", "at", "revision"),
    )
)
register(
    RecordKind(
        "trades",
        Text("成交", "Trades"),
        Trade,
        ("venue", "number", "side", "pk"),
        (
            "statement", "organisation", "venue", "number", "day", RecordField("side", words=SIDES), "method", "unit",
            "quantity", "price_fen", "amount_fen", RecordField("price", DECIMAL), RecordField("amount", DECIMAL),
            "previous_close_fen", "questions", "cancelled_at", "reason", "revision",
        ),
    )
)  # fmt: skip
register(
    RecordKind(
        "quotes",
        Text("每日行情", "Daily quotes"),
        Quote,
        ("venue", "product", "day", "pk"),
        (
            "day", "venue", "product", "opening_fen", "highest_fen", "lowest_fen", "closing_fen", "listed_quantity",
            "listed_amount_fen", "block_quantity", "block_amount_fen", "auction_quantity", "auction_amount_fen",
            "total_quantity", "total_amount_fen", "cumulative_quantity", "cumulative_amount_fen", "source",
            "person_name", "at",
        ),
    )
)  # fmt: skip
