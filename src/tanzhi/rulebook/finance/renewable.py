"""Renewable power: generation × the factor of the method chosen, less what the project emits itself."""

from tanzhi.rulebook.kernel import Text, chosen, given, where

from .base import GUIDE, finance

FORM = "renewable"
TECHNOLOGIES = {
    "pv": Text("光伏", "Photovoltaic"),
    "wind": Text("风电", "Wind"),
    "csp": Text("光热", "Solar thermal"),
    "hydro": Text("水电", "Hydropower"),
}
METHODS = {
    "coal": Text("替代燃煤", "Displaced coal"),
    "combined_75": Text("组合边际因子（0.75/0.25）", "Combined margin (0.75/0.25)"),
    "combined_50": Text("组合边际因子（0.5/0.5）", "Combined margin (0.5/0.5)"),
    "average": Text("电力平均因子", "Average factor"),
}


@finance.choice(level="project", label=Text("发电技术", "Technology"), form=FORM, options=TECHNOLOGIES, required=True)
def technology():
    """How the power is made (发电技术)."""


@finance.choice(
    level="project", label=Text("因子方法", "Method of the factor"), form=FORM, options=METHODS, required=True
)
def method():
    """Which factor the displaced power has; the tag that stands with the benefit (方法标签)."""


@finance.input(
    "MW", level="project", decimals=3, label=Text("装机容量", "Capacity"), form=FORM, minimum="0", required=True
)
def capacity():
    """Installed capacity (装机容量), MW."""


@finance.input("h", level="project", label=Text("年利用小时", "Hours of use"), form=FORM, minimum="0", required=True)
def hours():
    """Hours of full use in a year (年利用小时数), h."""


@finance.input(
    "%",
    level="project",
    label=Text("厂用与弃电损失率", "Own use and curtailment"),
    form=FORM,
    minimum="0",
    maximum="100",
)
def loss_rate():
    """What does not reach the grid (厂用、线损与弃电率), %: 8, not 0.08."""


@finance.input("t", level="project", label=Text("项目自身排放", "Own emission"), form=FORM, minimum="0")
def own_emission():
    """CO2 of auxiliary fuel in a year (项目自身排放), t; blank where there is none."""


@finance.input("W/m2", level="project", label=Text("功率密度（水电）", "Power density (hydro)"), form=FORM, minimum="0")
def power_density():
    """Capacity over the reservoir's surface (功率密度), W/m2."""


@finance.quantity("MWh", level="project", label=Text("年上网电量", "Power supplied"), law=GUIDE)
def power_supplied(capacity, hours, loss_rate=None):
    """Capacity × hours × (1 − loss) (年上网电量), MWh."""
    return capacity * hours * (100 - given(loss_rate, 0)) / 100


@finance.quantity(
    "tCO2/MWh", level="project", label=Text("替代燃煤因子", "Factor of the coal displaced"), law=GUIDE, empirical=True
)
def displaced_coal_factor(supply_coal_rate, coal_factor):
    """Coal of thermal power × factor of standard coal (替代燃煤因子); kgce/kWh is tce/MWh, tCO2/MWh."""
    return supply_coal_rate * coal_factor


@finance.quantity("tCO2/MWh", level="project", label=Text("组合边际因子", "Combined margin"), law=GUIDE)
def combined_margin(operating_margin, build_margin, operating_weight):
    """OM × weight + BM × (1 − weight): a weighted sum, never a product (组合边际排放因子), tCO2/MWh."""
    return operating_margin * operating_weight + build_margin * (1 - operating_weight)


@finance.quantity("tCO2/MWh", level="project", label=Text("采用的电力因子", "Factor used"), law=GUIDE)
def power_factor(method, displaced_coal_factor=None, combined_margin=None, average_factor=None):
    """The factor of the method chosen (采用的电力因子), tCO2/MWh."""
    return where(
        chosen(method, "coal"), displaced_coal_factor, where(chosen(method, "average"), average_factor, combined_margin)
    )


@finance.quantity("t", level="project", label=Text("水库排放", "Emission of the reservoir"), law="CDM ACM0002")
def reservoir_emission(technology, power_supplied, reservoir_factor, reservoir_density, power_density=None):
    """0.09 tCO2/MWh up to a power density of 10 W/m2, nil above (水库排放), t; up to 4 is refused (FIN-13)."""
    flooded = where(power_density <= reservoir_density, power_supplied * reservoir_factor, 0)
    return where(chosen(technology, "hydro"), flooded, 0)


@finance.quantity("t", level="project", label=Text("发电减排量", "Reduction of the power"), law=GUIDE)
def renewable_reduction(power_supplied, power_factor, reservoir_emission, own_emission=None):
    """Power × factor − own emission − reservoir (可再生能源发电减排量), tCO2 a year."""
    return power_supplied * power_factor - given(own_emission, 0) - reservoir_emission
