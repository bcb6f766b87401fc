"""Charts: one definition drawn for the page, for print and as a file, with its data as a table beside it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pylopdf_fonts_zh_cn
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tanzhi.actions.language import code, say
from tanzhi.presentation.lists.listing import ListCell, ListColumn
from tanzhi.rulebook.kernel.text import Text

from .colours import FONTS, series, tokens

if TYPE_CHECKING:
    from django.http import HttpRequest

    Draw = Callable[["Canvas"], Any]

FILES = {"svg": "image/svg+xml", "png": "image/png"}
DAY = 24 * 3600
WIDE, NARROW = 960, 340  # pixels of a picture on a desk, and on a phone
AXIS = 80  # what the numbers beside a picture take of its width
FEW = 5
"""Up to so many an axis names each number; a picture's own steps would be halves."""
MOST_DEFINITIONS = 256
_DEFINITIONS: OrderedDict[tuple[Hashable, ...], str] = OrderedDict()
_DRAWING = Lock()
THIN_LABELS = "replace(datum.label, /,/g, '\u202f')"
THIN_GROUPS = "replace(format(datum.value, ',d'), /,/g, '\u202f')"  # as the pages write numbers


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a drawing is made of: rows as plain numbers and words, what each column is called, its width."""

    rows: list[dict[str, Any]]
    labels: dict[str, str]
    kinds: Mapping[str, str]
    width: int = WIDE  # of the whole picture, its axes among it, so that every picture fills its card alike
    height: int = 260

    def base(self) -> Any:
        import altair as alt  # dear to import: only whoever draws pays for it

        return alt.Chart(alt.InlineData(self.rows)).properties(width=self.width, height=self.height)

    def across(self, name: str, limit: int = 220, **bar: Any) -> tuple[Any, dict[str, Any]]:
        """Bars laid down, and where their names stand: beside them, and on a phone above them, where they fit."""
        import altair as alt

        if self.width == WIDE:
            return self.base().mark_bar(**bar), {"axis": alt.Axis(labelLimit=limit)}
        named = len({row[name] for row in self.rows})
        names = alt.Axis(
            labelAlign="left", labelPadding=0, labelOffset=-14, labelLimit=self.width, ticks=False, domain=False
        )
        return self.base().mark_bar(size=10, yOffset=8).properties(height=44 * named + 30), {"axis": names}

    def axis(self, name: str) -> tuple[str, str]:
        """A column as a drawing names it, and its title."""
        return f"{name}:{'Q' if self.kinds[name] == 'number' else 'N'}", self.labels[name]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title states the finding, its columns and rows are its table, `draw` is its picture."""

    name: str
    title: Text
    columns: Sequence[ListColumn]
    rows: Sequence[Mapping[str, Any]]
    draw: Draw
    note: Text | None = None  # source or basis, under the title
    height: int = 260

    @property
    def table(self) -> list[list[ListCell]]:
        """The same values as the picture's, exact."""
        return [[ListCell(column, column.of(row)) for column in self.columns] for row in self.rows]

    @property
    def svg(self) -> SafeString:
        """The picture for the page; its title stands beside it in words."""
        return self._drawn_for_page(WIDE)

    @property
    def narrow_svg(self) -> SafeString:
        """The same for a phone, where the wide one would show its names and none of its amounts."""
        return self._drawn_for_page(NARROW)

    def _drawn_for_page(self, width: int) -> SafeString:
        drawn = _picture(self._definition(titled=False, width=width), "svg").decode()
        named = f'<svg role="img" aria-label="{escape(say(self.title))}" '
        head, end, rest = drawn.partition(">")
        # As wide as its card; its viewBox keeps the proportions.
        head = re.sub(r' width="[^"]*" height="[^"]*"', ' width="100%"', head, count=1)
        # vl-convert drew it from our own data, and escapes the words in it
        return mark_safe(head.replace("<svg ", named, 1) + end + rest)  # noqa: S308

    def file(self, kind: str) -> bytes:
        """The picture as a file, with its title."""
        return _picture(self._definition(titled=True), kind)

    def _definition(self, titled: bool, width: int = WIDE) -> str:
        """The specification as it is written, made once of the same rows drawn in the same manner."""
        canvas, title = self._canvas(width), say(self.title) if titled else ""
        manner = manner_of(self.draw)
        if manner is None:
            return _written(self._specification(titled, width))
        drawn_rows = json.dumps([canvas.rows, canvas.labels, canvas.kinds, canvas.height], ensure_ascii=False)
        key = (manner, code(), title, width, drawn_rows)
        with _DRAWING:
            text = _DEFINITIONS.get(key)
            if text is not None:
                _DEFINITIONS.move_to_end(key)
        if text is None:
            text = _written(self._specification(titled, width))
            with _DRAWING:
                _DEFINITIONS[key] = text
                while len(_DEFINITIONS) > MOST_DEFINITIONS:
                    _DEFINITIONS.popitem(last=False)
        return text

    def _canvas(self, width: int) -> Canvas:
        labels = {column.name: say(column.heading) for column in self.columns}
        kinds = {column.name: column.kind for column in self.columns}
        rows = [{column.name: _drawn(column.of(row)) for column in self.columns} for row in self.rows]
        return Canvas(rows, labels, kinds, width=width, height=self.height)

    def _specification(self, titled: bool, width: int = WIDE) -> dict[str, Any]:
        _trust_own_words()
        drawn = self.draw(self._canvas(width))
        drawn = drawn.properties(title=say(self.title)) if titled else drawn
        specification: dict[str, Any] = drawn.to_dict(validate=False)
        specification["config"] = house() if width == WIDE else _house_on_a_phone()
        return specification


