"""Power generation (发电设施), data years 2019 to 2026.

Guidelines by data year: 环办气候〔2021〕9号 (to 2022), CETS-AG-01.01-V02-2022 (2023 to 2025), CETS-AG-01.01-V04-2026.
"""

from importlib import import_module

from .base import power

# Forms show fields in the order in which modules state them: what every plant fills in comes first.
INPUTS = ("inputs", "reports", "heat", "boiler", "samples")
RULES = ("combustion", "electricity", "production", "unit_class", "auxiliary", "totals")
CHECKS = ("checks", "plausibility", "balance")

for module in INPUTS + RULES + CHECKS:
    import_module(f"{__name__}.{module}")

power.seal()

__all__ = ["power"]
