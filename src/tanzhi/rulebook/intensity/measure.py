"""CO2 per unit of GDP between two years (单位地区生产总值二氧化碳排放): energy CO2 over chained constant-price GDP.

E in 10^4 tCO2, GDP in 10^8 yuan. GDP of different price bases is never compared: each segment of years has its own
base, and the ratios of segments are chained.
"""

from tanzhi.rulebook.kernel import Guideline, Level, Text, chosen, given, product, total, where

SCOPE = "国家碳强度目标核算口径"

intensity = Guideline(
    "intensity",
    title=Text("碳排放强度", "Carbon intensity"),
    levels={
        "area": Level("areas", Text("地区", "Area")),
        "point": Level("points", Text("年份", "Year")),
        "leg": Level("legs", Text("电力调入调出", "Electricity transfer")),
        "segment": Level("segments", Text("价格基期段", "Price segment")),
    },
    under={"segment": "area"},
)


@intensity.choice(
    level="point",
    label=Text("时点", "Point"),
    form="balance",
    options={"base": Text("基年", "Base year"), "end": Text("报告年", "Year compared")},
)
def point():
    """Whether the energy of this record is the base year's or that of the year compared (时点)."""


@intensity.input(
    "10^4 tce", level="point", label=Text("煤炭消费量", "Coal consumed"), form="balance", minimum="0", required=True
)
def coal_consumption():
    """Coal consumed for energy, transformation input less output, feedstock excluded (煤炭消费量), 10^4 tce."""


@intensity.input(
    "10^4 tce", level="point", label=Text("油品消费量", "Oil consumed"), form="balance", minimum="0", required=True
)
def oil_consumption():
    """Oil products consumed for energy, feedstock excluded (油品消费量), 10^4 tce."""


@intensity.input(
    "10^4 tce", level="point", label=Text("天然气消费量", "Gas consumed"), form="balance", minimum="0", required=True
)
def gas_consumption():
    """Natural gas consumed for energy, feedstock excluded (天然气消费量), 10^4 tce."""


@intensity.text(level="leg", label=Text("交易对方", "Partner"), form="balance", required=True)
def leg():
    """The region or grid that the electricity came from or went to (调入调出对方)."""


@intensity.choice(
    level="leg",
    label=Text("方向", "Direction"),
    form="balance",
    required=True,
    options={"import": Text("调入", "Import"), "export": Text("调出", "Export")},
)
def direction():
    """Whether electricity came in or went out (调入或调出)."""


@intensity.input("10^8 kWh", level="leg", label=Text("电量", "Electricity"), form="balance", minimum="0", required=True)
def electricity():
    """Electricity transferred in the year (调入调出电量), 10^8 kWh."""


@intensity.input(
    "kgCO2/kWh", level="leg", label=Text("电力排放因子", "Factor of the electricity"), form="balance", minimum="0"
)
def electricity_factor():
    """Emission factor of the electricity transferred, that of the exporting side (电力二氧化碳排放因子), kgCO2/kWh."""


@intensity.text(level="segment", label=Text("价格基期", "Price base"), form="economy", required=True)
def segment():
    """The year at whose prices both ends of the segment are measured (不变价基期), for example 2015."""


@intensity.input(
    "10^8 CNY", level="segment", label=Text("期初生产总值", "GDP at its start"), form="economy", minimum="0"
)
def gdp_at_start():
    """GDP of the segment's first year at its own price base (期初不变价地区生产总值), 10^8 yuan."""


@intensity.input("10^8 CNY", level="segment", label=Text("期末生产总值", "GDP at its end"), form="economy", minimum="0")
def gdp_at_end():
    """GDP of the segment's last year at the same price base (期末不变价地区生产总值), 10^8 yuan."""


@intensity.input(
    "10^8 CNY", level="area", label=Text("基年生产总值", "GDP of the base year"), form="economy", minimum="0"
)
def base_gdp():
    """GDP of the base year at the base year's prices (基年地区生产总值), 10^8 yuan."""


@intensity.quantity("10^4 tCO2", level="leg", label=Text("调入调出电力排放", "Emission of the transfer"), law=SCOPE)
def transfer_emission(direction, electricity, electricity_factor):
    """Electricity × factor; imports add, exports are taken off (调入调出电力排放), 10^8 kWh × kg/kWh = 10 × 10^4 t."""
    return where(chosen(direction, "import"), 1, -1) * electricity * electricity_factor * 10


