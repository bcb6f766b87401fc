"""The guideline of industrial processes and its levels."""

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.rules import Level

from ..law import REGION, YEAR, YEARBOOK, add_region

processes = Guideline(
    "inventory_processes",
    title=Text("省级清单：工业生产过程", "Provincial inventory: industrial processes"),
    levels={
        "region": REGION,
        "nitric_process": Level("nitric_processes", Text("硝酸生产", "Nitric acid")),
        "potline": Level("potlines", Text("铝电解", "Aluminium smelting")),
        "etchant": Level("etchants", Text("半导体用气", "Gases of semiconductor making")),
        "hfc": Level("hfcs", Text("氢氟烃生产", "HFC production")),
    },
    under=dict.fromkeys(("potline", "etchant", "hfc"), "region"),
)
add_region(processes)


def amount(name: str, label: Text, meaning: str, decimals: int = 2) -> None:
    """An amount in tonnes that the region states."""

    def stated() -> None: ...

    stated.__name__, stated.__doc__ = name, meaning
    processes.input("t", level="region", label=label, decimals=decimals, minimum="0", form=YEAR, evidence=YEARBOOK)(
        stated
    )
