"""This room's entries in the navigation."""

from tanzhi.presentation.navigation import AUTHORITY, register
from tanzhi.rulebook.kernel.text import Text

register("intensity", Text("碳强度", "Carbon intensity"), "intensity:overview", 10, AUTHORITY)
register("intensity", Text("强度台账", "Intensity ledger"), "intensity:ledger", 20, AUTHORITY)
register("intensity", Text("强度目标", "Intensity targets"), "intensity:targets", 30, AUTHORITY)
register("intensity", Text("目标分解", "Decomposition"), "intensity:decompositions", 40, AUTHORITY)
register("intensity", Text("碳强度预警", "Early warnings"), "intensity:warnings", 50, AUTHORITY)
