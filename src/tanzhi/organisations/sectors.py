"""What the industries of the list of key emission units are called."""

from __future__ import annotations

from pathlib import Path

from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.rulebook.kernel.yaml_files import read_yaml

_LINES = read_yaml(Path(__file__).parent / "sectors.yaml")
SECTORS: dict[str, Text] = {line["code"]: Text(line["zh"], line["en"]) for line in _LINES}


def sector_name(code: str) -> Text:
    """An industry by its name; one that is not in the data by its code."""
    return SECTORS.get(code) or same(code or "-")
