"""A bulletin as plain data, read back: composed now or frozen in an edition, every form is printed from the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.figures import Span
from tanzhi.figures.basis import head_words
from tanzhi.rulebook.kernel import Text

Body = Mapping[str, Any]
TONES = {"settled": "ok", "reserved": "due", "absent": "late"}
LIGHTS = {
    "settled": Text("数据齐备", "settled"),
    "reserved": Text("初步或有保留", "provisional or with reservations"),
    "absent": Text("暂无数据", "no figure yet"),
}


def text(words: Mapping[str, str] | None) -> Text | None:
    return Text(words["zh"], words["en"]) if words else None


def text_of(words: Mapping[str, str]) -> Text:
    return Text(words["zh"], words["en"])


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One figure of a row as it is printed."""

    body: Body

    @property
    def code(self) -> str:
        return str(self.body["figure"])

    @property
    def name(self) -> tuple[str, str]:
        """What makes it the same figure in whichever period: its code and how it is narrowed."""
        return self.code, "&".join(f"{name}={value}" for name, value in sorted(self.body["filters"].items()))

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same figure in another edition of the same bulletin."""
        return *self.name, str(self.body["period"])

    @property
    def title(self) -> Text:
        return text_of(self.body["title"])

    @property
    def is_absent(self) -> bool:
        return self.body["value"] is None

    @property
    def value(self) -> Decimal | None:
        """The number; None where it is absent, and for a day."""
        return None if self.is_absent or self.body["unit"] == "date" else Decimal(self.body["value"])

    @property
    def period(self) -> Text:
        return Span.parse(str(self.body["period"])).title

    @property
    def short(self) -> Text:
        return text_of(self.body["short"])

    @property
    def full(self) -> Text | None:
        return text(self.body["full"])

    @property
    def beside(self) -> Text | None:
        """The full value, where the short form is another."""
        return self.full if self.full != self.short else None

    @property
    def sentence(self) -> Text:
        return text_of(self.body["sentence"])

    @property
    def comparison(self) -> Text | None:
        return text(self.body["comparison"])

    @property
    def reason(self) -> Text | None:
        return text(self.body["reason"])

    @property
    def scope(self) -> Text | None:
        return text(self.body["scope"])

    @property
    def state_label(self) -> Text:
        return text_of(self.body["state_label"])

    @property
    def reservations(self) -> list[Text]:
        return [text_of(words) for words in self.body["reservations"]]

    @property
    def ref(self) -> str:
        return str(self.body["ref"])

    @property
    def standing(self) -> str:
        """settled, reserved (provisional, incomplete or on a draft or weak source), absent."""
        if self.is_absent:
            return "absent"
        return "reserved" if self.body["reservations"] else "settled"

    @property
    def standing_words(self) -> Text:
        return LIGHTS[self.standing]

    @property
    def tone(self) -> str:
        return TONES[self.standing]


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A numbered row."""

    number: int
    title: Text
    stream: str
    lines: tuple[PrintedLine, ...]
    waiting: Text | None

    @property
    def shared(self) -> list[Text]:
        """Reservations that all of several figures bear: a page says them once."""
        if len(self.lines) < 2:
            return []
        first, *others = [line.reservations for line in self.lines]
        return [words for words in first if all(words in other for other in others)]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rows of a stream."""

    stream: str
    title: Text
    rows: tuple[ContentRow, ...]

    @property
    def lines(self) -> list[PrintedLine]:
        return [line for row in self.rows for line in row.lines]


@dataclass(frozen=True, slots=True)
class BulletinContent:
    """A whole bulletin."""

    body: Body

    @property
    def title(self) -> Text:
        return text_of(self.body["title"])

    @property
    def place(self) -> Text:
        return text_of(self.body["place"])

    @property
    def span(self) -> Span:
        return Span.parse(str(self.body["period"]))

    @property
    def rows(self) -> list[ContentRow]:
        return [_row(row) for row in self.body["rows"]]

    @property
    def printed(self) -> list[ContentRow]:
        return [row for row in self.rows if row.lines]

    @property
    def waiting(self) -> list[ContentRow]:
        return [row for row in self.rows if not row.lines]

    @property
    def chapters(self) -> list[Chapter]:
        """Streams in their order, each with the rows that have figures."""
        rows, titles = self.printed, {stream["stream"]: text_of(stream["title"]) for stream in self.body["streams"]}
        chapters = [Chapter(code, words, tuple(r for r in rows if r.stream == code)) for code, words in titles.items()]
        return [chapter for chapter in chapters if chapter.rows]

    @property
    def lines(self) -> list[PrintedLine]:
        return [line for row in self.rows for line in row.lines]

    @property
    def absent(self) -> list[PrintedLine]:
        return [line for line in self.lines if line.standing == "absent"]

    @property
    def reserved(self) -> list[PrintedLine]:
        return [line for line in self.lines if line.standing == "reserved"]

    @property
    def release(self) -> str:
        return str(self.body["basis"]["release"])

    @property
    def head(self) -> Text:
        """The head of the evidence log that it rests on."""
        return head_words(self.body["basis"])


def _row(row: Body) -> ContentRow:
    lines = tuple(PrintedLine(line) for line in row["figures"])
    return ContentRow(int(row["row"]), text_of(row["title"]), str(row["stream"]), lines, text(row["waiting"]))
