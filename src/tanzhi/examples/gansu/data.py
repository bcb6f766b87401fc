"""The data files of this province: regions, organisations and what each stream loads."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tanzhi.examples.generate import Plant
from tanzhi.rulebook.kernel.yaml_files import read_yaml

HERE = Path(__file__).parent


@cache
def read(name: str) -> Any:
    """One of this folder's data files."""
    return read_yaml(HERE / name)


def plants() -> list[Plant]:
    """The power enterprises, in the order of the data file."""
    return [Plant(**{**row, "units": tuple(row["units"])}) for row in read("organisations.yaml")["power"]]
