"""Guidelines that belong to no room: nothing that they compute is stored."""

from __future__ import annotations

from tanzhi.rulebook.kernel.text import Text

from .earlier import nothing_is_stored

nothing_is_stored(
    "procedure",
    Text(
        "期限、人数、门槛按事件当日的规则确定；已开始的期限不变，新的期限按届时规则",
        "days, numbers and thresholds go by the law of the day of an event; a deadline that runs keeps its day",
    ),
)
nothing_is_stored(
    "national_plans",
    Text("尚无业务用其计算，不保存结果", "nothing computes with them yet, so nothing is stored"),
)
nothing_is_stored(
    "meters",
    Text(
        "计量器具的保守取值随所用的核算指南保存，自身不保存结果",
        "conservative values are stored with the guideline that uses them",
    ),
)
