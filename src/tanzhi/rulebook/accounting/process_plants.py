"""What chemical and petrochemical plants have in common (NDRC family): carbon balance, recovered CO2, sold heat.

A balance sets the carbon of fossil feed against that of products and wastes; what is missing left as CO2. Carbon
contents stand in `parameters/ndrc_carbon`.
"""

from collections.abc import Mapping

from tanzhi.rulebook.kernel import Guideline, Level, Text, all_of, chosen, given, known, total, where

from .ndrc import INVOICE, add_number

BALANCE_LEVELS = {
    "feed": Level("feeds", Text("含碳原料", "Carbon-bearing feed")),
    "product": Level("products", Text("含碳产品及废弃物", "Carbon-bearing product or waste")),
}
BY_PRODUCT = "by_product"
ORIGINS = {
    "purchased": Text("外购", "Bought"),
    "own": Text("自产（不计入物料平衡）", "Made here, outside a carbon balance"),
    BY_PRODUCT: Text("物料平衡装置的副产", "Given off by a plant with a carbon balance"),
}
FUEL_GASES = ("natural_gas", "coke_oven_gas", "carbide_furnace_gas", "refinery_gas", "other_gas")
CARBON_DIOXIDE = "carbon_dioxide"
LEDGER = Text("购（产）销存台账", "Ledger of purchases, sales and stock")
TEST = Text("检测报告", "Laboratory report")

# --- carbon balance ------------------------------------------------------------------------------------


def add_feeds(guideline: Guideline, feeds: Mapping[str, Text], law: str) -> None:
    """Fossil feed and other carbon that goes into a process."""

    @guideline.choice(level="feed", label=Text("原料品种", "Feed"), form="month", options=feeds, required=True, law=law)
    def feed():
        """Carbon-bearing feed of the process (含碳原料品种)."""

    label = Text("原料投入量（气体为万Nm³）", "Feed used (gas: 10⁴ Nm³)")
    declared = {"level": "feed", "required": True, "evidence": LEDGER}
    add_number(
        guideline, "feed_quantity", "t", label, "Feed that goes into the process", decimals=2, law=law, **declared
    )
    label = Text("原料含碳量", "Carbon in the feed")
    declared = {"level": "feed", "evidence": TEST}
    add_number(
        guideline, "feed_carbon", "tC/t", label, "Tested carbon by tonne or 10^4 Nm3", decimals=4, law=law, **declared
    )


def add_products(guideline: Guideline, products: Mapping[str, Text], law: str) -> None:
    """Products, by-products and wastes that carry carbon away."""

    @guideline.choice(
        level="product", label=Text("含碳产出品种", "Product or waste"), form="month", options=products, required=True,
        law=law,
    )  # fmt: skip
    def product():
        """Carbon-bearing product, by-product or waste (含碳产品、副产品及废弃物品种)."""

    label = Text("产出量（气体为万Nm³）", "Given off (gas: 10⁴ Nm³)")
    declared = {"level": "product", "required": True, "evidence": LEDGER}
    add_number(guideline, "product_quantity", "t", label, "What leaves the process", decimals=2, law=law, **declared)
    label = Text("产出含碳量", "Carbon in the product")
    declared = {"level": "product", "evidence": TEST}
    add_number(
        guideline,
        "product_carbon",
        "tC/t",
        label,
        "Tested carbon by tonne or 10^4 Nm3",
        decimals=4,
        law=law,
        **declared,
    )


def add_fuel_origin(guideline: Guideline, law: str) -> None:
    """Where a fuel comes from: what a balanced process gave off must stand among its products."""

    @guideline.choice(
        level="fuel", label=Text("燃料来源", "Origin of the fuel"), form="month", options=ORIGINS, law=law
    )
    def fuel_origin():
        """Bought, or made here, as a by-product of a process with a carbon balance or not (燃料来源)."""


