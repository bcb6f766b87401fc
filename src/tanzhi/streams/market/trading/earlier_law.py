"""Nothing of the exchange is computed anew: trades are facts, and what was asked at their entry was answered then."""

from __future__ import annotations

from tanzhi.law.earlier import nothing_is_stored
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.market import market

nothing_is_stored(
    market.name,
    Text(
        "成交价和成交量为交易机构的事实；对涨跌幅的疑问按成交日的规则提出并随记录保存，收盘价、均价在每次查看时计算",
        "prices and tonnes are the exchange's facts; questions about the price band go by the law of the day of "
        "the trade and stays with it; closing and mean prices are computed at each look",
    ),
)
