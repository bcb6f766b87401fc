"""Cement (水泥), data years 2019 to 2026: clinker lines and the other facilities of an enterprise.

Until 2023 by 发改办气候〔2013〕2526号, with purchased electricity and heat; from 2024 by CETS-AG-02.01-V01-2024, direct
emission only. The full text of the latter was not seen: values and formulas bear their marks.
"""

from importlib import import_module

from .base import cement

INPUTS = ("inputs",)
RULES = ("combustion", "process", "process_2013", "totals")
CHECKS = ("checks", "plausibility")

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

cement.seal()

__all__ = ["cement"]
