"""Flat glass (平板玻璃), data years 2019 to 2026: fuel, carbon powder, carbonates, purchased electricity and heat.

By the NDRC guideline 发改办气候〔2013〕2526号, whose text was not seen: formulas and values bear their marks. The
national supplementary table of flat glass was not seen.
"""

from importlib import import_module

from .base import flat_glass

INPUTS = ("inputs",)
RULES = ("process", "totals")
CHECKS = ("checks",)

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

flat_glass.seal()

__all__ = ["flat_glass"]
