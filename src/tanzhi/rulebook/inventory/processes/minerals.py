"""CO2 of cement and lime."""

from tanzhi.rulebook.kernel import Text, given

from ..law import GUIDE
from .base import amount, processes

amount("clinker_output", Text("水泥熟料产量", "Cement clinker"), "Clinker produced in the year (水泥熟料产量), t.")
amount(
    "slag_clinker_output",
    Text("其中用电石渣生产的熟料", "of which from carbide slag"),
    "Clinker made from carbide slag, whose lime gave off its CO2 before (用电石渣生产的熟料), t.",
)
amount("lime_output", Text("石灰产量", "Lime"), "Lime produced in the year (石灰产量), t.")


@processes.quantity("tCO2", level="region", label=Text("水泥生产过程", "Cement"), law=GUIDE, confidence="M-high")
def cement_co2(clinker_output, clinker_factor, slag_clinker_output=None):
    """(Clinker − clinker from carbide slag) × factor (水泥生产过程二氧化碳), tCO2."""
    return (clinker_output - given(slag_clinker_output, 0)) * clinker_factor


@processes.quantity("tCO2", level="region", label=Text("石灰生产过程", "Lime"), law=GUIDE, confidence="M-high")
def lime_co2(lime_output, lime_factor):
    """Output × factor (石灰生产过程二氧化碳), tCO2."""
    return lime_output * lime_factor
