"""Pulp and paper (造纸和纸制品), data years 2019 to 2026: fuel, limestone, waste water, purchased electricity and heat.

By the NDRC guideline 发改办气候〔2015〕1722号, whose text was not seen: formulas and values bear their marks. CO2 of
biomass (black liquor, bark, sludge, biogas) is not counted. The national supplementary table of paper was not seen.
"""

from importlib import import_module

from .base import pulp_and_paper

INPUTS = ("inputs",)
RULES = ("process", "totals")
CHECKS = ("checks",)

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

pulp_and_paper.seal()

__all__ = ["pulp_and_paper"]
