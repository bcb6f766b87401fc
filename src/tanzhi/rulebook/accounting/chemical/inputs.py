"""What a chemical enterprise files: the register of its workshops, and each month's fuel, feed, products and energy."""

from tanzhi.rulebook.accounting.ndrc import add_family_fuel
from tanzhi.rulebook.accounting.process_plants import LEDGER, TEST, add_feeds, add_fuel_origin, add_products
from tanzhi.rulebook.kernel import Text

from .base import CARBONATES, FEEDS, NDRC, PROCESSES, PRODUCTS, ROUTES, SUPPLEMENT, WORKSHOPS, chemical

METER = Text("计量记录", "Meter records")

# --- register ------------------------------------------------------------------------------------------


@chemical.choice(
    level="workshop",
    label=Text("产品类别", "Product of the workshop"),
    form="register",
    required=True,
    options=WORKSHOPS,
)
def workshop_product():
    """What a workshop makes, or that it serves the others (产品类别)."""


@chemical.choice(
    level="workshop", label=Text("原料路线", "Route of feed"), form="register", required=True, options=ROUTES
)
def feed_route():
    """Whether ammonia or methanol is made of coal or of gas (原料路线)."""


# --- production of a month -----------------------------------------------------------------------------


@chemical.input(
    "t",
    level="month",
    decimals=2,
    label=Text("产品产量", "Output of the product"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
)
def product_output():
    """Output of the workshop's product in the month (产品产量), t; 0 of utilities; light soda ash of soda ash."""


@chemical.input(
    "h", level="month", decimals=2, label=Text("运行小时数", "Running hours"), form="month", minimum="0", required=True
)
def running_hours():
    """Hours in which the workshop ran (运行小时数), h."""


@chemical.input(
    "t",
    level="month",
    decimals=2,
    label=Text("联产甲醇产量", "Methanol made beside"),
    form="month",
    minimum="0",
    law=SUPPLEMENT,
)
def methanol_beside():
    """Methanol that an ammonia workshop makes beside (联产甲醇产量), t; it takes its part of feed, power and heat."""


@chemical.input(
    "t", level="month", decimals=2, label=Text("液氨消耗量", "Ammonia used"), form="month", minimum="0", evidence=METER
)
def ammonia_used():
    """Ammonia that a urea workshop uses (液氨消耗量), t; compared only."""


# --- fuel, feed, products ------------------------------------------------------------------------------

add_family_fuel(chemical, LEDGER, TEST)
add_fuel_origin(chemical, NDRC)
add_feeds(chemical, FEEDS, NDRC)
add_products(chemical, PRODUCTS, NDRC)

# --- carbonates ----------------------------------------------------------------------------------------


@chemical.choice(
    level="carbonate", label=Text("碳酸盐种类", "Carbonate"), form="month", options=CARBONATES, required=True, law=NDRC
)
def carbonate():
    """Carbonate that is decomposed: raw material, flux, desulphurisation (碳酸盐种类)."""


@chemical.input(
    "t",
    level="carbonate",
    decimals=2,
    label=Text("碳酸盐消耗量", "Carbonate used"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
    law=NDRC,
)
def carbonate_quantity():
    """Carbonate used in the month (碳酸盐消耗量), t."""


@chemical.input(
    "%",
    level="carbonate",
    decimals=2,
    label=Text("碳酸盐纯度", "Purity of the carbonate"),
    form="month",
    minimum="0",
    maximum="100",
    required=True,
    evidence=TEST,
    law=NDRC,
)
def carbonate_purity():
    """Pure carbonate in what is used (碳酸盐纯度), %."""


# --- nitric and adipic acid ----------------------------------------------------------------------------


@chemical.choice(
    level="acid_process",
    label=Text("硝酸、己二酸工艺", "Acid process"),
    form="month",
    options=PROCESSES,
    required=True,
    law=NDRC,
)
def acid_process():
    """Technology by which nitric or adipic acid is made (生产技术类型)."""


@chemical.input(
    "t",
    level="acid_process",
    decimals=2,
    label=Text("酸产量（折100%）", "Acid made (as 100 %)"),
    form="month",
    minimum="0",
    required=True,
    evidence=LEDGER,
    law=NDRC,
)
def acid_output():
    """Acid made by the technology in the month (酸产量), t."""


def share(name: str, label: Text, meaning: str) -> None:
    """A percentage about the abatement of N2O."""

    def rule() -> None:
        """Set below."""

    rule.__name__, rule.__doc__ = name, meaning
    chemical.input(
        "%",
        level="acid_process",
        decimals=2,
        label=label,
        form="month",
        minimum="0",
        maximum="100",
        evidence=METER,
        law=NDRC,
    )(rule)


share(
    "abatement_efficiency", Text("N2O 去除效率", "Efficiency of abatement"), "N2O taken out, η (尾气处理去除效率), %."
)
share(
    "abatement_use", Text("处理设备使用率", "Use of abatement"), "Time of use of the device, μ (尾气处理设备使用率), %."
)


@chemical.choice(
    level="acid_process",
    label=Text("N2O 连续监测", "N2O monitored"),
    form="month",
    options={"yes": Text("有", "Yes"), "no": Text("无", "No")},
    law=NDRC,
)
def abatement_monitored():
    """Whether N2O of the tail gas is measured all the time (尾气 N2O 连续监测)."""
