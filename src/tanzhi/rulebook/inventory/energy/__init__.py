"""Energy activities (能源活动): combustion, biomass, coal mines, oil and gas, and the memo item of electricity."""

from importlib import import_module

from .base import energy

for module in ("combustion", "other_gases", "biomass", "coal_mining", "oil_gas", "electricity", "checks"):
    import_module(f"{__name__}.{module}")

energy.seal()

__all__ = ["energy"]
