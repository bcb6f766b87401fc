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
    Text(
        "未决定的名录按现行门槛重新编制；其余尚无业务用其计算",
        "a list that is not decided is drawn up anew by the threshold in force; nothing computes with the others yet",
    ),
)
nothing_is_stored(
    "meters",
    Text(
        "计量器具的保守取值随所用的核算指南保存，自身不保存结果",
        "conservative values are stored with the guideline that uses them",
    ),
)
nothing_is_stored(
    "cross_checks",
    Text(
        "再次核对按届时限值进行，不再成立的疑点记为已消除",
        "a run goes by the limits of its day, and hits that no longer stand are marked as gone",
    ),
)
nothing_is_stored(
    "penalties",
    Text(
        "罚款幅度在每次查看时按行为日的规则计算；已告知和决定的数额不变",
        "the range is computed at each look by the law of the act's day; what was notified or decided stands",
    ),
)
nothing_is_stored(
    "energy_comparison",
    Text(
        "折标准煤在每次查看时按该年末的系数计算，不保存",
        "coal equivalents are computed at each look by the table of the year's last day",
    ),
)
nothing_is_stored(
    "body_evaluation",
    Text(
        "评估在拟定和重新计算时按当日的权重和等级计算；已决定的不变",
        "an evaluation is counted by the day on which it is proposed or counted again; what was decided stands",
    ),
)
