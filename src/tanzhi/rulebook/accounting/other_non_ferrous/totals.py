"""A month's, a line's and the enterprise's emission, what a tonne of metal emits, and the supplementary data."""

from tanzhi.rulebook.accounting.ndrc import add_enterprise_emission
from tanzhi.rulebook.accounting.supplementary import FORMS, add_supplementary_data
from tanzhi.rulebook.kernel import Text, quotient, total

from .base import NDRC, other_non_ferrous


@other_non_ferrous.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月直接排放量", "Direct emission of the month"), law=NDRC
)
def month_emission(month_combustion_emission, month_reductant_emission, month_process_emission):
    """Fuel, reductants, carbonates and oxalic acid (当月直接排放量), tCO2."""
    return month_combustion_emission + month_reductant_emission + month_process_emission


@other_non_ferrous.quantity(
    "tCO2", level="line", decimals=2, label=Text("生产线直接排放量", "Direct emission of the line"), law=NDRC
)
def line_emission(month_emission):
    """The months together (生产线直接排放量), tCO2."""
    return total(month_emission)


@other_non_ferrous.quantity(
    "tCO2",
    level="line",
    decimals=2,
    label=Text("生产线购入电热排放量", "Purchased energy of the line"),
    law=NDRC,
    confidence="M-med",
)
def line_energy_emission(month_energy_emission):
    """Purchased electricity and heat of the months (生产线购入电力和热力排放量), tCO2."""
    return total(month_energy_emission)


@other_non_ferrous.quantity("t", level="line", decimals=2, label=Text("年产品产量", "Metal of the year"), law=NDRC)
def line_output(metal_output):
    """The months' product (年产品产量), t."""
    return total(metal_output)


add_enterprise_emission(other_non_ferrous, NDRC, "M-high")


@other_non_ferrous.quantity(
    "tCO2/t",
    level="line",
    decimals=4,
    label=Text("单位产品排放量（含电热）", "Emission by metal, with purchased energy"),
    law=NDRC,
    confidence="M-low",
)
def emission_per_metal(line_emission, line_energy_emission, line_output):
    """Direct emission and purchased energy ÷ metal (单位产品排放量), tCO2/t; 4 decimals as in the steel guide."""
    return quotient(line_emission + line_energy_emission, line_output)


add_supplementary_data(other_non_ferrous, "line", "P")


@other_non_ferrous.quantity(
    "tCO2/t",
    level="line",
    decimals=4,
    label=Text("补充数据：单位产品排放量", "Supplementary emission by product"),
    law=FORMS,
    confidence="P",
)
def supplementary_per_product(supplementary_emission, line_output):
    """Supplementary emission ÷ product of the line (单位产品排放量), tCO2/t; 4 decimals."""
    return quotient(supplementary_emission, line_output)
