"""What the exchange's rules say of a trade and a day (交易规则): size, price band, turnover, closing price."""

from typing import Any

from tanzhi.rulebook.kernel import Guideline, Level, Text, all_of, any_of, chosen, given, total, weighted_mean, where

RULES = "碳排放权交易管理规则（试行）; 上海环境能源交易所公告 2021-06-22"

market = Guideline(
    "market",
    title=Text("碳市场交易", "Carbon market"),
    levels={
        "day": Level("days", Text("交易日", "Trading day")),
        "trade": Level("trades", Text("成交", "Trade")),
    },
)

METHODS = {
    "listed": Text("挂牌协议", "Listed agreement"),
    "block": Text("大宗协议", "Block agreement"),
    "auction": Text("单向竞价", "One-way auction"),
}


@market.input("CNY/t", level="day", decimals=2, label=Text("前收盘价", "Previous close"), form="trade", minimum="0")
def previous_close() -> None:
    """Closing price of the trading day before (前收盘价), CNY/t."""


@market.choice(level="trade", label=Text("交易方式", "Method"), form="trade", options=METHODS, required=True, law=RULES)
def method() -> None:
    """Listed agreement, block agreement or one-way auction (交易方式)."""


@market.input(
    "t", level="trade", decimals=0, label=Text("成交量", "Quantity"), form="trade", minimum="1", required=True
)
def quantity() -> None:
    """Tonnes traded (成交量), whole t."""


@market.input(
    "CNY/t", level="trade", decimals=2, label=Text("成交价", "Price"), form="trade", minimum="0.01", required=True
)
def price() -> None:
    """Price of the trade (成交价), CNY/t, in steps of 0.01."""


@market.quantity("CNY", level="trade", decimals=2, label=Text("成交额", "Turnover"), law=RULES)
def turnover(quantity: Any, price: Any) -> Any:
    """Quantity × price (成交额), CNY; exact in fen."""
    return quantity * price


@market.quantity(
    "CNY/t", level="trade", decimals=2, label=Text("涨停价", "Highest price"), law=RULES, confidence="M-low"
)
def highest_price(previous_close: Any, price_band: Any) -> Any:
    """Previous close × (1 + 10 % or 30 %) (涨停价), CNY/t; half up, or inward: no text settles it (see MKT-103)."""
    return previous_close * (1 + price_band)


@market.quantity(
    "CNY/t", level="trade", decimals=2, label=Text("跌停价", "Lowest price"), law=RULES, confidence="M-low"
)
def lowest_price(previous_close: Any, price_band: Any) -> Any:
    """Previous close × (1 - 10 % or 30 %) (跌停价), CNY/t; half up, or inward: no text settles it (see MKT-103)."""
    return previous_close * (1 - price_band)


@market.quantity("t", level="trade", label=Text("挂牌成交量", "Listed quantity"), law=RULES)
def listed_quantity(method: Any, quantity: Any) -> Any:
    """The quantity of a listed agreement, else nil (挂牌协议成交量), t."""
    return where(chosen(method, "listed"), quantity, 0)


@market.quantity(
    "CNY/t", level="day", decimals=2, label=Text("收盘价", "Closing price"), law=RULES, confidence="M-high"
)
def closing_price(price: Any, listed_quantity: Any, previous_close: Any = None) -> Any:
    """Mean price of the day's listed agreements, weighted by quantity (收盘价), CNY/t; without one the previous close.

    By the exchange's announcement of 2021-06-22; blank only where nothing was listed and no close before is known.
    """
    return given(weighted_mean(price, listed_quantity), previous_close)


@market.quantity("t", level="day", decimals=0, label=Text("当日成交量", "Quantity of the day"))
def day_quantity(quantity: Any) -> Any:
    """All trades of the day (当日成交量), t; nil on a day without one."""
    return given(total(quantity), 0)


@market.quantity("CNY", level="day", decimals=2, label=Text("当日成交额", "Turnover of the day"))
def day_turnover(turnover: Any) -> Any:
    """All trades of the day (当日成交额), CNY; nil on a day without one."""
    return given(total(turnover), 0)


@market.check(
    "MKT-101",
    severity="question",
    level="trade",
    fields=("price",),
    message=Text("成交价 {found} 超出涨跌幅", "Price {found} lies outside the band"),
    expected=Text("{lowest_price} 至 {highest_price} 元/吨", "{lowest_price} to {highest_price} CNY/t"),
    law=RULES,
    remedy=Text("核对成交价与前收盘价", "Compare price and previous close"),
)
def price_is_within_the_band(price: Any, lowest_price: Any, highest_price: Any) -> Any:
    """A price outside of the band around the previous close."""
    return any_of(price < lowest_price, price > highest_price)


@market.check(
    "MKT-103",
    severity="note",
    level="trade",
    fields=("price",),
    message=Text(
        "成交价 {found} 只在涨跌停价四舍五入时才在范围内",
        "Price {found} lies within the band only where its limits are rounded half up",
    ),
    expected=Text(
        "{lowest_price} 至 {highest_price} 元/吨，向内取整时更窄",
        "{lowest_price} to {highest_price} CNY/t, narrower where the limits are rounded inward",
    ),
    law=RULES,
    remedy=Text("向交易机构核对涨跌停价", "Ask the exchange for the day's limits"),
)
def price_is_within_the_limits_rounded_inward(
    price: Any, previous_close: Any, price_band: Any, lowest_price: Any, highest_price: Any
) -> Any:
    """A price of whole fen beyond the exact limit, which rounding it inward keeps out and half up lets in."""
    within = all_of(price >= lowest_price, price <= highest_price)
    beyond = any_of(price > previous_close * (1 + price_band), price < previous_close * (1 - price_band))
    return all_of(within, beyond)


@market.check(
    "MKT-102",
    severity="question",
    level="trade",
    fields=("quantity",),
    message=Text("成交量 {found} 与交易方式不符", "Quantity {found} does not fit the method"),
    expected=Text(
        "挂牌协议小于 {block_size} 吨，大宗协议不小于 {block_size} 吨",
        "listed below {block_size} t, block from {block_size} t on",
    ),
    law=RULES,
    remedy=Text("核对交易方式", "Check the method"),
)
def size_fits_the_method(method: Any, quantity: Any, block_size: Any) -> Any:
    """A listed agreement of block size, or a block agreement below it."""
    listed = all_of(chosen(method, "listed"), quantity >= block_size)
    return any_of(listed, all_of(chosen(method, "block"), quantity < block_size))


market.seal()
