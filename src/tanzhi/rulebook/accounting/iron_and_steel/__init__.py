"""Iron and steel (钢铁), data years 2019 to 2026: the enterprise, its processes, its power units on self-made gas.

Until 2023 by 发改办气候〔2013〕2526号, with oxidation rates, purchased electricity and heat; from 2024 by
CETS-AG-03.01-V01-2024, whose full text was read: a carbon balance, direct emission only.
"""

from importlib import import_module

from .base import iron_and_steel

INPUTS = ("inputs", "materials")
RULES = ("combustion", "balance", "totals")
CHECKS = ("rates", "checks", "plausibility")

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

iron_and_steel.seal()

__all__ = ["iron_and_steel"]
