"""Allowances of power units (发电行业配额分配), allowance years 2019 to 2026.

Plans by allowance year: 国环规气候〔2020〕3号 (2019-2020), 国环规气候〔2023〕1号 (2021, 2022),
国环规气候〔2024〕1号 (2023, 2024), and for 2025, 2026 the plan published on 2026-09-03, of which a research database's
reading is at hand (confidence DB).
"""

from importlib import import_module

from .base import power_allocation

for module in ("inputs", "special", "factors", "units", "enterprises", "issue"):
    import_module(f"{__name__}.{module}")

power_allocation.seal()

__all__ = ["power_allocation"]
