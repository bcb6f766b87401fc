"""The records of this stream, for Django."""

from .decompositions.model import Decomposition, Share
from .ledger.model import EnergyBalance, GdpLevel, ReferencePoint
from .targets.model import Target
from .warnings.model import EarlyWarning

__all__ = ["Decomposition", "EarlyWarning", "EnergyBalance", "GdpLevel", "ReferencePoint", "Share", "Target"]
