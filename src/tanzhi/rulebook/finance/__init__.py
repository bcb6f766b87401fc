"""Climate finance (气候投融资): what a project of each main kind avoids in a year, before it is built."""

from importlib import import_module

from .base import finance

for module in ("money", "renewable", "saving", "transport", "sinks", "waste", "industry", "benefit", "checks"):
    import_module(f"{__name__}.{module}")

finance.seal()

__all__ = ["finance"]
