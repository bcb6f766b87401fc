"""Land-use change and forestry (土地利用变化和林业): growth, consumption, conversion; removals are negative."""

from importlib import import_module

from .base import land

for module in ("forest", "conversion", "checks"):
    import_module(f"{__name__}.{module}")

land.seal()

__all__ = ["land"]
