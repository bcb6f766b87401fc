"""The data files of this province: regions, organisations and what each stream loads."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tanzhi.examples.generate import Plant
from tanzhi.examples.industries import Works
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.yaml_files import read_yaml

HERE = Path(__file__).parent
REPORTED, VERIFIED = 95_421_400, 96_255_800
"""Emissions of power in 2023, t: what the province told the press."""


@cache
def read(name: str) -> Any:
    """One of this folder's data files."""
    return read_yaml(HERE / name)


def plants() -> list[Plant]:
    """The power enterprises, in the order of the data file."""
    return [Plant(**{**row, "units": tuple(row["units"])}) for row in read("organisations.yaml")["power"]]


def works() -> list[Works]:
    """The enterprises of other industries that the rulebook computes, in the order of the data file."""
    by_sector = {guideline.industry.sector: name for name, guideline in guidelines().items() if guideline.industry}
    rows = [{"guideline": by_sector.get(row["sector"], ""), **row} for row in read("organisations.yaml")["others"]]
    return [Works(**row) for row in rows if row["guideline"] in read("industries.yaml")]
