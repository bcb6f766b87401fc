"""Reads the inventory's code lists; they are data of the edition, like parameters."""

from functools import cache
from pathlib import Path
from typing import Any

from tanzhi.rulebook.kernel.yaml_files import read_yaml


@cache
def read_list(name: str) -> dict[str, Any]:
    """A code list beside this module, as it is written."""
    content: dict[str, Any] = read_yaml(Path(__file__).parent / name)
    return content
