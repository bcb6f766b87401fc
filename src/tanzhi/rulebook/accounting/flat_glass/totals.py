"""A month's, a line's and the enterprise's emission, what a tonne of glass emits, and the supplementary data."""

from tanzhi.rulebook.accounting.ndrc import add_enterprise_emission
from tanzhi.rulebook.accounting.supplementary import FORMS, add_supplementary_data
from tanzhi.rulebook.kernel import Text, given, quotient, total

from .base import NDRC, flat_glass


@flat_glass.quantity(
    "tCO2", level="month", decimals=2, label=Text("当月直接排放量", "Direct emission of the month"), law=NDRC
)
def month_emission(month_combustion_emission, month_process_emission, powder_emission=None):
    """Fuel, carbon powder and carbonates (当月直接排放量), tCO2."""
    return month_combustion_emission + month_process_emission + given(powder_emission, 0)


@flat_glass.quantity(
    "tCO2", level="line", decimals=2, label=Text("生产线直接排放量", "Direct emission of the line"), law=NDRC
)
def line_emission(month_emission):
    """The months together (生产线直接排放量), tCO2."""
    return total(month_emission)


@flat_glass.quantity(
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


@flat_glass.quantity("t", level="line", decimals=2, label=Text("年玻璃产量", "Glass of the year"), law=NDRC)
def line_output(glass_output):
    """The months' product (年玻璃产量), t."""
    return total(glass_output)


add_enterprise_emission(flat_glass, NDRC, "M-high")


@flat_glass.quantity(
    "tCO2/t",
    level="line",
    decimals=4,
    label=Text("单位玻璃直接排放量", "Direct emission by glass"),
    law=NDRC,
    confidence="M-low",
)
def emission_per_glass(line_emission, line_output):
    """Direct emission ÷ glass (单位玻璃直接排放量), tCO2/t; 4 decimals as in the steel guide."""
    return quotient(line_emission, line_output)


@flat_glass.quantity(
    "tCO2",
    level="line",
    decimals=4,
    label=Text("单位重量箱直接排放量", "Direct emission by weight case"),
    law=NDRC,
    confidence="M-low",
)
def emission_per_case(line_emission, line_output, weight_case):
    """Direct emission by the 50 kg of a weight case (单位重量箱直接排放量), tCO2; 4 decimals."""
    return quotient(line_emission * weight_case, line_output)


add_supplementary_data(flat_glass, "line", "INF")


@flat_glass.quantity(
    "tCO2/t",
    level="line",
    decimals=4,
    label=Text("补充数据：单位产品排放量", "Supplementary emission by product"),
    law=FORMS,
    confidence="INF",
)
def supplementary_per_product(supplementary_emission, line_output):
    """Supplementary emission ÷ product of the line (单位产品排放量), tCO2/t; 4 decimals."""
    return quotient(supplementary_emission, line_output)
