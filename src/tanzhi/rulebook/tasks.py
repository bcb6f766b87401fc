"""Progress of policy tasks in a dispatch round (任务调度): schedule, completion, light, score.

No law fixes points or lights of dispatching; thresholds, the evidence factor and the penalty are proposals of the
reference sheet (confidence D) that a province may replace by entered parameters. A task that did not report is "not
reported": it makes its list's score so, and never counts as nil.
"""

from typing import Any

from tanzhi.rulebook.kernel import Guideline, Level, Text, chosen, given, largest, smallest, total, where
from tanzhi.rulebook.kernel.rounding import FLOOR

FORM = "dispatch"
LIGHTS = {
    "green": Text("绿：达到进度", "green: on schedule"),
    "yellow": Text("黄：略低于进度", "yellow: slightly behind"),
    "red": Text("红：明显滞后或逾期", "red: far behind or overdue"),
}

tasks = Guideline(
    "tasks",
    title=Text("任务调度", "Dispatching of tasks"),
    levels={
        "plan": Level("plans", Text("任务清单", "Task list")),
        "task": Level("tasks", Text("任务", "Task")),
        "indicator": Level("indicators", Text("指标", "Indicator")),
    },
)


@tasks.text(level="task", label=Text("任务", "Task"), form=FORM)
def task() -> None:
    """The task's number in its list (任务编号)."""


@tasks.input("1", level="task", label=Text("任务权重", "Weight of the task"), form=FORM, minimum="0")
def task_weight() -> None:
    """Weight of the task within its list (任务权重); blank counts as 1."""


@tasks.input("1", level="task", decimals=0, label=Text("逾期天数", "Days late"), form=FORM, minimum="0")
def days_late() -> None:
    """Natural days by which the task has passed its deadline without being done (逾期天数); blank is none."""


@tasks.text(level="indicator", label=Text("指标", "Indicator"), form=FORM)
def indicator() -> None:
    """The indicator's number in its task (指标编号)."""


@tasks.choice(
    level="indicator",
    label=Text("方向", "Direction"),
    form=FORM,
    options={
        "rise": Text("越高越好", "the higher the better"),
        "fall": Text("越低越好", "the lower the better"),
    },
)
def direction() -> None:
    """Whether reaching more or less is better (指标方向); blank counts as the higher the better."""


@tasks.input("1", level="indicator", label=Text("指标权重", "Weight of the indicator"), form=FORM, minimum="0")
def indicator_weight() -> None:
    """Weight of the indicator within its task (指标权重); blank counts as 1."""


@tasks.input("1", level="indicator", label=Text("起点值", "Value at the start"), form=FORM)
def start_value() -> None:
    """The indicator when the task began (起点值), in its own unit; blank counts as 0."""


@tasks.input("1", level="indicator", label=Text("目标值", "Target"), form=FORM)
def target() -> None:
    """What the indicator is to reach by the deadline (目标值), in its own unit."""


@tasks.input("1", level="indicator", label=Text("已过时间占比", "Share of time gone"), form=FORM, minimum="0")
def time_gone() -> None:
    """Days since the task began over the days that it has (已过时间占比); blank counts as all of them."""


@tasks.input("1", level="indicator", label=Text("本轮计划值", "Planned for this round"), form=FORM)
def planned_value() -> None:
    """What the plan states for this round (本轮计划值), where it does; otherwise the straight line is used."""


@tasks.input("1", level="indicator", label=Text("完成值", "Reached"), form=FORM, required=True)
def actual() -> None:
    """What was reached by the end of the round (完成值), in the indicator's own unit."""


@tasks.choice(
    level="indicator",
    label=Text("数据依据", "Basis"),
    form=FORM,
    options={
        "verified": Text("已核实", "confirmed by another"),
        "self_reported": Text("自报", "self-reported"),
    },
)
def basis() -> None:
    """Whether somebody else confirmed the value (数据依据); blank counts as self-reported."""


