"""Mean prices as they were published: money over tonnes, to the fen (EX11, and the sheet on power, 5 and 7)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tanzhi.streams.market.trading.statistics import price

# second reading, 3.3 (EX11): CCER of 2025, of the first day and since the opening, which the year's mean is not;
# sheet on power, 7 and E11: allowances by year, and of December 2025
PUBLISHED = [
    ("8844100", "626000000", "70.78"),
    ("9219400", "650000000", "70.50"),
    ("748800", "60241800", "80.45"),
    ("178789350", "7661230022.99", "42.85"),
    ("50889493", "2814004694.28", "55.30"),
    ("211943768", "14443915802.01", "68.15"),
    ("188646053", "18113576584.23", "96.02"),
    ("234597856", "14629891128.06", "62.36"),
    ("47183299", "3087125599.11", "65.43"),
]


@pytest.mark.parametrize(("tonnes", "yuan", "mean"), PUBLISHED)
def test_a_mean_price_is_money_over_tonnes(tonnes: str, yuan: str, mean: str) -> None:
    assert price(int(Decimal(yuan) * 100), int(tonnes)) == Decimal(mean)


def test_half_a_fen_rounds_up_and_nothing_traded_has_no_price() -> None:
    assert price(6_000_100, 1_000) == Decimal("60.00")  # 60.001
    assert price(6_000_500, 1_000) == Decimal("60.01")  # 60.005
    assert price(0, 0) is None
