"""CO2 of steel making: fluxes, and the carbon that iron loses on its way to steel."""

from tanzhi.rulebook.kernel import Text, given

from ..law import GUIDE
from .base import amount, processes

amount(
    "limestone_used",
    Text("钢铁生产石灰石消耗", "Limestone used in steel making"),
    "Flux, not counted in lime (石灰石消耗量), t.",
)
amount("dolomite_used", Text("钢铁生产白云石消耗", "Dolomite used in steel making"), "Flux (白云石消耗量), t.")
amount("iron_used", Text("炼钢用生铁", "Pig iron used for steel"), "Pig iron that became steel (炼钢用生铁量), t.")
amount("steel_output", Text("钢材（粗钢）产量", "Crude steel"), "Steel made of it (钢产量), t.")


@processes.quantity("tCO2", level="region", label=Text("熔剂分解", "Fluxes"), law=GUIDE)
def flux_co2(limestone_factor, dolomite_factor, limestone_used=None, dolomite_used=None):
    """Limestone and dolomite × their factors (熔剂二氧化碳), tCO2."""
    return given(limestone_used, 0) * limestone_factor + given(dolomite_used, 0) * dolomite_factor


@processes.quantity("tC", level="region", label=Text("炼钢降碳", "Carbon lost in steel making"), law=GUIDE)
def carbon_loss(iron_used, iron_carbon, steel_output, steel_carbon):
    """Carbon of the iron less carbon of the steel (炼钢降碳量), tC."""
    return iron_used * iron_carbon - steel_output * steel_carbon


@processes.quantity(
    "tCO2", level="region", label=Text("钢铁生产过程", "Iron and steel"), law=GUIDE, confidence="M-high"
)
def steel_co2(flux_co2, carbon_loss):
    """Fluxes + carbon lost × 44/12 (钢铁生产过程二氧化碳), tCO2."""
    return flux_co2 + carbon_loss * 44 / 12