def _drawn(value: Any) -> Any:
    """A value as a picture needs it: a length on paper has no more digits than a float."""
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _house_on_a_phone() -> dict[str, Any]:
    """Names take less of a narrow picture, and those of a legend stand below one another."""
    manner = house()
    return manner | {
        "axis": manner["axis"] | {"labelLimit": 110},
        "axisQuantitative": manner["axisQuantitative"] | {"tickCount": 4},
        "legend": manner["legend"] | {"columns": 1, "labelLimit": NARROW - 40},
    }


def house() -> dict[str, Any]:
    """The manner of every chart: ink on paper, hairlines, mineral pigments, Chinese fonts by their names."""
    ink, line = tokens()["ink-2"], tokens()["line"]
    words = {
        "labelColor": ink,
        "titleColor": ink,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "font": FONTS,
        "background": "transparent",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "view": {"stroke": None},
        "title": {"anchor": "start", "fontSize": 15, "fontWeight": "normal", "color": tokens()["ink"], "offset": 14},
        "axis": words
        | {"gridColor": line, "domainColor": tokens()["line-strong"], "tickColor": line, "labelLimit": 220},
        "axisQuantitative": {"labelOverlap": "greedy", "labelSeparation": 6},
        "axisX": {"grid": False, "labelAngle": 0},
        "legend": words | {"orient": "top", "title": None, "symbolStrokeWidth": 3},
        "range": {"category": series()},
        "bar": {"color": tokens()["malachite"]},
        "line": {"color": tokens()["malachite"], "strokeWidth": 2},
        "rule": {"color": ink},
        "text": {"color": ink, "font": FONTS, "fontSize": 12},
    }


FEW_BARS, WIDEST_BAR = 3, 64
"""So few bars would fill the picture: each is at most so wide, in pixels."""


def bars(x: str, y: str, by: str = "", across: bool = False) -> Draw:
    """Bars of `y` over `x`, in the rows' order; stacked by a third column; `across` lays them down for long names."""

    def draw(canvas: Canvas) -> Any:
        import altair as alt

        (name, _), (amount, title) = canvas.axis(x), canvas.axis(y)
        band: dict[str, Any] = {"sort": None, "title": None}
        encoding: dict[str, Any] = {}
        few = len({row[x] for row in canvas.rows}) <= FEW_BARS
        size = {"size": WIDEST_BAR} if few else {}
        drawn = canvas.base().mark_bar(**size)
        if across:
            drawn, names = canvas.across(x, **size)
            encoding |= {"y": alt.Y(name.replace(":Q", ":N"), **band, **names)}
            encoding |= {"x": alt.X(amount, title=title, **_whole(canvas, x, y))}
        else:
            encoding |= {"x": alt.X(name.replace(":Q", ":N"), **band, **_slant(canvas, x))}
            encoding |= {"y": alt.Y(amount, title=title, **_whole(canvas, x, y))}
        if by:
            encoding["color"] = alt.Color(canvas.axis(by)[0], sort=None)
        return drawn.encode(**encoding)

    return draw