@tasks.quantity("1", level="indicator", label=Text("应达到值", "Expected"), confidence="D")
def expected_value(target: Any, start_value: Any = None, time_gone: Any = None, planned_value: Any = None) -> Any:
    """Stated for the round, else on the straight line from the start to the target (时序进度应达到值)."""
    start = given(start_value, 0)
    return given(planned_value, start + (target - start) * smallest(given(time_gone, 1), 1))


@tasks.quantity("1", level="indicator", label=Text("完成率", "Completion"), confidence="D")
def completion(expected_value: Any, actual: Any, direction: Any = None) -> Any:
    """min(reached ÷ expected, 1), the other way round where less is better (完成率), 0 to 1."""
    falling = chosen(direction, "fall")
    reached, due = where(falling, expected_value, actual), where(falling, actual, expected_value)
    return where(due <= 0, where(reached >= due, 1, 0), largest(smallest(reached / where(due <= 0, 1, due), 1), 0))


@tasks.quantity("1", level="indicator", label=Text("计权权重", "Weight counted"), confidence="D")
def counted_weight(indicator_weight: Any = None) -> Any:
    """The weight, 1 where none is stated (计权权重)."""
    return given(indicator_weight, 1)


@tasks.quantity("1", level="indicator", label=Text("加权得分", "Weighted points"), confidence="D")
def weighted_points(
    completion: Any, counted_weight: Any, verified_factor: Any, self_reported_factor: Any, basis: Any = None
) -> Any:
    """Weight × completion × evidence factor × 100 (指标加权得分)."""
    factor = where(chosen(basis, "verified"), verified_factor, self_reported_factor)
    return counted_weight * completion * factor * 100


@tasks.quantity("1", level="task", label=Text("最低完成率", "Lowest completion"), confidence="D")
def lowest_completion(completion: Any) -> Any:
    """Of the task's indicators the one least done (最低完成率)."""
    return smallest(completion)


@tasks.choice(level="task", label=Text("预警灯", "Light"), options=LIGHTS)
def light(lowest_completion: Any, yellow_from: Any, red_after_days: Any, days_late: Any = None) -> Any:
    """Green on schedule, yellow from 80 % of it, red below or more than 30 days late (预警灯)."""
    behind = where(lowest_completion >= yellow_from, "yellow", "red")
    by_progress = where(lowest_completion >= 1, "green", behind)
    return where(given(days_late, 0) > red_after_days, "red", by_progress)


@tasks.quantity("1", level="task", decimals=0, rounding=FLOOR, label=Text("逾期月数", "Months late"), confidence="D")
def months_late(days_of_a_month: Any, days_late: Any = None) -> Any:
    """Full months of thirty days (逾期月数)."""
    return given(days_late, 0) / days_of_a_month


@tasks.quantity("1", level="task", label=Text("任务得分（未修约）", "Points of the task"), confidence="D")
def task_points(weighted_points: Any, counted_weight: Any, months_late: Any, points_a_month: Any) -> Any:
    """Mean of the indicators' points by weight, less the penalty for full months late, never below nil (任务得分)."""
    return largest(total(weighted_points) / total(counted_weight) - months_late * points_a_month, 0)


@tasks.quantity("1", level="task", decimals=2, label=Text("任务得分", "Score of the task"), confidence="D")
def task_score(task_points: Any) -> Any:
    """The task's points as they are shown, to 0.01 (任务得分)."""
    return task_points


@tasks.quantity("1", level="task", label=Text("任务计权权重", "Weight counted"), confidence="D")
def task_weight_counted(task_weight: Any = None) -> Any:
    """The task's weight, 1 where none is stated (任务计权权重)."""
    return given(task_weight, 1)


@tasks.quantity("1", level="task", label=Text("清单加权得分", "Points in the list"), confidence="D")
def points_in_list(task_points: Any, task_weight_counted: Any) -> Any:
    """Weight × points (任务在清单中的加权得分)."""
    return task_points * task_weight_counted


@tasks.quantity("1", level="plan", decimals=2, label=Text("清单得分", "Score of the list"), confidence="D")
def score(points_in_list: Any, task_weight_counted: Any) -> Any:
    """Mean of the tasks' points by their weights (清单得分), to 0.01; not reported as long as one task is."""
    return total(points_in_list) / total(task_weight_counted)


tasks.seal()
