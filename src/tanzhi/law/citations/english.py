"""A source of law as it is read in either language: its title, the place in it, the remark beside it.

The platform's own sources are written in Chinese, since that is how the documents are cited. `words.yaml` holds their
pieces in English; articles, items, annexes and tables are turned by their form. What somebody entered in other words
stands as it was entered: half a translation would be worse than none.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.rulebook.kernel.yaml_files import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

CHINESE = re.compile(r"[\u3400-\u9fff]")
DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")}
PLACES = {"十": 10, "百": 100, "千": 1000}
NUMERAL = f"[{''.join((*DIGITS, *PLACES))}]+"
PUNCTUATION = str.maketrans({"，": ", ", "、": ", ", "；": "; ", "：": ": ", "（": " (", "）": ")", "—": "–"})


def whole_number(numeral: str) -> int:
    """A number in Chinese, up to thousands: 一千二百二十六 is 1226."""
    total = digit = 0
    for character in numeral:
        if character in PLACES:
            total += (digit or 1) * PLACES[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def _numbers(words: str) -> str:
    """Every number in Chinese among words, in digits; from one to another by a dash."""
    in_digits = re.sub(NUMERAL, lambda numeral: str(whole_number(numeral[0])), words)
    return in_digits.replace("至", "–").replace("、", ", ")


FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
    (re.compile(rf"第({NUMERAL})条"), lambda m: f"Article {_numbers(m[1])}"),
    (re.compile(rf"第({NUMERAL}(?:[、至]{NUMERAL})+)条"), lambda m: f"Articles {_numbers(m[1])}"),
    (re.compile(rf"第({NUMERAL})款"), lambda m: f"paragraph {_numbers(m[1])}"),
    (
        re.compile(rf"第({NUMERAL})?（({NUMERAL})）项"),
        lambda m: f"item {_numbers(m[1]) + ' ' if m[1] else ''}({_numbers(m[2])})",
    ),
    (re.compile(r"第([\d、]+)项"), lambda m: f"item{'s' if '、' in m[1] else ''} {m[1].replace('、', ', ')}"),
    (
        re.compile(rf"({NUMERAL})?（({NUMERAL})）"),
        lambda m: f"{_numbers(m[1]) + ' ' if m[1] else ''}({_numbers(m[2])})",
    ),
    (re.compile(rf"({NUMERAL})、(?:总体要求)?(?=附|$)"), lambda m: f"section {_numbers(m[1])}, "),
    (re.compile(rf"附录([A-Z]|{NUMERAL})"), lambda m: f"Appendix {_numbers(m[1])}"),
    (re.compile(r"附表"), lambda m: "Appendix table "),
    (re.compile(r"附件(\d*)"), lambda m: f"Annex {m[1]}".strip()),
    (re.compile(r"附(\d)"), lambda m: f"Annex {m[1]}, "),
    (re.compile(r"表(?=[\dC])"), lambda m: "table "),
    (re.compile(r"第(\d+)卷"), lambda m: f"Volume {m[1]}"),
    (re.compile(r"第(\d+)章"), lambda m: f"Chapter {m[1]}"),
]
"""Places in a document, by the form in which they are written."""


@cache
def pieces() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """The known pieces of sources, longest first; the English of each; which of them are documents."""
    words = read_yaml(Path(__file__).parent / "words.yaml")
    english = {**words["documents"], **words["phrases"]}
    longest_first = sorted(english, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), english, frozenset(words["documents"])


@cache
def cited(source: str) -> Text:
    """A source of law in both languages; in both as it stands where it holds words that `words.yaml` has not."""
    if not CHINESE.search(source):
        return same(source)
    sought, meanings, documents = pieces()
    line, at = "", 0
    before = ""  # the piece that ends here, if one does
    while at < len(source):
        piece = english = ""
        if match := sought.match(source, at):
            piece, english = match[0], meanings[match[0]]
        else:
            for form, write in FORMS:
                if match := form.match(source, at):
                    piece, english = match[0], write(match)
                    break
        if not piece and CHINESE.match(source[at]):
            return same(source)
        if piece and source[at] == "第" and line[-1:] not in (" ", ""):  # an article or item of what stands before
            line += ", "
        elif piece and before:
            line += ", " if before in documents else " "
        elif before and source[at].isalnum():
            line += " "
        line += english if piece else source[at].translate(PUNCTUATION)
        at += len(piece) or 1
        before = piece
    line = re.sub(r"\s+", " ", line).strip()
    line = re.sub(r" ([,;:)])|(\() ", r"\1\2", line)
    line = re.sub(r"(?<=[\w)])(?=[(])", " ", re.sub(r",+(?=[,;)]|$)", "", line))
    return Text(source, line[:1].upper() + line[1:])
