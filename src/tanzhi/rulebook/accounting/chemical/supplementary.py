"""Supplementary data (补充数据): what a workshop's product emits with the electricity and heat that it used.

Methanol that an ammonia workshop makes beside takes its part of feed, electricity and heat by the weights of a template
of 2016.
"""

from tanzhi.rulebook.kernel import Text, chosen, given, quotient, total, where

from .base import AMMONIA, METHANOL, SODA_ASH, SUPPLEMENT, UREA, chemical


@chemical.quantity(
    "1", level="month", label=Text("合成氨分摊原料比例", "Part of feed"), law=SUPPLEMENT, confidence="M-med"
)
def feed_part(workshop_product, product_output, methanol_feed_weight, methanol_beside=None):
    """NH3 ÷ (NH3 + 1.06 × methanol) of an ammonia workshop, else all (合成氨分摊原料、热力比例). Not rounded."""
    weighed = product_output + methanol_feed_weight * given(methanol_beside, 0)
    return where(chosen(workshop_product, AMMONIA), quotient(product_output, weighed), 1)


@chemical.quantity(
    "1", level="month", label=Text("合成氨分摊电力比例", "Part of power"), law=SUPPLEMENT, confidence="M-med"
)
def power_part(workshop_product, product_output, methanol_power_weight, methanol_beside=None):
    """NH3 ÷ (NH3 + 0.8 × methanol) of an ammonia workshop, else all (合成氨分摊电力比例). Not rounded."""
    weighed = product_output + methanol_power_weight * given(methanol_beside, 0)
    return where(chosen(workshop_product, AMMONIA), quotient(product_output, weighed), 1)


@chemical.quantity("tC", level="product", label=Text("甲醇以外带出碳量", "Carbon out beside methanol"), law=SUPPLEMENT)
def carbon_beside_methanol(product, carbon_out):
    """Carbon of a product that is not methanol (甲醇以外产品及废弃物带出碳量), tC."""
    return where(chosen(product, METHANOL), 0, carbon_out)


@chemical.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("补充数据原料排放量", "Feed in the supplementary data"),
    law=SUPPLEMENT,
    confidence="M-med",
)
def product_feed_emission(workshop_product, feedstock_emission, month_carbon_in, feed_part, carbon_beside_methanol):
    """Feed of the product: ammonia by its part, none of urea and soda ash, else all (原料排放), tCO2."""
    of_ammonia = (month_carbon_in * feed_part - given(total(carbon_beside_methanol), 0)) * 44 / 12
    of_others = where(chosen(workshop_product, UREA, SODA_ASH), 0, feedstock_emission)
    return where(chosen(workshop_product, AMMONIA), of_ammonia, of_others)


@chemical.quantity(
    "tCO2",
    level="month",
    decimals=2,
    label=Text("补充数据当月排放量", "Supplementary emission of the month"),
    law=SUPPLEMENT,
    confidence="M-med",
)
def product_emission(
    product_feed_emission, power_part, feed_part, used_electricity_emission=None, used_heat_emission=None
):
    """Feed, electricity and heat of the product in a month (补充数据二氧化碳排放量), tCO2."""
    energy = given(used_electricity_emission, 0) * power_part + given(used_heat_emission, 0) * feed_part
    return product_feed_emission + energy


@chemical.quantity(
    "tCO2",
    level="workshop",
    decimals=2,
    label=Text("补充数据排放量", "Supplementary emission"),
    law=SUPPLEMENT,
    confidence="M-med",
)
def supplementary_emission(product_emission):
    """A workshop's months together (补充数据年二氧化碳排放量), tCO2."""
    return total(product_emission)


@chemical.quantity(
    "tCO2/t",
    level="workshop",
    decimals=4,
    label=Text("补充数据单位产品排放", "Supplementary emission by product"),
    law=SUPPLEMENT,
    confidence="M-low",
)
def supplementary_intensity(supplementary_emission, workshop_output):
    """Supplementary emission ÷ output (补充数据单位产品排放量), tCO2/t; 4 decimals as in the steel guide."""
    return quotient(supplementary_emission, workshop_output)
