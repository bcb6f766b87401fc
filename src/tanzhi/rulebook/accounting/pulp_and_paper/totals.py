"""A month's, a line's and the enterprise's emission, what a tonne of product emits, and the supplementary data."""

from tanzhi.rulebook.accounting.ndrc import add_enterprise_emission
from tanzhi.rulebook.accounting.supplementary import FORMS, add_supplementary_data
from tanzhi.rulebook.kernel import Text, given, quotient, total

from .base import NDRC, pulp_and_paper


@pulp_and_paper.quantity(
    "tCO2e", level="month", decimals=2, label=Text("当月直接排放量", "Direct emission of the month"), law=NDRC
)
def month_emission(month_combustion_emission, limestone_emission=None, wastewater_emission=None):
    """Fuel, limestone and waste water (当月直接排放量), tCO2e."""
    return month_combustion_emission + given(limestone_emission, 0) + given(wastewater_emission, 0)


@pulp_and_paper.quantity(
    "tCO2e", level="line", decimals=2, label=Text("生产线直接排放量", "Direct emission of the line"), law=NDRC
)
def line_emission(month_emission):
    """The months together (生产线直接排放量), tCO2e."""
    return total(month_emission)


@pulp_and_paper.quantity("t", level="line", decimals=2, label=Text("年产品产量", "Product of the year"), law=NDRC)
def line_output(product_output):
    """Product of the months (年产品产量), t."""
    return total(product_output)


add_enterprise_emission(pulp_and_paper, NDRC, "M-high")


@pulp_and_paper.quantity(
    "tCO2e/t",
    level="enterprise",
    decimals=4,
    label=Text("单位产品排放量", "Emission by product"),
    law=NDRC,
    confidence="M-low",
)
def emission_per_product(enterprise_emission, line_output):
    """E ÷ product of all lines (单位产品排放量), tCO2e/t; 4 decimals as in the steel guide."""
    return quotient(enterprise_emission, total(line_output))


add_supplementary_data(pulp_and_paper, "line", "INF")


@pulp_and_paper.quantity(
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
