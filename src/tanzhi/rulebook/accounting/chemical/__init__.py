"""Chemicals (化工), data years 2019 to 2026: carbon balance of workshops, carbonates, N2O, and the supplementary data.

By 发改办气候〔2013〕2526号, with purchased electricity and heat; the text was not seen, values bear their marks.
Supplementary tables are those of 2018 (ammonia, urea) and 2023 (carbide, soda ash) as mirrors show them.
"""

from importlib import import_module

from .base import chemical

INPUTS = ("inputs",)
RULES = ("emissions", "supplementary", "totals")
CHECKS = ("checks", "plausibility")

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

chemical.seal()

__all__ = ["chemical"]
