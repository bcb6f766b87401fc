"""Questions across months, and to tests and their reports (GEN: all sectors)."""

from tanzhi.rulebook.checks.common import add_intensity_is_steady
from tanzhi.rulebook.checks.repeated import days_between, repeated
from tanzhi.rulebook.kernel import (
    Text,
    all_of,
    any_of,
    chosen,
    count,
    known,
    largest,
    quotient,
    weighted_mean,
    where,
)
from tanzhi.rulebook.kernel.words import others

from .base import COALS, power

LAW = "CETS-VG-01.01-V02-2026"


@power.quantity("tCO2/MWh", level="month", label=Text("当月排放强度", "Intensity of the month"), law=LAW)
def month_intensity(month_combustion_emission, generation):
    """Emission of the month by generation (当月燃烧排放量/发电量); for comparison only. Not rounded."""
    return quotient(month_combustion_emission, generation)


@power.quantity("GJ/t", level="month", label=Text("当月燃煤发热量", "Heat of the month's coal"), law=LAW)
def month_coal_heat(measured_heat, coal_consumption):
    """Measured heat of the month's coals weighted by consumption (当月燃煤发热量), GJ/t. Not rounded."""
    return weighted_mean(measured_heat, coal_consumption)


@power.quantity("tC/t", level="fuel", label=Text("燃煤实测元素碳", "Measured carbon of coal"), law=LAW)
def coal_carbon_measured(fuel, measured_carbon_content=None):
    """Measured carbon if the fuel is a coal, else blank (燃煤实测元素碳), tC/t. Not rounded."""
    return where(chosen(fuel, *COALS), measured_carbon_content, None)


@power.check(
    "GEN-2",
    severity="question",
    level="fuel",
    fields=("received", "invoiced"),
    message=Text("购入量与发票量不符（{found}），请说明", "What was weighed and what was invoiced differ ({found})"),
    expected=Text("偏差不超过 {invoice_difference_limit}", "within {invoice_difference_limit}"),
)
def invoice_agrees(received, invoiced, invoice_difference_limit):
    return largest(received - invoiced, invoiced - received) > invoiced * invoice_difference_limit


add_intensity_is_steady(power, "unit", Text("当月排放强度", "Intensity"))


@power.check(
    "GEN-4-NCV",
    severity="question",
    level="unit",
    fields=("month_coal_heat",),
    message=Text("当月燃煤发热量 {found} 偏离其他月份，请说明", "Heat of coal {found} is far from the other months"),
    expected=Text("与其他月份均值相差不超过 {heat_swing_limit}", "within {heat_swing_limit} of the other months' mean"),
)
def heat_of_coal_is_steady(month_coal_heat, heat_swing_limit):
    apart, tolerated = month_coal_heat - others(month_coal_heat), others(month_coal_heat) * heat_swing_limit
    return apart * apart > tolerated * tolerated


@power.check(
    "GEN-6-DIGITS",
    severity="question",
    level="unit",
    fields=("carbon_air_dried",),
    message=Text("检测值 {found} 在三个月以上完全相同，请说明", "Test value {found} stands in three months or more"),
    expected=Text("各月检测值各自独立", "each month its own test"),
)
def tests_differ(carbon_air_dried):
    return repeated(carbon_air_dried, 3)


@power.check(
    "GEN-6-NUMBER",
    severity="question",
    level="unit",
    fields=("report_number",),
    message=Text("报告编号 {found} 重复出现，请说明", "Report number {found} stands more than once"),
    expected=Text("每份报告一个编号", "one number a report"),
)
def report_numbers_differ(report_number):
    return repeated(report_number, 2)


@power.check(
    "GEN-6-ORDER",
    severity="error",
    level="fuel",
    fields=("sampling_date", "report_date"),
    message=Text("报告日期早于采样日期（{found}）", "The report is older than the sample ({found})"),
    expected=Text("报告日期不早于采样日期", "a report not before the sample"),
)
def report_follows_sample(sampling_date, report_date):
    return days_between(sampling_date, report_date) < 0


@power.check(
    "GEN-6-DAYS",
    severity="question",
    level="fuel",
    fields=("sampling_date", "report_date"),
    message=Text("采样到报告超过时限（{found}），请说明", "Too long from sample to report ({found})"),
    expected=Text("采样后 {report_days} 个自然日内", "within {report_days} natural days"),
    law=LAW,
)
def report_in_time(sampling_date, report_date, report_days):
    return days_between(sampling_date, report_date) > report_days


@power.check(
    "GEN-6-MARK",
    severity="question",
    level="fuel",
    fields=("laboratory_mark",),
    message=Text("元素碳检测机构资质：{found}，请说明", "Mark of the laboratory that tested carbon: {found}"),
    expected=Text("CMA 资质认定或 CNAS 认可", "CMA accreditation or CNAS recognition"),
    law=LAW,
)
def laboratory_is_accredited(fuel, laboratory_mark):
    return all_of(chosen(fuel, *COALS), chosen(laboratory_mark, "none"))


@power.check(
    "GEN-6-BLANK",
    severity="question",
    level="fuel",
    fields=("report_number", "sampling_date", "report_date", "laboratory_mark"),
    message=Text(
        "燃煤元素碳为实测，检测报告信息不全（{found}），请补填或说明",
        "The coal's carbon is measured, but its report is not stated whole ({found})",
    ),
    expected=Text(
        "报告编号、采样日期、报告日期、检测机构资质", "number, day of sampling, day and laboratory's mark of the report"
    ),
    law=LAW,
)
def report_is_stated(
    fuel, measured_carbon_content, report_number=None, sampling_date=None, report_date=None, laboratory_mark=None
):
    stated = all_of(known(report_number), known(sampling_date), known(report_date), known(laboratory_mark))
    return all_of(chosen(fuel, *COALS), known(measured_carbon_content), not stated)


@power.check(
    "GEN-10",
    severity="question",
    level="fuel",
    fields=("measured_carbon_content",),
    message=Text("天然气含碳量 {found} 超出合理范围", "Carbon of natural gas {found} is outside what is usual"),
    expected=Text("{gas_carbon_low} 至 {gas_carbon_high}", "{gas_carbon_low} to {gas_carbon_high}"),
    law=LAW,
)
def gas_carbon_is_usual(fuel, measured_carbon_content, gas_carbon_low, gas_carbon_high):
    outside = any_of(measured_carbon_content < gas_carbon_low, measured_carbon_content > gas_carbon_high)
    return all_of(chosen(fuel, "natural_gas"), outside)


@power.check(
    "GEN-10-NCV",
    severity="question",
    level="fuel",
    fields=("measured_heat",),
    message=Text("天然气发热量 {found} 超出合理范围", "Heat of natural gas {found} is outside what is usual"),
    expected=Text("{gas_heat_low} 至 {gas_heat_high}", "{gas_heat_low} to {gas_heat_high}"),
    law=LAW,
)
def gas_heat_is_usual(fuel, measured_heat, gas_heat_low, gas_heat_high):
    return all_of(chosen(fuel, "natural_gas"), any_of(measured_heat < gas_heat_low, measured_heat > gas_heat_high))


@power.check(
    "GEN-11",
    severity="question",
    level="unit",
    fields=("months_measured",),
    message=Text("年内由实测改为缺省（实测 {found}），请说明", "Measured carbon gave way to defaults within the year"),
    expected=Text("全年采用同一方法", "one method all year"),
)
def method_is_kept(months_measured, coal_carbon_measured, coal_consumption):
    measured = count(coal_carbon_measured)
    return all_of(measured > 0, measured < count(coal_consumption))