def add_carbon_balance(guideline: Guideline, law: str) -> None:
    """E = (Σ in − Σ out) × 44/12, by months."""

    @guideline.quantity(
        "tC", level="feed", decimals=2, label=Text("原料带入碳量", "Carbon in"), law=law, confidence="M-high"
    )
    def carbon_in(feed_quantity, default_feed_carbon=None, feed_carbon=None):
        """AD × C, the tested content first (原料带入碳量), tC."""
        return feed_quantity * given(feed_carbon, default_feed_carbon)

    @guideline.quantity(
        "tC", level="product", decimals=2, label=Text("产出带出碳量", "Carbon out"), law=law, confidence="M-high"
    )
    def carbon_out(product_quantity, default_product_carbon=None, product_carbon=None):
        """AD × C, the tested content first (产品及废弃物带出碳量), tC."""
        return product_quantity * given(product_carbon, default_product_carbon)

    @guideline.quantity("tC", level="month", decimals=2, label=Text("当月带入碳量", "Carbon in of the month"), law=law)
    def month_carbon_in(carbon_in):
        """All feed of a month (当月原料带入碳量), tC."""
        return given(total(carbon_in), 0)

    @guideline.quantity("tC", level="month", decimals=2, label=Text("当月带出碳量", "Carbon out of the month"), law=law)
    def month_carbon_out(carbon_out):
        """All products and wastes of a month (当月带出碳量), tC."""
        return given(total(carbon_out), 0)

    @guideline.quantity(
        "tCO2",
        level="month",
        decimals=2,
        label=Text("原料过程排放量", "Emission of feed"),
        law=law,
        confidence="M-high",
    )
    def feedstock_emission(month_carbon_in, month_carbon_out):
        """(Carbon in − carbon out) × 44/12 (原料过程排放), tCO2; below nil where only products are stated."""
        return (month_carbon_in - month_carbon_out) * 44 / 12


def add_by_products(guideline: Guideline, law: str) -> None:
    """Gas and CO2 that one process gives off and another uses, in a year."""

    @guideline.quantity("t", level="fuel", label=Text("副产气燃烧量", "By-product gas burned"), law=law)
    def by_product_burned(fuel, fuel_origin, fuel_consumption):
        """By-product gas of a balanced process burned as fuel, else blank (副产气作燃料量), 10^4 Nm3 or t."""
        return where(all_of(chosen(fuel_origin, BY_PRODUCT), chosen(fuel, *FUEL_GASES)), fuel_consumption, None)

    @guideline.quantity("t", level="product", label=Text("副产气产出量", "By-product gas given off"), law=law)
    def by_product_given(product, product_quantity):
        """Fuel gas among the products of balanced processes, else blank (副产气产出量), 10^4 Nm3 or t."""
        return where(chosen(product, *FUEL_GASES), product_quantity, None)

    @guideline.quantity(
        "t", level="enterprise", label=Text("年副产气燃烧量", "By-product gas of the year burned"), law=law
    )
    def by_products_burned(by_product_burned):
        """All by-product gas burned in a year (年副产气燃烧量)."""
        return given(total(by_product_burned), 0)

    @guideline.quantity(
        "t", level="enterprise", label=Text("年副产气产出量", "By-product gas of the year given off"), law=law
    )
    def by_products_given(by_product_given):
        """All by-product gas given off in a year (年副产气产出量)."""
        return given(total(by_product_given), 0)

    @guideline.quantity("t", level="feed", label=Text("二氧化碳作原料量", "CO2 fed"), law=law)
    def dioxide_fed(feed, feed_quantity):
        """CO2 that goes into a process, else blank (二氧化碳作原料量), t."""
        return where(chosen(feed, CARBON_DIOXIDE), feed_quantity, None)

    @guideline.quantity("t", level="product", label=Text("二氧化碳产出量", "CO2 passed on"), law=law)
    def dioxide_given(product, product_quantity):
        """CO2 that a process passes on to another, else blank (二氧化碳产出量), t."""
        return where(chosen(product, CARBON_DIOXIDE), product_quantity, None)

    @guideline.quantity("t", level="enterprise", label=Text("年二氧化碳作原料量", "CO2 of the year fed"), law=law)
    def dioxide_fed_of_year(dioxide_fed):
        """All CO2 fed in a year (年二氧化碳作原料量), t."""
        return given(total(dioxide_fed), 0)

    @guideline.quantity("t", level="enterprise", label=Text("年二氧化碳产出量", "CO2 of the year passed on"), law=law)
    def dioxide_given_of_year(dioxide_given):
        """All CO2 passed on in a year (年二氧化碳产出量), t."""
        return given(total(dioxide_given), 0)


# --- recovered CO2 -------------------------------------------------------------------------------------


def add_recovery(guideline: Guideline, law: str) -> None:
    """CO2 that was caught and sold is taken off."""
    label = Text("二氧化碳回收量", "CO2 recovered")
    add_number(
        guideline, "recovered_gas", "10^4 Nm3", label, "CO2 recovered and sold", decimals=2, law=law, evidence=INVOICE
    )
    label = Text("回收气纯度", "Purity of recovered CO2")
    add_number(
        guideline,
        "recovered_purity",
        "%",
        label,
        "CO2 in the gas by volume",
        decimals=2,
        law=law,
        maximum="100",
        evidence=TEST,
    )

    @guideline.quantity(
        "tCO2", level="month", decimals=2, label=Text("回收扣减量", "CO2 taken off"), law=law, confidence="M-high"
    )
    def recovered_dioxide(recovered_gas, recovered_purity, dioxide_density):
        """Q × PUR × 19.7 (二氧化碳回收利用量), tCO2."""
        return recovered_gas * recovered_purity / 100 * dioxide_density


