"""How an amount is said: 9542.14万吨 or 95.4214 Mt, 221.16亿元 or 22.116 bn yuan, with the full value beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext

from tanzhi.rulebook.kernel import HALF_UP, Text
from tanzhi.rulebook.kernel.rounding import EXACT, plain, round_legally
from tanzhi.rulebook.kernel.text import same


@dataclass(frozen=True, slots=True)
class Scale:
    """A larger unit, used from `size` of the smallest one on, with so many decimals at most."""

    words: str
    size: Decimal
    decimals: int
    whole: bool = False  # used only where it loses no digit: 1.92亿吨, but 23023.02万吨
    always: bool = False  # used also below its size: 0.35万吨
    fixed: bool = False  # with all its decimals, also those that are nought: 4.70亿元


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a figure's unit is called in full, and in which larger ones each language says it, the largest first."""

    words: Text
    zh: tuple[Scale, ...] = ()
    en: tuple[Scale, ...] = ()
    per: Decimal = Decimal(1)  # how many of the unit that is said make one of the stored one: 0.01 yuan a fen


EXACT_DECIMALS = 9  # more than any stored amount has
LARGE, MIDDLE, BASE = "large", "middle", "base"


@dataclass(frozen=True, slots=True)
class Manner:
    """In which size of its unit an amount is said, and with how many decimals; by itself where nothing is named."""

    size: str = ""
    decimals: int | None = None

    def scales(self, unit: UnitWords, language: str) -> tuple[Scale, ...]:
        """The larger units to say it in, the first that fits."""
        scales: tuple[Scale, ...] = getattr(unit, language)
        if self.size:
            at = (LARGE, MIDDLE, BASE).index(self.size)
            smallest = Scale(getattr(unit.words, language), Decimal(1), EXACT_DECIMALS)
            scales = (replace([*scales, smallest][at], whole=False, always=True),)
        if self.decimals is None:
            return scales
        return tuple(replace(scale, decimals=self.decimals, fixed=True) for scale in scales)