def lines(x: str, y: str, by: str = "") -> Draw:
    """A line of `y` over `x` with its points, one for each value of a third column, told apart by dashes as well."""

    def draw(canvas: Canvas) -> Any:
        import altair as alt

        (name, _), (amount, title) = canvas.axis(x), canvas.axis(y)
        encoding: dict[str, Any] = {
            "x": alt.X(name.replace(":Q", ":O"), sort=None, title=None, **_slant(canvas, x)),
            "y": alt.Y(amount, title=title, scale=alt.Scale(zero=False), axis=alt.Axis(labelExpr=THIN_LABELS)),
        }
        if by:
            series = canvas.axis(by)[0]
            encoding |= {"color": alt.Color(series, sort=None), "strokeDash": alt.StrokeDash(series, sort=None)}
        return canvas.base().mark_line(point=True).encode(**encoding)

    return draw


def _whole(canvas: Canvas, x: str, y: str) -> dict[str, Any]:
    """Where things are counted, no half of one stands on the axis; few are counted one by one."""
    import altair as alt

    if not all(isinstance(row[y], int) for row in canvas.rows):
        return {"axis": alt.Axis(labelExpr=THIN_LABELS)}
    heights: Counter[Any] = Counter()
    for row in canvas.rows:
        heights[row[x]] += row[y]
    top = max(heights.values(), default=0)
    steps = {"values": list(range(top + 1))} if top <= FEW else {"tickMinStep": 1}
    return {"axis": alt.Axis(format="d", labelExpr=THIN_GROUPS, **steps)}


def _slant(canvas: Canvas, x: str) -> dict[str, Any]:
    """More words than stand side by side under the picture are written aslant."""
    import altair as alt

    words = {str(row[x]) for row in canvas.rows}
    wide = sum(7 * len(word.encode("gbk", "replace")) + 8 for word in words)
    return {"axis": alt.Axis(labelAngle=-50)} if wide > canvas.width - AXIS else {}


def download(request: HttpRequest, *charts: Chart) -> HttpResponse | None:
    """The file of one of a page's charts, where `?chart=NAME&as=svg|png` asks for it."""
    name, kind = request.GET.get("chart", ""), request.GET.get("as", "")
    match = next((chart for chart in charts if chart.name == name), None)
    if match is None or kind not in FILES:
        return None
    named = {"Content-Disposition": f'attachment; filename="{match.name}.{kind}"'}
    return HttpResponse(match.file(kind), content_type=FILES[kind], headers=named)


def manner_of(draw: Draw) -> Hashable | None:
    """What a function that draws is told apart by: its code and the words and numbers that it was made with.

    None where it was made with anything else, which may change.
    """
    if not isinstance(draw, FunctionType) or draw.__defaults__ or draw.__kwdefaults__:
        return None
    made_with = tuple(cell.cell_contents for cell in draw.__closure__ or ())
    if not all(value is None or isinstance(value, str | int | Decimal | date | Text) for value in made_with):
        return None
    return draw.__code__, made_with


def _written(specification: dict[str, Any]) -> str:
    return json.dumps(specification, sort_keys=True, ensure_ascii=False)


def _picture(text: str, kind: str) -> bytes:
    """The drawing, kept for a day under the digest of its definition."""
    key = f"chart-{kind}-{hashlib.sha256(text.encode()).hexdigest()}"
    picture: bytes | None = cache.get(key)
    if picture is None:
        import vl_convert  # by the first drawing, not by every command

        _register_fonts()
        if kind == "svg":
            picture = vl_convert.vegalite_to_svg(text, allowed_base_urls=[]).encode()
        else:
            picture = vl_convert.vegalite_to_png(text, scale=2, allowed_base_urls=[])
        cache.set(key, picture, DAY)
    return picture


@lru_cache(maxsize=1)
def _trust_own_words() -> None:
    """Without the check of every word against Vega's schema, five sixths of the work: a test makes it instead."""
    from altair.utils import schemapi

    schemapi.DEBUG_MODE = False


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(Path(pylopdf_fonts_zh_cn.__file__).parent))
