"""What every template needs: words in the request's language, numbers, days, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template import TemplateSyntaxError
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from tanzhi.actions.language import code
from tanzhi.actions.language import say as in_reader_language
from tanzhi.law.citations.english import cited as in_both_languages
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.units import printed, singular
from tanzhi.rulebook.clocks import MONTH_AND_DAY, WHOLE_DATE
from tanzhi.rulebook.kernel import Mark
from tanzhi.rulebook.kernel.text import Text

register = template.Library()
THIN = "\u2009"
COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")  # between the groups of a number, and nowhere else
MINUS = "\u2212"
NO_UNIT = {"1", MONTH_AND_DAY, WHOLE_DATE}
GAS = re.compile(r"(CO|CH|N)([24])(?![0-9])")  # in a unit: tCO2/MWh, tN2O
WORDS = {"years": Text("年", "years")}  # units that are words, which each language has its own for


@register.simple_tag
def t(zh: str, en: str, **values: Any) -> str:
    """`{% t "共 {n} 条" "{n} rows" n=count %}`: both languages where the message stands."""
    words = en if code() == "en" else zh
    filled = {name: in_reader_language(value) if isinstance(value, Text) else value for name, value in values.items()}
    return format_html(words, **filled) if values else words


@register.filter
def say(text: Any) -> str:
    """A Text, or one that was turned into plain data, in the language of the request; None says nothing."""
    if text is None or text == "":
        return ""
    if isinstance(text, dict) and {"zh", "en"} <= text.keys():
        return str(text[code()])
    if not isinstance(text, Text):
        raise TemplateSyntaxError(f"say needs a Text, not {type(text).__name__}")
    return in_reader_language(text)


@register.filter
def spoken(words: str | Text | None) -> str:
    """What a finding states: digits and cells as they are, words in the language of the request."""
    return in_reader_language(words) if isinstance(words, Text) else words or ""


@register.filter
def read(text: Any) -> str:
    """A Text as `say` has it, the numbers in it as the screen prints them: thin spaces for the commas of paper."""
    return COMMA.sub(THIN, say(text))


@register.filter
def number(value: Decimal | int | str | date | None) -> str:
    """Digits in thin groups of three with a true minus. A float is refused: it has already lost digits."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):  # a figure's answer may be a day
        return day(value)
    if isinstance(value, float | bool):
        raise TemplateSyntaxError(f"number refuses {type(value).__name__} {value!r}: give a Decimal, int or string")
    try:
        plain = format(Decimal(value), "f")
    except ArithmeticError:
        return str(value)
    sign, digits = (MINUS, plain[1:]) if plain.startswith("-") else ("", plain)
    whole, dot, part = digits.partition(".")
    return f"{sign}{int(whole):,}".replace(",", THIN) + dot + part


@register.filter
def in_unit(value: Decimal | None, unit: str) -> str:
    """A legal value as it is printed: a number, or the day that it names (MMDD, YYYYMMDD)."""
    if value is None or unit not in (MONTH_AND_DAY, WHOLE_DATE):
        return number(value)
    digits = f"{value:f}".zfill(len(unit))
    return "-".join(part for part in (digits[:-4], digits[-4:-2], digits[-2:]) if part)


@register.filter
def unit(value: str) -> SafeString:
    """A unit in print: powers raised, CO2 with its subscript, words in the reader's language; a day has none."""
    if value in WORDS:
        return format_html("{}", say(WORDS[value]))
    if value in NO_UNIT:
        return SafeString("")
    return SafeString(GAS.sub(r"\1<sub>\2</sub>", conditional_escape(printed(value))))


@register.filter
def counted(noun: Text, count: Decimal | int | None) -> str:
    """What a count is of, in the language of the request: one report, two reports."""
    words = in_reader_language(noun)
    return singular(words) if code() == "en" and count == 1 else words


@register.filter
def cited(source: str | None) -> str:
    """A source of law in the language of the request; what somebody entered in other words stands as entered."""
    return in_reader_language(in_both_languages(source)) if source else ""


@register.filter
def by_wording(marks: Iterable[Mark]) -> list[tuple[Text, int, str]]:
    """Reservations with the same words together: the words, how many, and their sources."""
    by_text: dict[Text, list[str]] = {}
    for mark in marks:
        by_text.setdefault(mark.text, []).append(mark.source)
    return [
        (text, len(sources), "; ".join(map(cited, dict.fromkeys(filter(None, sources)))))
        for text, sources in by_text.items()
    ]


@register.filter
def day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return (timezone.localtime(value) if isinstance(value, datetime) else value).strftime("%Y-%m-%d")


@register.filter
def moment(value: datetime | None) -> str:
    return "" if value is None else timezone.localtime(value).strftime("%Y-%m-%d %H:%M")


register.filter(explain_url)


@register.simple_tag
def explain_address(kind: str, key: object, quantity: str = "") -> str:
    """Where a record is explained by its kind of reference and its key, or one of its computed quantities."""
    return explain_url(f"{kind}:{key}?at=&name={quantity}" if quantity else f"{kind}:{key}")


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: Any) -> str:
    """The present address with some of its parameters changed; None drops one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value is not None:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"
