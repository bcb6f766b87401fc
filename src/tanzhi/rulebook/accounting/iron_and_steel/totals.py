"""A process's and the enterprise's year: formula (4), intensity by steel and by iron, share of self-made heat."""

from tanzhi.rulebook.kernel import Text, chosen, given, quotient, total, where

from .base import AG, NDRC, POWER, PROCESSES, WHOLE, iron_and_steel

PLAN = "2025、2026年度配额总量和分配方案（征求意见稿），表2-2"
YEAR = Text("企业排放量", "Emission of the enterprise")


@iron_and_steel.quantity(
    "tCO2",
    level="process",
    decimals=2,
    label=Text("层级或工序排放量", "Emission of the process"),
    law=f"{AG}, (2)、(3)",
)
def process_emission(month_emission):
    """The months together (层级或工序排放量), tCO2: of the enterprise as a whole formula (1)."""
    return total(month_emission)


@iron_and_steel.quantity(
    "t", level="process", decimals=2, label=Text("年产品产量", "Output of the year"), law=f"{AG}, 8"
)
def process_output(output):
    """The months' product (年产品产量), t."""
    return total(output)


@iron_and_steel.quantity(
    "tCO2/t", level="process", decimals=4, label=Text("单位产品排放量", "Emission by output"), law=f"{AG}, 附表C.4"
)
def emission_per_output(process_emission, process_output):
    """E ÷ product (工序单位产品碳排放量), tCO2/t; 4 decimals."""
    return quotient(process_emission, process_output)


@iron_and_steel.quantity(
    "%",
    level="process",
    decimals=2,
    label=Text("自产二次能源热量占比", "Share of self-made heat"),
    law=f"{AG}, 附表C.4",
)
def self_made_share(process_kind, self_made_heat, heat_in):
    """Self-made heat ÷ heat of all fuel × 100, of a power unit in a year (掺烧自产二次能源热量占比), %."""
    return where(chosen(process_kind, POWER), quotient(total(self_made_heat) * 100, total(heat_in)), None)


@iron_and_steel.quantity(
    "tCO2", level="process", label=Text("企业层级排放", "At the level of the enterprise"), law=f"{AG}, (1)"
)
def whole_emission(process_kind, process_emission):
    """Of the entry that is the enterprise as a whole, else blank (企业层级排放量), tCO2."""
    return where(chosen(process_kind, WHOLE), process_emission, None)


@iron_and_steel.quantity("tCO2", level="process", label=Text("主要工序排放", "Of a main process"), law=f"{AG}, (2)")
def main_emission(process_kind, process_emission):
    """Of a main process, else blank (主要工序排放量), tCO2."""
    return where(chosen(process_kind, *PROCESSES), process_emission, None)


@iron_and_steel.quantity("tCO2", level="process", label=Text("发电设施排放", "Of a power unit"), law=f"{AG}, (3)")
def power_emission(process_kind, process_emission):
    """Of a power unit on self-made fuel, else blank (掺烧自产二次能源发电设施排放量), tCO2."""
    return where(chosen(process_kind, POWER), process_emission, None)


@iron_and_steel.quantity(
    "t", level="process", label=Text("企业粗钢产量", "Crude steel of the enterprise"), law=f"{AG}, 8.1"
)
def crude_steel(process_kind, process_output):
    """Output of the entry that is the enterprise as a whole (粗钢产量), t."""
    return where(chosen(process_kind, WHOLE), process_output, None)


@iron_and_steel.quantity("t", level="process", label=Text("生铁产量", "Pig iron"), law=f"{AG}, 8.2.1")
def pig_iron(process_kind, process_output):
    """Output of ironmaking (炼铁工序产品产量), t."""
    return where(chosen(process_kind, "ironmaking"), process_output, None)


@iron_and_steel.quantity("tCO2", level="process", label=Text("烧结与炼铁排放", "Sintering and ironmaking"), law=PLAN)
def iron_emission(process_kind, process_emission):
    """Of sintering and ironmaking, else blank (烧结工序与炼铁工序排放量), tCO2."""
    return where(chosen(process_kind, "sintering", "ironmaking"), process_emission, None)


@iron_and_steel.quantity(
    "tCO2", level="enterprise", decimals=2, label=Text("主要工序排放量", "Main processes"), law=f"{AG}, (2)"
)
def processes_emission(main_emission):
    """All main processes (主要工序排放量合计), tCO2."""
    return total(main_emission)


@iron_and_steel.quantity(
    "tCO2", level="enterprise", decimals=2, label=Text("发电设施排放量", "Power units"), law=f"{AG}, (3)"
)
def power_units_emission(power_emission):
    """All power units on self-made fuel (掺烧自产二次能源发电设施排放量合计), tCO2."""
    return total(power_emission)


@iron_and_steel.quantity(
    "tCO2", level="enterprise", decimals=2, since=2024, label=Text("其他排放量", "Other emission"), law=f"{AG}, (4)"
)
def other_emission(whole_emission, processes_emission=None, power_units_emission=None):
    """E of the enterprise − processes − power units (其他排放量), tCO2; it may be negative, which is asked about."""
    return total(whole_emission) - given(processes_emission, 0) - given(power_units_emission, 0)


@iron_and_steel.quantity(
    "tCO2/t",
    level="enterprise",
    decimals=4,
    label=Text("单位粗钢排放量", "Emission by crude steel"),
    law=f"{AG}, 附表C.3",
)
def emission_per_steel(whole_emission, crude_steel):
    """E of the enterprise ÷ crude steel (单位粗钢碳排放量), tCO2/t; 4 decimals."""
    return quotient(total(whole_emission), total(crude_steel))


@iron_and_steel.quantity(
    "tCO2/t",
    level="enterprise",
    decimals=4,
    since=2024,
    label=Text("单位生铁排放量", "Emission by pig iron"),
    law=PLAN,
    confidence="M-low",
)
def iron_intensity(iron_emission, pig_iron):
    """(E sintering + E ironmaking) ÷ pig iron (单位产品碳排放强度), tCO2/t; the plan prints no decimals."""
    return quotient(total(iron_emission), total(pig_iron))


@iron_and_steel.quantity("tCO2", level="enterprise", decimals=0, label=YEAR, law=NDRC, confidence="M-high")
def enterprise_emission(whole_emission, month_energy_emission):
    """The enterprise with purchased electricity and heat (企业温室气体排放总量), tCO2, as a whole number."""
    return total(whole_emission) + total(month_energy_emission)


@iron_and_steel.quantity("tCO2", level="enterprise", decimals=0, label=YEAR, law=f"{AG}, 附表C.5")
def enterprise_emission_since_2024(whole_emission):
    """The enterprise by its carbon balance (企业层级二氧化碳排放总量), tCO2, as a whole number."""
    return total(whole_emission)
