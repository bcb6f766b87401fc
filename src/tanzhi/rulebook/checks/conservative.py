"""Conservative values where a meter does not keep to the plan (计量器具的保守处理). CETS-VG-01.01-V02-2026.

Activity data go up, production data go down. Accuracies are fractions: class 0.5 is 0.005. Nothing is rounded here.
"""

from tanzhi.rulebook.kernel import Guideline, Level, Text, largest

LAW = "CETS-VG-01.01-V02-2026"
FORM = "meter"
METERS = Level("meters", Text("计量器具", "Meter"))

conservative = Guideline("meters", title=Text("计量器具的保守处理", "Conservative values"), levels={"meter": METERS})


@conservative.input("t", level="meter", label=Text("活动数据", "Activity"), form=FORM, minimum="0")
def activity():
    """What the scale or meter showed (活动数据), t."""


@conservative.input("MWh", level="meter", label=Text("生产数据", "Production"), form=FORM, minimum="0")
def production():
    """What the electricity meter showed (生产数据), MWh."""


@conservative.input(
    "1", level="meter", label=Text("实际准确度", "Actual accuracy"), form=FORM, minimum="0", maximum="1"
)
def actual_accuracy():
    """The meter's own accuracy as a fraction (实际准确度)."""


@conservative.input(
    "1", level="meter", label=Text("要求准确度", "Required accuracy"), form=FORM, minimum="0", maximum="1"
)
def required_accuracy():
    """The accuracy that the plan or the standard requires, as a fraction (要求准确度)."""


@conservative.quantity("t", level="meter", label=Text("活动数据（准确度不足）", "Activity, worse meter"), law=LAW)
def activity_with_worse_meter(activity, actual_accuracy, required_accuracy):
    """AD × [1 + (actual - required)] (准确度低于要求), t; a meter as good as required changes nothing."""
    return activity * (1 + largest(actual_accuracy - required_accuracy, 0))


@conservative.quantity("t", level="meter", label=Text("活动数据（未校准）", "Activity, not calibrated"), law=LAW)
def activity_without_calibration(activity, required_accuracy):
    """AD × (1 + required) (未校准), t; also for the part that a late calibration leaves uncovered."""
    return activity * (1 + required_accuracy)


@conservative.quantity("MWh", level="meter", label=Text("生产数据（准确度不足）", "Production, worse meter"), law=LAW)
def production_with_worse_meter(production, actual_accuracy, required_accuracy):
    """P × [1 - (actual - required)] (生产数据, 准确度低于要求), MWh."""
    return production * (1 - largest(actual_accuracy - required_accuracy, 0))


@conservative.quantity("MWh", level="meter", label=Text("生产数据（未校准）", "Production, not calibrated"), law=LAW)
def production_without_calibration(production, required_accuracy):
    """P × (1 - required) (生产数据, 未校准), MWh."""
    return production * (1 - required_accuracy)
