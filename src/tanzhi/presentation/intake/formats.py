"""What a cell's number format makes of its value: a day, a percentage, or something that is not what is stored."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

DATE, TIME, PERCENT, OTHER, INVISIBLE = "date", "time", "percent", "other", "invisible"
BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), *range(34, 37), *range(50, 59)), DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), TIME),
    **dict.fromkeys((9, 10), PERCENT),
}
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].')
_BRACKET = re.compile(r"\[([^\]]*)\]")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_LAST_DAY = 2_958_465  # 9999-12-31


def kind_of(code: str) -> str:
    """What a format code shows; blank: the stored number or text itself."""
    if not code or code.lower() == "general" or code == "@":
        return ""
    if not code.replace(";", "").strip():
        return INVISIBLE
    literals = "".join(quoted + single for quoted, single in _LITERAL.findall(code))
    plain = _LITERAL.sub("", code)
    elapsed = any(re.fullmatch(r"[hms]+", words.lower()) for words in _BRACKET.findall(plain))
    section = _BRACKET.sub("", plain).split(";")[0].lower().replace("general", "")
    letters = set(section) & set("ymdhs")
    if elapsed or (letters & set("hs") and not letters & set("yd")):  # m is the minute beside an hour
        return TIME
    if letters:
        return DATE
    if "%" in section:
        return PERCENT
    odd = _SCALED.search(section) or any(sign.isdigit() for sign in literals) or not section.strip()
    return OTHER if odd else ""


def day_of(serial: float, from_1904: bool) -> str:
    """A spreadsheet's day number as an ISO date, with the time where there is one; blank where it is no day."""
    if not 0 <= serial <= _LAST_DAY:
        return ""
    if from_1904:
        start = datetime(1904, 1, 1)  # noqa: DTZ001  a spreadsheet's days have no zone
    elif 60 <= serial < 61:
        return ""  # 29 February 1900, which spreadsheets believe in
    else:
        start = datetime(1899, 12, 30 if serial >= 61 else 31)  # noqa: DTZ001  a spreadsheet's days have no zone
    try:
        moment = start + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return ""
    return iso(moment)


def iso(moment: datetime) -> str:
    """A day without its midnight."""
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return date.isoformat(moment.date()) if midnight else moment.isoformat(" ", "seconds")
