"""Amounts by which a process is judged: coke, coal and gas of a month by what it made. For comparison only."""

from tanzhi.rulebook.kernel import Text, chosen, quotient, total, where

from .base import GASES, iron_and_steel

JUDGEMENT = "工程判断，作为设置"


@iron_and_steel.quantity("t", level="fuel", label=Text("焦炭输入", "Coke in"), law=JUDGEMENT)
def coke_in(process_kind, fuel, fuel_consumption):
    """Coke used by ironmaking, else blank (入炉焦炭), t."""
    return where(chosen(process_kind, "ironmaking"), where(chosen(fuel, "coke"), fuel_consumption, None), None)


@iron_and_steel.quantity("t", level="fuel", label=Text("喷吹煤", "Injected coal"), law=JUDGEMENT)
def coal_injected(process_kind, fuel, fuel_consumption):
    """Coal used by ironmaking, else blank (喷吹煤), t."""
    coal = chosen(fuel, "anthracite", "bituminous")
    return where(chosen(process_kind, "ironmaking"), where(coal, fuel_consumption, None), None)


@iron_and_steel.quantity("t", level="fuel", label=Text("烧结固体燃料", "Solid fuel of sintering"), law=JUDGEMENT)
def sinter_solid_fuel(process_kind, fuel, fuel_consumption):
    """Coke and coal used by sintering, else blank (烧结固体燃料), t."""
    solid = chosen(fuel, "coke", "anthracite", "bituminous")
    return where(chosen(process_kind, "sintering"), where(solid, fuel_consumption, None), None)


@iron_and_steel.quantity("t", level="fuel", label=Text("炼焦煤输入", "Coking coal in"), law=JUDGEMENT)
def coking_coal_in(process_kind, fuel, fuel_consumption):
    """Washed coal used by coking, else blank (入炉炼焦煤), t."""
    return where(chosen(process_kind, "coking"), where(chosen(fuel, "washed_coal"), fuel_consumption, None), None)


@iron_and_steel.quantity("t", level="fuel", label=Text("副产煤气", "By-product gas"), law=JUDGEMENT)
def own_gas(process_kind, fuel, fuel_output):
    """The gas for which a process is known: oven, furnace or converter gas (工序副产煤气), 10^4 Nm3."""
    oven = where(chosen(fuel, "coke_oven_gas"), fuel_output, None)
    furnace = where(chosen(fuel, "blast_furnace_gas"), fuel_output, None)
    converter = where(chosen(fuel, "converter_gas"), fuel_output, None)
    of_steel = where(chosen(process_kind, "converter"), converter, None)
    return where(chosen(process_kind, "coking"), oven, where(chosen(process_kind, "ironmaking"), furnace, of_steel))


@iron_and_steel.quantity("1", level="month", label=Text("入炉焦比", "Coke by iron"), law=JUDGEMENT)
def coke_rate(coke_in, output):
    """Coke ÷ iron (入炉焦比), t/t. Not rounded."""
    return quotient(total(coke_in), output)


@iron_and_steel.quantity("1", level="month", label=Text("喷煤比", "Injected coal by iron"), law=JUDGEMENT)
def injection_rate(coal_injected, output):
    """Injected coal ÷ iron (喷煤比), t/t. Not rounded."""
    return quotient(total(coal_injected), output)


@iron_and_steel.quantity("1", level="month", label=Text("烧结固体燃料消耗", "Solid fuel by sinter"), law=JUDGEMENT)
def sinter_fuel(sinter_solid_fuel, output):
    """Solid fuel ÷ sinter (烧结固体燃料消耗), t/t. Not rounded."""
    return quotient(total(sinter_solid_fuel), output)


@iron_and_steel.quantity("1", level="month", label=Text("成焦率", "Coke by coal"), law=JUDGEMENT)
def coke_yield(output, coking_coal_in):
    """Coke ÷ coal (成焦率), t/t; the coal as received. Not rounded."""
    return quotient(output, total(coking_coal_in))


@iron_and_steel.quantity("1", level="month", label=Text("单位产品副产煤气", "By-product gas by output"), law=JUDGEMENT)
def gas_rate(own_gas, output):
    """By-product gas ÷ product (单位产品副产煤气), 10^4 Nm3/t. Not rounded."""
    return quotient(total(own_gas), output)


@iron_and_steel.quantity(
    "tCO2/t", level="month", label=Text("当月单位产品排放", "Emission by output of the month"), law=JUDGEMENT
)
def month_intensity(month_emission, output):
    """Emission ÷ product of a month (当月单位产品排放). Not rounded."""
    return quotient(month_emission, output)


@iron_and_steel.quantity("t", level="fuel", label=Text("入炉碳量", "Carbon into the furnace"), law=JUDGEMENT)
def furnace_carbon_in(process_kind, fuel, fuel_consumption, heat_content, default_carbon_per_heat):
    """Carbon of what ironmaking charges or injects (入炉碳量), t; gas is burned in the stoves and never enters."""
    charged = where(chosen(fuel, *GASES), None, fuel_consumption * heat_content * default_carbon_per_heat)
    return where(chosen(process_kind, "ironmaking"), charged, None)


@iron_and_steel.quantity("t", level="fuel", label=Text("出炉煤气碳量", "Carbon out in gas and breeze"), law=JUDGEMENT)
def furnace_carbon_out(process_kind, fuel_output, heat_content, default_carbon_per_heat):
    """Carbon of the furnace gas and breeze that ironmaking gives off (出炉煤气及焦粉碳量), t."""
    given_off = fuel_output * heat_content * default_carbon_per_heat
    return where(chosen(process_kind, "ironmaking"), given_off, None)


@iron_and_steel.quantity("t", level="month", label=Text("当月入炉碳量", "Carbon in, of the month"), law=JUDGEMENT)
def month_carbon_in(furnace_carbon_in, month_process_emission):
    """Carbon of fuel and of carbonates and other inputs (当月入炉碳量), t."""
    return total(furnace_carbon_in) + month_process_emission * 12 / 44


@iron_and_steel.quantity("t", level="month", label=Text("当月出炉碳量", "Carbon out, of the month"), law=JUDGEMENT)
def month_carbon_out(furnace_carbon_out, output, iron_carbon):
    """Carbon of gas, breeze and iron (当月出炉碳量), t; dust is not filed and belongs to what the limit leaves."""
    return total(furnace_carbon_out) + output * iron_carbon


@iron_and_steel.quantity(
    "1", level="process", label=Text("炼铁碳平衡差", "Carbon of the furnace left over"), law=JUDGEMENT
)
def furnace_carbon_rest(month_carbon_in, month_carbon_out):
    """(Carbon in − gas − iron) ÷ carbon in, over the year (炼铁碳平衡差). Not rounded."""
    return quotient(total(month_carbon_in) - total(month_carbon_out), total(month_carbon_in))
