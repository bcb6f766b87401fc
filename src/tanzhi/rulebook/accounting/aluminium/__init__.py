"""Aluminium smelting (铝冶炼), data years 2019 to 2026: electrolysis with its anodes and PFC, and other facilities.

Until 2023 by 发改办气候〔2013〕2526号, with purchased electricity and heat; from 2024 by CETS-AG-04.01-V01-2024, direct
emission only. The full text of the latter was not seen: its PFC factor is the press's, fuels are the steel guide's.
"""

from importlib import import_module

from .base import aluminium

INPUTS = ("inputs",)
RULES = ("combustion", "electrolysis", "totals")
CHECKS = ("checks",)

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

aluminium.seal()

__all__ = ["aluminium"]
