"""What compliance stores of the law: nothing."""

from __future__ import annotations

from tanzhi.law.earlier import nothing_is_stored
from tanzhi.rulebook.allocation.surrender import surrender
from tanzhi.rulebook.kernel.text import Text

nothing_is_stored(
    surrender.name,
    Text(
        "履约状态、抵销上限和结转在每次查看时按事件当日的规则计算，不保存结果",
        "compliance, the limit of offsets and carry-over are computed at each look, by the law of each event's day",
    ),
)
