"""`python -m bench` measures everything, `python -m bench NAME…` these; both keep them in docs/performance.md."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import tempfile
from types import ModuleType

import django

import bench
from bench import report


def modules() -> dict[str, ModuleType]:
    """Every module here that measures something, by name."""
    found = {m.name: importlib.import_module(f"bench.{m.name}") for m in pkgutil.iter_modules(bench.__path__)}
    return {name: module for name, module in found.items() if hasattr(module, "measure")}


def main(chosen: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:  # never the user's own database and keys
        os.environ |= {"TANZHI_VAR": folder, "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
        os.environ.pop("TANZHI_DATABASE", None)
        django.setup()
        found = modules()
        for name in chosen or found:
            if lacks := getattr(found[name], "missing", str)():
                print(f"{name}: {lacks}")  # what the page has of it stays
                continue
            report.keep([report.part(found[name].TITLE, found[name].measure())])


if __name__ == "__main__":
    main(sys.argv[1:])