# --- sold heat ------------------------------------------------------------------------------------------


def add_sold_heat(guideline: Guideline, prefix: str, law: str) -> None:
    """Heat that is sold comes out of fuel, purchases or processes."""

    @guideline.quantity("GJ", level="fuel", label=Text("燃料热量", "Heat of the fuel"), law=law)
    def fuel_heat(fuel_consumption, heat_content):
        """FC × NCV (燃料热量), GJ. Not rounded."""
        return fuel_consumption * heat_content

    @guideline.check(
        f"{prefix}-106",
        severity="question",
        level="month",
        fields=("heat_sold",),
        message=Text(
            "外销热量 {found} 大于燃料与购入热量之和，请说明",
            "Heat sold, {found}, exceeds the heat of fuel and purchases",
        ),
        expected=Text("不大于燃料热量与购入热量之和；工艺余热请说明", "at most both; say where process heat was sold"),
        law=law,
    )
    def no_more_heat_out_than_in(heat_sold, fuel_heat, heat_bought=None):
        return heat_sold > given(total(fuel_heat), 0) + given(heat_bought, 0)


# --- checks --------------------------------------------------------------------------------------------


def add_balance_checks(
    guideline: Guideline, prefix: str, law: str, tested_feeds: tuple[str, ...], tested_products: tuple[str, ...]
) -> None:
    """Codes 101 to 105: what a carbon balance and a by-product cannot be."""

    @guideline.check(
        f"{prefix}-101",
        severity="error",
        level="month",
        fields=("month_carbon_out", "month_carbon_in"),
        message=Text("产品带出碳量大于原料带入碳量（{found}），不可能", "More carbon leaves than came in ({found})"),
        expected=Text("带出碳量不大于带入碳量", "at most the carbon that came in"),
        law=law,
        remedy=Text("请核对含碳量与单位（t、万Nm³）", "Check carbon contents and units (t, 10⁴ Nm³)"),
    )
    def no_more_carbon_out_than_in(month_carbon_in, month_carbon_out):
        return all_of(month_carbon_in > 0, month_carbon_out > month_carbon_in)

    @guideline.check(
        f"{prefix}-102",
        severity="error",
        level="feed",
        fields=("feed_quantity",),
        message=Text("原料 {found} 没有含碳量，也没有缺省值", "Feed of {found} has no carbon content and no default"),
        expected=Text("填检测的含碳量", "the tested carbon content"),
        law=law,
    )
    def feed_has_a_carbon_content(feed, feed_quantity, feed_carbon=None):
        return all_of(chosen(feed, *tested_feeds), feed_quantity > 0, not known(feed_carbon))

    @guideline.check(
        f"{prefix}-103",
        severity="error",
        level="product",
        fields=("product_quantity",),
        message=Text("产出 {found} 没有含碳量，也没有缺省值", "Output of {found} has no carbon content and no default"),
        expected=Text("填检测的含碳量；不计碳的不填此行", "the tested carbon content; no row where none is claimed"),
        law=law,
    )
    def product_has_a_carbon_content(product, product_quantity, product_carbon=None):
        return all_of(chosen(product, *tested_products), product_quantity > 0, not known(product_carbon))

    @guideline.check(
        f"{prefix}-104",
        severity="error",
        level="enterprise",
        fields=("by_products_burned", "by_products_given"),
        message=Text(
            "副产气在产气装置未扣减而又作燃料计算（{found}），重复计算",
            "By-product gas is counted where it was given off and where it was burned ({found})",
        ),
        expected=Text(
            "作燃料的副产气不大于各装置产出的副产气", "at most the by-product gas among the products of processes"
        ),
        law=law,
    )
    def by_product_gas_counts_once(by_products_burned, by_products_given):
        return by_products_burned > by_products_given

    @guideline.check(
        f"{prefix}-105",
        severity="error",
        level="enterprise",
        fields=("dioxide_fed_of_year", "dioxide_given_of_year"),
        message=Text(
            "作原料的二氧化碳未在来源装置扣减（{found}），重复计算",
            "CO2 that is fed was not taken off where it was made ({found})",
        ),
        expected=Text("不大于各装置送出的二氧化碳", "at most the CO2 that processes passed on"),
        law=law,
    )
    def passed_on_dioxide_counts_once(dioxide_fed_of_year, dioxide_given_of_year):
        return dioxide_fed_of_year > dioxide_given_of_year
