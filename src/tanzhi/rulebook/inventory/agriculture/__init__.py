"""Agriculture (农业): livestock, rice, cropland."""

from importlib import import_module

from .base import agriculture

for module in ("livestock", "manure", "rice", "crops", "cropland", "checks"):
    import_module(f"{__name__}.{module}")

agriculture.seal()

__all__ = ["agriculture"]
