"""The tile map: each region a tile by its row and column, its value printed in it, its table beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from tanzhi.rulebook.kernel.text import Text

STEPS = 5
LIGHTS: dict[str, Text] = {
    "ok": Text("正常", "On track"),
    "due": Text("关注", "Watch"),
    "late": Text("预警", "Alert"),
}


class TileRegion(Protocol):
    """A region, as far as a map needs it."""

    code: str
    row: int | None
    column: int | None
    counted: bool

    @property
    def name(self) -> Text: ...


@dataclass(frozen=True, slots=True)
class Tile:
    """One region on the map."""

    place: Any
    value: Decimal | int | str | None
    step: int  # 1 to 5 by amount, 0 without a value
    light: str = ""  # ok, due, late
    address: str = ""

    @property
    def row(self) -> int:
        return int(self.place.row) + 1

    @property
    def column(self) -> int:
        return int(self.place.column) + 1

    @property
    def light_words(self) -> Text | None:
        return LIGHTS.get(self.light)

    @property
    def state(self) -> str:
        """Class of the tile: its light, or the step of its amount, or none."""
        if self.value is None or self.value == "":
            return "none"
        return self.light or f"step-{self.step}"


@dataclass(frozen=True, slots=True)
class TileMap:
    """A map with a title that states the finding."""

    title: Text
    unit: Text
    tiles: list[Tile]
    note: Text | None = None

    @property
    def lit(self) -> list[tuple[str, Text]]:
        """The lights that the legend explains; none where amounts are shown by steps."""
        codes = {tile.light for tile in self.tiles}
        return [(code, words) for code, words in LIGHTS.items() if code in codes]

    @property
    def has_gaps(self) -> bool:
        return any(tile.state == "none" for tile in self.tiles)


def tile_map(
    title: Text,
    unit: Text,
    places: Iterable[TileRegion],
    values: Mapping[str, Decimal | int | str | None],
    *,
    light: Callable[[str], str] | None = None,
    address: Callable[[str], str] | None = None,
    note: Text | None = None,
) -> TileMap:
    """A map of the regions that have a row and a column; `light` and `address` are asked by region code."""
    located = [place for place in places if place.row is not None and place.column is not None]
    numbers = [
        Decimal(value) for value in [values.get(place.code) for place in located] if value is not None and value != ""
    ]
    least, most = (min(numbers), max(numbers)) if numbers else (Decimal(0), Decimal(0))
    tiles = []
    for place in sorted(located, key=lambda place: (place.row or 0, place.column or 0)):
        value, step = values.get(place.code), 0
        if value is not None and value != "":
            # Five equal steps between the least and the greatest amount.
            step = STEPS
            if least < most:
                step = min(STEPS, int((Decimal(value) - least) * STEPS / (most - least)) + 1)
        tiles.append(
            Tile(place, value, step, light(place.code) if light else "", address(place.code) if address else "")
        )
    return TileMap(title, unit, tiles, note)
