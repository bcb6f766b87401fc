"""Reads the inventory's code lists; they are data of the edition, like parameters."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def read_list(name: str) -> dict[str, Any]:
    """A code list beside this module, as it is written."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return found
