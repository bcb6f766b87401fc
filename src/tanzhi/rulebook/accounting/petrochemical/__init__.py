"""Petrochemicals (石化), data years 2019 to 2026: fuel, flares, process units, carbon balances, supplementary data.

By 发改办气候〔2014〕2920号, with purchased electricity and heat; the text was not seen, values bear their marks. The
supplementary table of crude oil processing is that of 2023 as a mirror shows it.
"""

from importlib import import_module

from .base import petrochemical

INPUTS = ("inputs",)
RULES = ("emissions", "flares", "totals")
CHECKS = ("checks",)

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

petrochemical.seal()

__all__ = ["petrochemical"]
