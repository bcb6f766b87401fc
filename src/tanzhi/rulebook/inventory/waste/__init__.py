"""Waste (废弃物处理): landfill, incineration, waste water."""

from importlib import import_module

from .base import waste

for module in ("decay", "landfill", "incineration", "domestic_water", "industrial_water", "checks"):
    import_module(f"{__name__}.{module}")

waste.seal()

__all__ = ["waste"]