@intensity.quantity("10^4 tCO2", level="point", label=Text("净调入电力排放", "Net imported electricity"), law=SCOPE)
def net_electricity_emission(transfer_emission):
    """Imports less exports (净调入电力排放), 10^4 tCO2; blank where nothing was transferred."""
    return total(transfer_emission)


@intensity.quantity("10^4 tCO2", level="point", label=Text("煤炭排放", "Emission of coal"), law=SCOPE)
def coal_emission(coal_consumption, coal_emission_factor):
    """Coal × its constant factor (煤炭消费排放), 10^4 tCO2."""
    return coal_consumption * coal_emission_factor


@intensity.quantity("10^4 tCO2", level="point", label=Text("油品排放", "Emission of oil"), law=SCOPE)
def oil_emission(oil_consumption, oil_emission_factor):
    """Oil products × their constant factor (油品消费排放), 10^4 tCO2."""
    return oil_consumption * oil_emission_factor


@intensity.quantity("10^4 tCO2", level="point", label=Text("天然气排放", "Emission of gas"), law=SCOPE)
def gas_emission(gas_consumption, gas_emission_factor):
    """Natural gas × its constant factor (天然气消费排放), 10^4 tCO2."""
    return gas_consumption * gas_emission_factor


@intensity.quantity("10^4 tCO2", level="point", label=Text("化石能源排放", "Emission of fossil energy"), law=SCOPE)
def fossil_emission(coal_emission, oil_emission, gas_emission):
    """Coal, oil and gas together (化石能源二氧化碳排放), 10^4 tCO2."""
    return coal_emission + oil_emission + gas_emission


@intensity.quantity("10^4 tCO2", level="point", label=Text("能源活动排放", "Energy emission"), law=SCOPE)
def energy_emission(fossil_emission, net_electricity_emission=None):
    """Fossil energy and net imported electricity (能源活动二氧化碳排放量), 10^4 tCO2."""
    return fossil_emission + given(net_electricity_emission, 0)


@intensity.quantity("10^4 tCO2", level="point", label=Text("其中：基年", "Thereof in the base year"))
def emission_as_base(point, energy_emission):
    """The emission if this is the base year's record, else nil (基年排放)."""
    return where(chosen(point, "base"), energy_emission, 0)


@intensity.quantity("10^4 tCO2", level="point", label=Text("其中：报告年", "Thereof in the year compared"))
def emission_as_end(point, energy_emission):
    """The emission if this is the compared year's record, else nil (报告年排放)."""
    return where(chosen(point, "end"), energy_emission, 0)


@intensity.quantity("1", level="segment", label=Text("段内增长倍数", "Growth within the segment"))
def gdp_ratio(gdp_at_start, gdp_at_end):
    """GDP at the end over GDP at the start, both at the segment's prices (段内可比价增长倍数)."""
    return gdp_at_end / gdp_at_start


@intensity.quantity("1", level="area", label=Text("可比价生产总值增长倍数", "Growth of GDP"))
def gdp_growth(gdp_ratio):
    """Chained growth of GDP at comparable prices, the product of the segments (可比价增长倍数)."""
    return product(gdp_ratio)


@intensity.quantity("tCO2/(10^4 CNY)", level="area", label=Text("基年强度", "Intensity of the base year"))
def base_intensity(emission_as_base, base_gdp):
    """CO2 per 10^4 yuan in the base year (基年碳排放强度)."""
    return total(emission_as_base) / base_gdp


@intensity.quantity("tCO2/(10^4 CNY)", level="area", label=Text("报告年强度", "Intensity of the year compared"))
def end_intensity(emission_as_end, base_gdp, gdp_growth):
    """CO2 per 10^4 yuan at the base year's prices in the year compared (报告年碳排放强度)."""
    return total(emission_as_end) / (base_gdp * gdp_growth)


@intensity.quantity("1", level="area", label=Text("强度比", "Ratio of intensities"))
def intensity_ratio(end_intensity, base_intensity):
    """Intensity of the year compared over that of the base year, not rounded (强度比)."""
    return end_intensity / base_intensity


@intensity.quantity("%", level="area", decimals=1, label=Text("强度累计变化率", "Change of intensity"))
def intensity_change(intensity_ratio):
    """Change of CO2 per unit of GDP against the base year (累计变化率), %, printed to 0.1; a decline is negative."""
    return (intensity_ratio - 1) * 100


intensity.seal()
