"""Provinces with what lies directly below them, by the codes of GB/T 2260 (行政区划代码), to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

FILE = Path(__file__).with_name("national_list.yaml")
ROWS, COLUMNS = 6, 7  # of the map of tiles


@dataclass(frozen=True, slots=True)
class ListedRegion:
    """A province or a region below one; `row` and `column` are a proposal for the map of tiles."""

    code: str
    zh: str
    en: str
    kind: str
    province: str
    row: int | None = None
    column: int | None = None

    @property
    def name(self) -> Text:
        """Its English name where it has a usual one, the Chinese one otherwise."""
        return Text(self.zh, self.en or self.zh)


@cache
def national_list() -> dict[str, ListedRegion]:
    """By code, each province before what lies below it."""
    regions: dict[str, ListedRegion] = {}
    for province in read_yaml(FILE):
        code = province["code"]
        regions[code] = ListedRegion(code, province["zh"], province["en"], "province", code)
        for below in province["below"]:
            kind = "city" if below["code"].endswith("00") else "county"
            row, column = below["tile"]
            own = ListedRegion(below["code"], below["zh"], below.get("en", ""), kind, code, row, column)
            regions[own.code] = own
    return regions


def listed_provinces() -> list[ListedRegion]:
    return [region for region in national_list().values() if region.kind == "province"]


def listed_below(province: str) -> list[ListedRegion]:
    """What lies directly below a province, by code."""
    return [region for region in national_list().values() if region.province == province and region.code != province]
