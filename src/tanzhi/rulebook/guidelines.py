"""Every guideline there is: a new module under `accounting/` is found without another line."""

import pkgutil
from functools import cache
from importlib import import_module

from . import accounting
from .kernel import Guideline


@cache
def guidelines() -> dict[str, Guideline]:
    """Guidelines by name, in the order of their modules."""
    modules = [import_module(f"{accounting.__name__}.{m.name}") for m in pkgutil.iter_modules(accounting.__path__)]
    found = [g for module in modules for g in vars(module).values() if isinstance(g, Guideline)]
    return {guideline.name: guideline for guideline in found}
