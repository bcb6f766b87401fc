"""Industrial processes (工业生产过程): minerals, steel, chemicals, metals, SF6 equipment."""

from importlib import import_module

from .base import processes

for module in ("minerals", "steel", "chemicals", "metals", "equipment", "fluorinated", "checks"):
    import_module(f"{__name__}.{module}")

processes.seal()

__all__ = ["processes"]
