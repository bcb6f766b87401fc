"""Civil aviation (民用航空), data years 2019 to 2026: flights, ground activity, airports, supplementary data.

By 发改办气候〔2013〕2526号, with purchased electricity and heat; the text was not seen, values bear their marks.
Supplementary tables: airlines as a mirror shows those of 2018, airports as a province has them.
"""

from importlib import import_module

from .base import civil_aviation

INPUTS = ("inputs",)
RULES = ("combustion", "energy", "supplementary", "totals")
CHECKS = ("checks",)

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

civil_aviation.seal()

__all__ = ["civil_aviation"]
