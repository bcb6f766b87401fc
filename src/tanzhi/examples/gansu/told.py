"""The data files of this province: regions, organisations and what each stream loads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tanzhi.examples.generate import Plant

HERE = Path(__file__).parent


def read(name: str) -> Any:
    """One of this folder's data files."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def plants() -> list[Plant]:
    """The power enterprises, in the order of the data file."""
    return [Plant(**{**row, "units": tuple(row["units"])}) for row in read("organisations.yaml")["power"]]
