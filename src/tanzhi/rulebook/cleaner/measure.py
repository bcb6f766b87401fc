"""What the options of a cleaner-production audit cost and bring (清洁生产方案): pay-back, worth, energy, CO2."""

from typing import Any

from tanzhi.rulebook.kernel import Guideline, Level, Text, chosen, given, total, where

GUIDE = "环办科技〔2018〕5号"
FORM = "options"
CLASSES = {
    "low": Text("无/低费方案", "No-cost or low-cost"),
    "high": Text("中/高费方案", "Medium-cost or high-cost"),
}

cleaner = Guideline(
    "cleaner",
    title=Text("清洁生产审核", "Cleaner-production audit"),
    levels={
        "audit": Level("audits", Text("审核", "Audit")),
        "option": Level("options", Text("方案", "Option")),
    },
)


@cleaner.text(level="option", label=Text("方案", "Option"), form=FORM)
def option() -> None:
    """The option's number in the report (方案编号)."""


@cleaner.choice(level="option", label=Text("方案类别", "Class"), form=FORM, options=CLASSES, required=True, law=GUIDE)
def option_class() -> None:
    """No or low cost, medium or high cost (方案类别)."""


@cleaner.input("1", level="option", decimals=0, label=Text("方案数", "Number"), form=FORM, minimum="0")
def option_count() -> None:
    """How many options stand in this row (方案数); blank counts as 1."""


@cleaner.input("10^4 CNY", level="option", label=Text("投资", "Investment"), form=FORM, minimum="0", required=True)
def investment() -> None:
    """Investment of the row (投资), 10^4 yuan."""


@cleaner.input("10^4 CNY", level="option", label=Text("年经济效益", "Benefit a year"), form=FORM)
def yearly_benefit() -> None:
    """Economic benefit of a year (年经济效益), 10^4 yuan."""


@cleaner.input("tce", level="option", label=Text("年节能量", "Energy saved a year"), form=FORM)
def energy_saved() -> None:
    """Energy saved in a year (年节能量), tce."""


@cleaner.input("m3", level="option", label=Text("年节水量", "Water saved a year"), form=FORM)
def water_saved() -> None:
    """Water saved in a year (年节水量), m3."""


@cleaner.input("1", level="option", decimals=0, label=Text("使用年限（年）", "Years of use"), form=FORM, minimum="1")
def service_years() -> None:
    """How many years the option works (使用年限), for the present value."""


@cleaner.quantity("1", level="option", decimals=0, label=Text("计入方案数", "Options counted"))
def options_counted(option_class: Any, option_count: Any = None) -> Any:
    """The number of options of the row (计入方案数)."""
    return given(option_count, 1)


@cleaner.quantity("1", level="option", label=Text("年金现值系数", "Annuity factor"), law=GUIDE, confidence="M-med")
def annuity_factor(service_years: Any, discount_rate: Any) -> Any:
    """(1 − (1+r)^−n) / r (年金现值系数): what one yuan a year over n years is worth today."""
    return (1 - 1 / (1 + discount_rate) ** service_years) / discount_rate


@cleaner.quantity(
    "10^4 CNY", level="option", decimals=2, label=Text("收益现值", "Present value"), law=GUIDE, confidence="M-med"
)
def present_value(yearly_benefit: Any, annuity_factor: Any) -> Any:
    """Benefit of a year × annuity factor (收益现值), 10^4 yuan."""
    return yearly_benefit * annuity_factor


@cleaner.quantity(
    "10^4 CNY", level="option", decimals=2, label=Text("净现值", "Net present value"), law=GUIDE, confidence="M-med"
)
def net_present_value(present_value: Any, investment: Any) -> Any:
    """Present value less investment (净现值), 10^4 yuan; an option is worth it from nil on."""
    return present_value - investment


@cleaner.quantity("1", level="audit", decimals=0, label=Text("方案总数", "Options in all"))
def options_in_all(options_counted: Any) -> Any:
    """All options of the audit (方案总数)."""
    return total(options_counted)


@cleaner.quantity("10^4 CNY", level="audit", label=Text("总投资", "Investment in all"))
def investment_in_all(investment: Any) -> Any:
    """Investment of all options (总投资), 10^4 yuan."""
    return total(investment)


@cleaner.quantity("10^4 CNY", level="audit", label=Text("年总效益", "Benefit of a year in all"))
def benefit_in_all(yearly_benefit: Any) -> Any:
    """Benefit of all options in a year (年经济效益合计), 10^4 yuan."""
    return total(yearly_benefit)


@cleaner.quantity("1", level="audit", decimals=4, label=Text("投资偿还期（年）", "Pay-back (years)"), law=GUIDE)
def payback_years(investment_in_all: Any, benefit_in_all: Any) -> Any:
    """Investment over the benefit of a year (投资偿还期), years."""
    return investment_in_all / benefit_in_all


@cleaner.quantity("tce", level="audit", label=Text("年节能总量", "Energy saved in all"))
def energy_in_all(energy_saved: Any) -> Any:
    """Energy saved by all options in a year (年节能量合计), tce."""
    return total(energy_saved)


@cleaner.quantity("tCO2", level="audit", decimals=2, label=Text("年减排量", "CO2 avoided a year"), confidence="M-high")
def emission_avoided(energy_in_all: Any, standard_coal_factor: Any) -> Any:
    """Energy saved × CO2 of standard coal (年减排二氧化碳), tCO2."""
    return energy_in_all * standard_coal_factor


@cleaner.quantity("10^4 CNY", level="option", label=Text("其中：中/高费", "Thereof medium or high cost"))
def high_cost_investment(option_class: Any, investment: Any) -> Any:
    """The investment if the option is of medium or high cost, else nil (中/高费方案投资), 10^4 yuan."""
    return where(chosen(option_class, "high"), investment, 0)


cleaner.seal()
