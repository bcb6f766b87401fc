"""What is asked of a figure, and how a reference names it in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode

from tanzhi.actions.refusal import Refused
from tanzhi.actions.typed import whole
from tanzhi.rulebook.kernel import Text

from .spans import Span, SpanFault


class Unanswerable(Refused):
    """A reference, a figure or a period that is not there; says in both languages what was found and expected."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(code, message, status=404)


_NOT_FOR_YOU = Text(
    "明细不在您的权限之内；请登录后查看本单位或本辖区的数据",
    "details are outside your scope: sign in to see those of your organisation or region",
)


def not_for_you() -> Unanswerable:
    """A record outside the viewer's scope does not exist for him."""
    return Unanswerable("ACT-SCOPE", _NOT_FOR_YOU)


_NO_PERIOD = Text(
    "“{found}”不是期间：应为 2023、2024H1、2024Q2、2023-06 或 2024M01-09",
    "“{found}” is no period: expected 2023, 2024H1, 2024Q2, 2023-06 or 2024M01-09",
)


@dataclass(frozen=True, slots=True)
class Question:
    """A figure is asked for a period and a region; `filters` narrow it (sector, city, …)."""

    period: str
    region: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            Span.parse(self.period)
        except SpanFault:
            raise Unanswerable("FIG-PERIOD", _NO_PERIOD.format(found=self.period)) from None

    @property
    def span(self) -> Span:
        return Span.parse(self.period)

    @classmethod
    def of(cls, words: Mapping[str, str]) -> Question:
        """From an address's query: period and region by name, the rest are filters."""
        rest = {name: words[name] for name in sorted(words) if name not in ("period", "region")}
        return cls(words.get("period", ""), words.get("region", ""), rest)

    def as_words(self) -> dict[str, str]:
        region = {"region": self.region} if self.region else {}
        return {"period": self.period, **region, **dict(sorted(self.filters.items()))}


_NO_REF = Text(
    "“{found}”不是引用：应形如 figure:代码?period=2023",
    "“{found}” is no reference: expected for example figure:code?period=2023",
)


@dataclass(frozen=True, slots=True)
class Ref:
    """`kind:name?word=value&…`: the address of a node in the lineage; written so that it may stand in an address."""

    kind: str
    name: str
    words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, written: str) -> Ref:
        kind, colon, rest = written.partition(":")
        name, _, query = rest.partition("?")
        if not (kind and colon and name):
            raise Unanswerable("FIG-REF", _NO_REF.format(found=written))
        return cls(kind, name, dict(parse_qsl(query, keep_blank_values=True)))

    @property
    def key(self) -> int:
        """The name as a record's number; 0, which no record has, where it is none."""
        return whole(self.name) or 0

    def __str__(self) -> str:
        query = urlencode(self.words, quote_via=quote, safe="")
        return f"{self.kind}:{self.name}" + (f"?{query}" if query else "")

    def with_words(self, **words: str) -> Ref:
        return Ref(self.kind, self.name, {**self.words, **words})
