"""Yearly evaluation of carbon peaking and neutrality from 2026 (碳达峰碳中和综合评价考核): met or not, no points.

Five control and nine supporting indicators are counted. The scoring tables of earlier years are history and are not
rebuilt here.
"""

from typing import Any

from tanzhi.rulebook.kernel import Guideline, Level, Text, any_of, chosen, total, where

LAW = "碳达峰碳中和综合评价考核办法（2026-04-12）"
FORM = "evaluation"
MET = {"met": Text("达标", "met"), "not_met": Text("不达标", "not met")}
GRADES = {
    "excellent": Text("优秀", "excellent"),
    "pass": Text("合格", "pass"),
    "fail": Text("不合格", "fail"),
    "open": Text("尚有指标未评价", "not all indicators are evaluated"),
}
CONTROL = {
    "total_emission": Text("碳排放总量", "Total CO2 emission"),
    "intensity": Text("碳排放强度降低", "Decline of carbon intensity"),
    "coal": Text("煤炭消费总量", "Total coal consumption"),
    "oil": Text("石油消费总量", "Total oil consumption"),
    "non_fossil": Text("非化石能源消费占比", "Share of non-fossil energy"),
}
SUPPORTING = {
    "energy_per_gdp": Text("单位地区生产总值能耗降低", "Decline of energy per unit of GDP"),
    "clean_electricity": Text("清洁能源电量占比", "Share of clean electricity"),
    "industry": Text("工业领域节能降碳", "Energy and carbon reduction in industry"),
    "two_high": Text(
        "“两高”项目碳排放置换和节能降碳审查", "“Two-high” projects: replacement and review of carbon emissions"
    ),
    "construction": Text("城乡建设领域转型", "Transition of urban and rural construction"),
    "transport": Text("交通运输领域转型", "Transition of transport"),
    "public_bodies": Text("公共机构碳排放强度", "Carbon intensity of public institutions"),
    "market": Text("碳市场覆盖行业排放控制", "Emission control of sectors in the carbon market"),
    "forest": Text("森林蓄积量增长", "Growth of forest stock"),
}

evaluation = Guideline(
    "evaluation",
    title=Text("碳达峰碳中和综合评价考核", "Evaluation of carbon peaking and neutrality"),
    levels={
        "region": Level("regions", Text("地区", "Region")),
        "criterion": Level("criteria", Text("考核指标", "Indicator")),
    },
)


@evaluation.choice(
    level="region",
    label=Text("数据造假", "Fraud"),
    form=FORM,
    options={"yes": Text("严重失真", "results seriously distorted"), "no": Text("未发现", "none found")},
    law=LAW,
)
def fraud() -> None:
    """Whether fraud seriously distorted the result (弄虚作假致结果严重失真); blank is none."""


@evaluation.choice(
    level="criterion", label=Text("考核指标", "Indicator"), form=FORM, options={**CONTROL, **SUPPORTING}, law=LAW
)
def criterion() -> None:
    """One of the fourteen indicators (考核指标)."""


@evaluation.choice(level="criterion", label=Text("评价结果", "Result"), form=FORM, options=MET, law=LAW, required=True)
def result() -> None:
    """Met or not met (达标或不达标)."""


@evaluation.quantity("1", level="criterion", label=Text("控制性指标未达标", "Control indicator missed"), law=LAW)
def control_miss(criterion: Any, result: Any) -> Any:
    """1 where a control indicator is not met (控制性指标未达标)."""
    missed = where(chosen(result, "not_met"), 1, 0)
    return where(chosen(criterion, "total_emission", "intensity", "coal", "oil", "non_fossil"), missed, 0)


@evaluation.quantity("1", level="criterion", label=Text("支撑性指标未达标", "Supporting indicator missed"), law=LAW)
def supporting_miss(criterion: Any, result: Any, control_miss: Any) -> Any:
    """1 where a supporting indicator is not met (支撑性指标未达标)."""
    return where(chosen(result, "not_met"), 1, 0) - control_miss


@evaluation.quantity("1", level="criterion", label=Text("已评价", "Evaluated"), law=LAW)
def evaluated(criterion: Any, result: Any) -> Any:
    """1 for an indicator with a result (已评价)."""
    return where(chosen(result, "met", "not_met"), 1, 0)


@evaluation.quantity("1", level="region", decimals=0, label=Text("控制性指标未达标数", "Controls missed"), law=LAW)
def controls_missed(control_miss: Any) -> Any:
    """How many of the five are not met (控制性指标未达标数)."""
    return total(control_miss)


@evaluation.quantity("1", level="region", decimals=0, label=Text("支撑性指标未达标数", "Supports missed"), law=LAW)
def supports_missed(supporting_miss: Any) -> Any:
    """How many of the nine are not met (支撑性指标未达标数)."""
    return total(supporting_miss)


@evaluation.quantity("1", level="region", decimals=0, label=Text("已评价指标数", "Indicators evaluated"), law=LAW)
def indicators_evaluated(evaluated: Any) -> Any:
    """How many of the fourteen have a result (已评价指标数)."""
    return total(evaluated)


@evaluation.choice(
    level="region",
    label=Text("是否触及不合格情形", "Whether it fails"),
    options={"yes": Text("是", "yes"), "no": Text("否", "no")},
    law=LAW,
)
def failing(
    controls_missed: Any, supports_missed: Any, controls_to_fail: Any, supports_to_fail: Any, fraud: Any = None
) -> Any:
    """One control or three supporting indicators missed, or fraud (不合格情形)."""
    missed = any_of(controls_missed >= controls_to_fail, supports_missed >= supports_to_fail)
    return where(any_of(chosen(fraud, "yes"), missed), "yes", "no")


@evaluation.choice(level="region", label=Text("考核等次", "Grade"), options=GRADES, law=LAW)
def grade(
    failing: Any, controls_missed: Any, supports_missed: Any, indicators_evaluated: Any, indicators_in_all: Any
) -> Any:
    """Excellent: all fourteen met. Fail: see there. Pass: everything else, once all are evaluated (考核等次)."""
    missed = where(controls_missed + supports_missed > 0, "pass", "excellent")
    complete = where(indicators_evaluated < indicators_in_all, "open", missed)
    return where(chosen(failing, "yes"), "fail", complete)


evaluation.seal()
