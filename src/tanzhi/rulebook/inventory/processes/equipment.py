"""SF6 of electrical equipment: manufacture and installation, and the bank in operation."""

from tanzhi.rulebook.kernel import Text, any_of, given, known, where

from ..law import GUIDE
from .base import amount, processes

amount(
    "equipment_sf6_used",
    Text("电力设备制造安装使用SF6", "SF6 used in equipment made or installed"),
    "SF6 filled in at manufacture or installation (制造、安装使用量), t.",
    4,
)
amount(
    "equipment_sf6_bank",
    Text("在运电力设备SF6存量", "SF6 in equipment in operation"),
    "SF6 held by equipment in operation (在运设备存量), t.",
    4,
)


@processes.quantity(
    "t", level="region", label=Text("电力设备（SF6）", "Power equipment (SF6)"), law=GUIDE, confidence="M-med"
)
def equipment_sf6(equipment_filling_rate, equipment_leak_rate, equipment_sf6_used=None, equipment_sf6_bank=None):
    """Used × rate of filling + bank × rate of leakage (电力设备六氟化硫), t of SF6."""
    lost = given(equipment_sf6_used, 0) * equipment_filling_rate + given(equipment_sf6_bank, 0) * equipment_leak_rate
    return where(any_of(known(equipment_sf6_used), known(equipment_sf6_bank)), lost, None)
