"""CH4 that escapes from oil and gas systems: by facility, by gas flow and by oil flow, less what is recovered."""

from tanzhi.rulebook.kernel import Text, any_of, given, known, total, where

from ..law import GUIDE, YEAR, YEARBOOK
from .base import energy

FACILITIES = {
    "gas_wellhead": Text("天然气开采·井口装置", "Gas wellhead"),
    "gas_gathering": Text("天然气开采·常规集气系统", "Gas gathering station"),
    "gas_metering": Text("天然气开采·计量/配气站", "Gas metering and distribution station"),
    "gas_storage": Text("天然气开采·贮气总站", "Gas storage station"),
    "booster": Text("天然气输送·增压站", "Gas transmission, booster station"),
    "transmission_metering": Text("天然气输送·计量站", "Gas transmission, metering station"),
    "pipeline_valve": Text("天然气输送·管线（逆止阀）", "Gas transmission, pipeline valve"),
    "oil_wellhead": Text("常规原油·井口装置", "Oil wellhead"),
    "single_well_tank": Text("常规原油·单井储油装置", "Oil, single-well tank"),
    "transfer_station": Text("常规原油·转接站", "Oil, transfer station"),
    "combined_station": Text("常规原油·联合站", "Oil, combined station"),
}
GAS_FLOWS = {
    "processing": Text("天然气加工处理", "Gas processing"),
    "consumption": Text("天然气消费", "Gas consumption"),
}
OIL_FLOWS = {
    "heavy_oil": Text("稠油开采", "Heavy oil production"),
    "crude_transport": Text("原油储运", "Crude transport and storage"),
    "refining": Text("原油炼制", "Refining"),
}


@energy.choice(level="facility", label=Text("设施类型", "Facility"), form=YEAR, options=FACILITIES)
def facility():
    """Kind of oil or gas facility (油气设施类型)."""


@energy.input(
    "1",
    level="facility",
    decimals=0,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("设施数量", "Number of facilities"),
    evidence=YEARBOOK,
)
def facility_count():
    """Facilities of that kind in the year (设施数量)."""


@energy.choice(level="gas_flow", label=Text("环节", "Step"), form=YEAR, options=GAS_FLOWS)
def gas_flow():
    """Step of the gas chain (天然气环节)."""


@energy.input(
    "10^8m3",
    level="gas_flow",
    decimals=4,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("天然气量（亿立方米，20℃）", "Natural gas (10⁸ m³ at 20 °C)"),
    evidence=YEARBOOK,
)
def gas_volume():
    """Gas through that step (天然气量), 10^8 m3."""


@energy.choice(level="oil_flow", label=Text("环节", "Step"), form=YEAR, options=OIL_FLOWS)
def oil_flow():
    """Step of the oil chain (原油环节)."""


@energy.input(
    "10^4t",
    level="oil_flow",
    decimals=4,
    minimum="0",
    form=YEAR,
    required=True,
    label=Text("原油量（万吨）", "Oil (10⁴ t)"),
    evidence=YEARBOOK,
)
def oil_mass():
    """Oil through that step (原油量), 10^4 t."""


@energy.input(
    "t",
    level="region",
    decimals=2,
    minimum="0",
    form=YEAR,
    label=Text("油气系统甲烷回收量", "CH4 recovered, oil and gas"),
)
def oil_gas_recovered():
    """Methane recovered from the facilities above (油气系统甲烷回收量), t."""


@energy.quantity("t", level="facility", label=Text("设施逃逸甲烷", "CH4 of the facilities"), law=GUIDE)
def facility_methane(facility_count, facility_factor):
    """Facilities × factor (设施逃逸甲烷), t."""
    return facility_count * facility_factor


@energy.quantity("t", level="gas_flow", label=Text("天然气环节甲烷", "CH4 of the gas flow"), law=GUIDE)
def gas_flow_methane(gas_volume, gas_flow_factor):
    """Gas × factor (天然气加工、消费逃逸甲烷), t."""
    return gas_volume * gas_flow_factor


@energy.quantity("t", level="oil_flow", label=Text("原油环节甲烷", "CH4 of the oil flow"), law=GUIDE)
def oil_flow_methane(oil_mass, oil_flow_factor):
    """Oil × factor (原油储运、炼制逃逸甲烷), t."""
    return oil_mass * oil_flow_factor


@energy.quantity("t", level="region", label=Text("全部油气设施甲烷", "CH4 of all facilities"), law=GUIDE)
def facilities_methane(facility_methane):
    """All facilities (油气设施逃逸甲烷), t."""
    return total(facility_methane)


@energy.quantity("t", level="region", label=Text("全部天然气环节甲烷", "CH4 of all gas flows"), law=GUIDE)
def gas_flows_methane(gas_flow_methane):
    """All gas flows (天然气环节逃逸甲烷), t."""
    return total(gas_flow_methane)


@energy.quantity("t", level="region", label=Text("全部原油环节甲烷", "CH4 of all oil flows"), law=GUIDE)
def oil_flows_methane(oil_flow_methane):
    """All oil flows (原油环节逃逸甲烷), t."""
    return total(oil_flow_methane)


@energy.quantity(
    "tCH4", level="region", label=Text("油气系统逃逸甲烷", "Oil and gas systems"), law=GUIDE, confidence="M-med"
)
def oil_gas_methane(facilities_methane=None, gas_flows_methane=None, oil_flows_methane=None, oil_gas_recovered=None):
    """Facilities + flows − recovery (石油天然气系统甲烷逃逸), tCH4; blank where nothing was stated."""
    stated = any_of(known(facilities_methane), known(gas_flows_methane), known(oil_flows_methane))
    flows = given(gas_flows_methane, 0) + given(oil_flows_methane, 0)
    return where(stated, given(facilities_methane, 0) + flows - given(oil_gas_recovered, 0), None)