BY_ITSELF = Manner()


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in words: `short` for a sentence or a headline, `full` to the last digit; `cut` if `short` lost some."""

    short: Text
    full: Text
    cut: bool

    @property
    def sentence(self) -> Text:
        """As a sentence says it: where the short form lost digits, all of them stand beside it."""
        if not self.cut:
            return self.short
        return Text("{short}（{full}）", "{short} ({full})").format(short=self.short, full=self.full)


def _tonnes(zh: str, en: str) -> UnitWords:
    mass = (Scale(f"Mt{en}", Decimal("1e6"), 4), Scale(f"kt{en}", Decimal("1e3"), 3))
    chinese = (Scale(f"亿吨{zh}", Decimal("1e8"), 2, whole=True), Scale(f"万吨{zh}", Decimal("1e4"), 2))
    return UnitWords(Text(f"吨{zh}", f"t{en}"), chinese, mass)


_YUAN_ZH = (Scale("亿元", Decimal("1e8"), 2), Scale("万元", Decimal("1e4"), 2))
_YUAN_EN = (Scale("bn yuan", Decimal("1e9"), 3), Scale("M yuan", Decimal("1e6"), 2))
_YUAN = Text("元", "yuan")
UNITS = {
    "t": _tonnes("", ""),
    "tCO2": _tonnes("二氧化碳", " CO₂"),
    "tCO2e": _tonnes("二氧化碳当量", " CO₂e"),
    "CNY": UnitWords(_YUAN, _YUAN_ZH, _YUAN_EN),
    "fen": UnitWords(_YUAN, _YUAN_ZH, _YUAN_EN, Decimal("0.01")),
    "10^4 CNY": UnitWords(_YUAN, _YUAN_ZH, _YUAN_EN, Decimal(10000)),
    "10^4 tCO2e": UnitWords(
        _tonnes("二氧化碳当量", " CO₂e").words,
        _tonnes("二氧化碳当量", " CO₂e").zh,
        _tonnes("二氧化碳当量", " CO₂e").en,
        Decimal(10000),
    ),
    "10^4 t": UnitWords(_tonnes("", "").words, _tonnes("", "").zh, _tonnes("", "").en, Decimal(10000)),
}
COUNTED = {
    "enterprises": Text("家", "enterprises"),
    "units": Text("台机组", "generating units"),
    "plans": Text("份", "plans"),
    "deposits": Text("份", "deposits"),
    "clues": Text("条", "clues"),
    "targets": Text("个", "targets"),
    "projects": Text("个项目", "projects"),
    "documents": Text("份", "documents"),
    "clauses": Text("条", "clauses"),
    "cities": Text("个", "cities"),
    "parks": Text("个", "parks"),
    "pilots": Text("个", "pilots"),
    "tasks": Text("项", "tasks"),
    "rounds": Text("轮", "rounds"),
    "reports": Text("份", "reports"),
    "departments": Text("个部门", "departments"),
    "visits": Text("家次", "visits"),
    "drafts": Text("件", "drafts"),
    "regions": Text("个", "cities and prefectures"),
    "areas": Text("个", "areas"),
    "people": Text("名", "individuals"),
    "meetings": Text("次", "meetings"),
    "courses": Text("期", "courses"),
    "date": Text("日期", "date"),  # the answer is a day, which needs no unit
}
PERCENT = "%"


def unit_words(unit: str) -> Text:
    return UNITS[unit].words if unit in UNITS else same(unit)


def amount(value: Decimal, unit: str, counted: Text | None = None, manner: Manner = BY_ITSELF) -> Amount:
    """A value with its unit in words; `counted` says what a count counts."""
    if unit in UNITS:
        in_words = UNITS[unit]
        value = value if in_words.per == 1 else (value * in_words.per).normalize()
        full = Text(f"{grouped(value)}{in_words.words.zh}", f"{grouped(value)} {in_words.words.en}")
        (zh, cut_zh), (en, cut_en) = (_largest(value, manner.scales(in_words, language)) for language in ("zh", "en"))
        return Amount(Text(zh or full.zh, en or full.en), full, cut_zh or cut_en)
    if unit == PERCENT:
        full = _percent(value.normalize() if value == value.to_integral_value() else value)  # 100%, but 97.20%
        if manner.decimals is None:
            return Amount(full, full, cut=False)
        rounded = round_legally(value, manner.decimals, HALF_UP)
        return Amount(_percent(rounded), full, cut=rounded != value)
    number, words = grouped(value), counted or same(unit)
    written = Text(f"{number}{words.zh}", f"{number} {words.en}")
    return Amount(written, written, cut=False)


def _percent(value: Decimal) -> Text:
    return Text(f"{grouped(value)}%", f"{grouped(value)} %")


def day(value: date) -> Amount:
    """A day as a sentence says it; it has no unit."""
    words = Text(f"{value.year}年{value.month}月{value.day}日", f"{value.day} {value:%B} {value.year}")
    return Amount(words, words, cut=False)


def _largest(value: Decimal, scales: tuple[Scale, ...]) -> tuple[str, bool]:
    """In the largest unit that the value reaches; empty where it reaches none. Whether digits were lost."""
    for scale in scales:
        if scale.always or abs(value) >= scale.size:
            with localcontext(EXACT):
                exact = value / scale.size
                rounded = round_legally(exact, scale.decimals, HALF_UP)
            if scale.whole and rounded != exact:
                continue
            chinese = "\u4e00" <= scale.words[0] <= "\u9fff" and scale.size > 1
            number = grouped(rounded if scale.fixed else rounded.normalize())
            # 9542.14万吨: counted in 万 and 亿, Chinese groups no thousands
            written = f"{number.replace(',', '')}{scale.words}" if chinese else f"{number} {scale.words}"
            return written, rounded != exact
    return "", False


def moved(percent: Decimal, manner: Manner = BY_ITSELF) -> Text:
    """A change in per cent as it is said: 下降52.2%, down 52.2 %."""
    if manner.decimals is not None:
        percent = round_legally(percent, manner.decimals, HALF_UP)
    words = Text("下降{n}%", "down {n} %") if percent < 0 else Text("上升{n}%", "up {n} %")
    return words.format(n=grouped(abs(percent))) if percent else Text("持平", "unchanged")


def grouped(number: Decimal) -> str:
    """In full, in groups of three, with a true minus: 95,421,400.25."""
    whole, point, decimals = plain(abs(number)).partition(".")
    return ("−" if number < 0 else "") + f"{int(whole):,}" + point + decimals
