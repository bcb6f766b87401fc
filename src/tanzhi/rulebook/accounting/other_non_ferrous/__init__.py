"""Copper smelting and other non-ferrous metals (铜冶炼等其他有色金属), data years 2019 to 2026.

Fuel, reductants, carbonates and oxalic acid, purchased electricity and heat by the NDRC guideline
发改办气候〔2015〕1722号, whose text was not seen: formulas and values bear their marks. Aluminium and magnesium have
guidelines of their own; that of magnesium is not here.
"""

from importlib import import_module

from .base import other_non_ferrous

INPUTS = ("inputs",)
RULES = ("process", "totals")
CHECKS = ("checks",)

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

other_non_ferrous.seal()

__all__ = ["other_non_ferrous"]
