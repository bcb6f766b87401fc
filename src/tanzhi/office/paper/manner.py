"""The manner of a paper: that of Chinese official papers (GB/T 9704-2012), and the plain one of English papers."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

LINE_MM, PAGE_MM = 156, 225  # what is set of an A4 page
CHARACTERS, LINES = 28, 22  # on a line, on a page
POINTS_PER_INCH = 72
PITCH = PAGE_MM * POINTS_PER_INCH / 25.4 / LINES  # from line to line, in points
# what an office's machine has, and the other names under which it may have it
FANGSONG, KAITI, HEI, SONG, TITLE = "FangSong", "KaiTi", "SimHei", "SimSun", "方正小标宋简体"
OTHER_NAMES = {
    FANGSONG: "仿宋,仿宋_GB2312,FangSong_GB2312",
    KAITI: "楷体,楷体_GB2312,KaiTi_GB2312",
    HEI: "黑体",
    SONG: "宋体",
    TITLE: "FZXiaoBiaoSong-B05S,SimSun,宋体",
}
NUMBERS = ("{words}、", "（{words}）", "{n}.", "（{n}）")
DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


@dataclass(frozen=True, slots=True)
class PaperManner:
    """Sizes in points and faces; `pitch` is set where a page has its 22 lines of 28 characters."""

    body: float
    title: float
    pitch: float | None
    face: str
    title_face: str
    levels: tuple[str, ...]  # the faces of headings, the highest first; below them that of the body
    chinese: bool

    def heading_face(self, level: int) -> str:
        return self.levels[level - 1] if level <= len(self.levels) else self.face


def manner(language: str, small: bool) -> PaperManner:
    """A Chinese paper is set as an office sets it; a report with many tables keeps the faces in a smaller size."""
    body, title = (12, 18) if small else (16, 22)
    if language == "zh":
        return PaperManner(body, title, None if small else PITCH, FANGSONG, TITLE, (HEI, KAITI), chinese=True)
    return PaperManner(body, title, None, SONG, SONG, (HEI,), chinese=False)


def numbered(level: int, number: int) -> str:
    """The number before a heading or a paragraph of a Chinese paper: 一、 then （一） then 1. then （1）."""
    return NUMBERS[level - 1].format(words=numeral(number), n=number)


def numeral(number: int) -> str:
    """A number in Chinese, up to ninety-nine: 十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + DIGITS[ones]


def signature_ends(signed: str, on: str) -> tuple[float, float]:
    """How many characters stay free to the right of the signing office and of the date under it.

    The office leaves two, and the date begins two characters after it; a longer date leaves two and pushes the office.
    """
    office, day = length(signed), length(on)
    return (2.0, office - day) if office >= day else (4.0 + day - office, 2.0)


def title_width(title: str, look: PaperManner) -> float:
    """How wide the lines of a title are, in points: one that takes several has them about equally long."""
    line, size = LINE_MM * POINTS_PER_INCH / 25.4, length(title) * look.title
    lines = math.ceil(size / line)
    spare = look.title if look.chinese else 4 * look.title  # where a word ends, Chinese may break anywhere
    return line if lines < 2 else min(line, size / lines + spare)


def length(words: str) -> float:
    """About how many characters long words are; between a Chinese character and a digit stands a quarter of one."""
    wide = [unicodedata.east_asian_width(character) in "WF" for character in words]
    gaps = sum(before != after for before, after in pairwise(wide))
    return sum(1 if is_wide else 0.5 for is_wide in wide) + 0.25 * gaps
