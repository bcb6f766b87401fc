"""What an installation says otherwise than the rows that the program brings: words, units, order; never a number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tanzhi.actions.refusal import Refused
from tanzhi.figures.amounts import PERCENT, UNITS, Manner
from tanzhi.figures.registry import FIGURES
from tanzhi.organisations.installation.order import ordered
from tanzhi.organisations.installation.placeholders import placeholders, written
from tanzhi.rulebook.kernel.text import Text

from .rows import BulletinPlan, PlannedLine, PlannedRow

VALUES = {"value", "change"}
ALLOWED = ("1+N", "CO₂")
# A digit, or a number written out before what it counts: 三百家, 两亿吨
NUMBER = re.compile(r"\d|[〇零一二两三四五六七八九十百千万亿]+(?:吨|元|家|个|项|份|件|名|台|次|轮|期|成|%|％|个百分点)")


class LineWording(BaseModel):
    """How an installation says one figure; blank words and a blank size are those of the program."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = ""
    en: str = ""
    size: Literal["", "large", "middle", "base"] = ""
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None


class RowTitle(BaseModel):
    """What an installation calls a row."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str


class Overlay(BaseModel):
    """All that differs; what a later release of the program brings anew stands behind it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    streams: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    titles: dict[int, RowTitle] = Field(default_factory=dict)
    lines: dict[str, LineWording] = Field(default_factory=dict)

    def over(self, plan: BulletinPlan) -> BulletinPlan:
        """The plan in this wording and order."""
        streams = {code: plan.streams[code] for code in ordered(list(plan.streams), self.streams)}
        rows = {row.number: self._row(row) for row in plan.rows}
        return BulletinPlan(streams, tuple(rows[number] for number in ordered(list(rows), self.order)))

    def _row(self, row: PlannedRow) -> PlannedRow:
        title = self.titles.get(row.number)
        lines = tuple(self._line(row, line) for line in row.lines)
        return replace(row, title=Text(title.zh, title.en) if title else row.title, lines=lines)

    def _line(self, row: PlannedRow, line: PlannedLine) -> PlannedLine:
        wording = self.lines.get(row.key(line))
        if wording is None:
            return line
        words = Text(wording.zh or line.sentence.zh, wording.en or line.sentence.en)
        return replace(line, sentence=words, manner=Manner(wording.size, wording.decimals))


_TYPED = Text(
    "“{place}”写入了数字“{found}”：数值只由占位符 {{value}} 或 {{change}} 填入",
    "a number, “{found}”, is typed into “{place}”: values come from the placeholders {{value}} or {{change}} alone",
)
_PLACEHOLDERS = Text(
    "“{place}”的占位符为 {found}，应为 {expected}",
    "the placeholders in “{place}” are {found}; expected {expected}",
)
_MANNER = Text(
    "“{place}”的单位是“{found}”：只有吨、元类数据可选单位，只有吨、元、百分比可定小数位数",
    "“{place}” is in “{found}”: a size goes with tonnes and yuan, decimals with tonnes, yuan and per cents",
)


def refuse_numbers(place: Text, words: str) -> None:
    """Words in which a number is typed (BUL-08)."""
    bare = re.sub(r"\{[^{}]*\}", "", words)
    for allowed in ALLOWED:
        bare = bare.replace(allowed, "")
    if typed := NUMBER.search(bare):
        raise Refused("BUL-08", _TYPED.format(place=place, found=typed[0]), 422)


def refuse_wording(place: Text, shipped: PlannedLine, wording: LineWording) -> None:
    """A sentence keeps the value of its figure, says no other, and in a unit that the figure has (BUL-08 to BUL-10)."""
    for words, before in ((wording.zh, shipped.sentence.zh), (wording.en, shipped.sentence.en)):
        if not words:
            continue
        refuse_numbers(place, words)
        usual = placeholders(before)
        named = placeholders(words)
        if named & VALUES != usual & VALUES or not named <= usual | {"period"}:
            message = _PLACEHOLDERS.format(place=place, found=written(named), expected=written(usual))
            raise Refused("BUL-09", message, 422)
    figure = FIGURES[shipped.code]
    if (wording.size and figure.unit not in UNITS) or (
        wording.decimals is not None and figure.unit not in {*UNITS, PERCENT}
    ):
        raise Refused("BUL-10", _MANNER.format(place=place, found=figure.unit_words), 422)
