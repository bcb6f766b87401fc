"""Voluntary reductions (CCER): the methodologies' calculators, what may be claimed, the catalogue of methodologies."""

from .afforestation import afforestation
from .solar_thermal import solar_thermal

__all__ = ["afforestation", "solar_thermal"]
