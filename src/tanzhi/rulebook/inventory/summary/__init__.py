"""Summary of an inventory: gas masses of all categories, made comparable by one set of warming potentials."""

from importlib import import_module

from .base import inventory

for module in ("gases", "totals"):
    import_module(f"{__name__}.{module}")

inventory.seal()

__all__ = ["inventory"]
