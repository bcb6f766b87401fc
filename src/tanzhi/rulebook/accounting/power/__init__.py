"""Power generation (发电设施), data years 2019 to 2026.

Guidelines by data year: 环办气候〔2021〕9号 (to 2022), CETS-AG-01.01-V02-2022 (2023 to 2025), CETS-AG-01.01-V04-2026.
"""

from . import (
    auxiliary,
    balance,
    boiler,
    checks,
    combustion,
    electricity,
    heat,
    inputs,
    plausibility,
    production,
    reports,
    samples,
    unit_class,
)
from .base import power

power.seal()

__all__ = [
    "auxiliary",
    "balance",
    "boiler",
    "checks",
    "combustion",
    "electricity",
    "heat",
    "inputs",
    "plausibility",
    "power",
    "production",
    "reports",
    "samples",
    "unit_class",
]
