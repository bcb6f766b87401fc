"""A bulletin as one tree: composed now or frozen in an edition, and every form is made from the same."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from tanzhi.figures import Span
from tanzhi.figures.basis import head_words
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.states import KNOWN, STATES

SCHEMA = "tanzhi.bulletin/2"
Language = Literal["zh", "en"]
CHINESE: tuple[Language, ...] = ("zh",)
BOTH: tuple[Language, ...] = ("zh", "en")
TONES = {"settled": "ok", "reserved": "due", "absent": "late"}
LIGHTS = {
    "settled": Text("数据齐备", "settled"),
    "reserved": Text("初步或有保留", "provisional or with reservations"),
    "absent": Text("暂无数据", "no figure yet"),
}
STATED: dict[str, Any] = {
    "oneOf": [
        {"properties": {"state": {"const": KNOWN}, "value": {"type": "string"}}},
        {"properties": {"state": {"enum": sorted(STATES.keys() - {KNOWN})}, "value": {"type": "null"}}},
    ]
}
"""Of the five states one has a value, be it "0"; the other four have none, and none of them is a zero."""


Words = Annotated[
    Text,
    # Words of a bulletin without English speak Chinese to every reader.
    BeforeValidator(lambda raw: Text(raw["zh"], raw.get("en") or raw["zh"]) if isinstance(raw, dict) else raw),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
            "required": ["zh"],
            "additionalProperties": False,
            "description": "Chinese and English; an edition without English has none here",
        }
    ),
]
Written = Annotated[
    str,
    Field(
        pattern=r"^(-?(0|[1-9][0-9]*)(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
        description="an exact decimal, or the day of what happened",
    ),
]


class TreePart(BaseModel):
    """A part of the tree: never changed, nothing in it that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PrintedMark(TreePart):
    """A reservation with its source."""

    kind: str
    text: Words
    source: str


class PrintedLine(TreePart):
    """One figure of a row as it is printed."""

    model_config = ConfigDict(json_schema_extra=STATED)

    code: str = Field(alias="figure")
    title: Words
    stream: str
    row: int | None
    period: str
    region: str
    filters: dict[str, str]
    written: Written | None = Field(alias="value")
    unit: str
    state: Literal["known", "blank", "not_reported", "excluded", "not_determinable"]
    reason: Words | None
    marks: tuple[PrintedMark, ...]
    ref: str
    sentence: Words
    short: Words
    full: Words | None
    unit_words: Words
    state_label: Words
    scope: Words | None
    reservations: tuple[Words, ...]
    comparison: Words | None
    headline: bool

    @model_validator(mode="after")
    def has_a_value_if_known(self) -> Self:
        if (self.state == KNOWN) != (self.written is not None):
            raise ValueError(f"{self.code}: state {self.state} and value {self.written!r} do not go together")
        return self

    @property
    def name(self) -> tuple[str, str]:
        """What makes it the same figure in whichever period: its code and how it is narrowed."""
        return self.code, "&".join(f"{name}={value}" for name, value in sorted(self.filters.items()))

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same figure in another edition of the same bulletin."""
        return *self.name, self.period

    @property
    def is_absent(self) -> bool:
        return self.written is None

    @property
    def value(self) -> Decimal | None:
        """The number; None where it is absent, and for a day."""
        return None if self.written is None or self.unit == "date" else Decimal(self.written)

    @property
    def period_title(self) -> Text:
        return Span.parse(self.period).title

    @property
    def beside(self) -> Text | None:
        """The full value, where the short form is another."""
        return self.full if self.full != self.short else None

    @property
    def standing(self) -> str:
        """settled, reserved (provisional, incomplete or on a draft or weak source), absent."""
        if self.is_absent:
            return "absent"
        return "reserved" if self.reservations else "settled"

    @property
    def standing_words(self) -> Text:
        return LIGHTS[self.standing]

    @property
    def tone(self) -> str:
        return TONES[self.standing]


class ContentRow(TreePart):
    """A numbered row."""

    number: int = Field(alias="row")
    stream: str
    title: Words
    lines: tuple[PrintedLine, ...] = Field(alias="figures")
    waiting: Words | None

    @property
    def shared(self) -> list[Text]:
        """Reservations that all of several figures bear: a page says them once."""
        if len(self.lines) < 2:
            return []
        first, *others = [line.reservations for line in self.lines]
        return [words for words in first if all(words in other for other in others)]


class Chapter(TreePart):
    """The rows of a stream."""

    stream: str
    title: Words
    rows: tuple[ContentRow, ...]

    @property
    def lines(self) -> list[PrintedLine]:
        return [line for row in self.rows for line in row.lines]


class StreamTitle(TreePart):
    """What a stream's chapter is called."""

    stream: str
    title: Words


class PrintedBasis(TreePart):
    """Rules release and head of the evidence log; an empty root before the first sealing."""

    release: str
    size: int
    root: str
    sealed_at: str
    key: str


class BulletinContent(TreePart):
    """A whole bulletin."""

    schema_name: Literal["tanzhi.bulletin/1", "tanzhi.bulletin/2"] = Field(alias="schema")
    languages: tuple[Language, ...] = BOTH
    title: Words
    period: str
    region: str
    place: Words
    streams: tuple[StreamTitle, ...]
    rows_version: Annotated[int, Field(description="the installation's rows and wording; 0: the program's own")] = 0
    rows: tuple[ContentRow, ...]
    basis: PrintedBasis

    def as_dict(self) -> dict[str, Any]:
        """As plain data; where there is no English, without it."""
        plain = self.model_dump(mode="json", by_alias=True)
        return plain if "en" in self.languages else _in_chinese(plain)

    def chinese(self) -> BulletinContent:
        """The same without English."""
        return BulletinContent.model_validate(_in_chinese({**self.as_dict(), "languages": CHINESE}))

    @property
    def span(self) -> Span:
        return Span.parse(self.period)

    @property
    def printed(self) -> list[ContentRow]:
        return [row for row in self.rows if row.lines]

    @property
    def waiting(self) -> list[ContentRow]:
        return [row for row in self.rows if not row.lines]

    @property
    def chapters(self) -> list[Chapter]:
        """Streams in their order, each with the rows that have figures."""
        rows = self.printed
        chapters = [
            Chapter(stream=each.stream, title=each.title, rows=tuple(r for r in rows if r.stream == each.stream))
            for each in self.streams
        ]
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
        return self.basis.release

    @property
    def head(self) -> Text:
        """The head of the evidence log that it rests on."""
        return head_words(self.basis.model_dump())


def _in_chinese(plain: Any) -> Any:
    if isinstance(plain, dict):
        bare = {name: part for name, part in plain.items() if name != "en"} if "zh" in plain else plain
        return {name: _in_chinese(part) for name, part in bare.items()}
    return [_in_chinese(part) for part in plain] if isinstance(plain, list | tuple) else plain


class EditionFacts(TreePart):
    """An edition's own data beside its content."""

    number: int
    state: str
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    published_at: str | None
    proposed_by: str
    signed_by: str
    remark: str


class BulletinDocument(BulletinContent):
    """A bulletin as it is given away: with its edition, or as a draft; an edition's own file has neither."""

    draft: bool = False
    edition: EditionFacts | None = None


def schema_text() -> str:
    """The published schema of a bulletin's JSON."""
    schema = BulletinDocument.model_json_schema(by_alias=True)
    named = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:tanzhi:bulletin:2",
        **schema,
        "title": "应对气候变化工作发布稿 Bulletin on climate work",
    }
    return json.dumps(named, ensure_ascii=False, indent=2) + "\n"
