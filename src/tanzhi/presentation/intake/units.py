"""Units as people head their columns, and the exact factor between two; a doubtful one is asked, not guessed."""

from __future__ import annotations

import re
from decimal import Decimal

# unit → what it measures, how many of the base unit it is, how it is spelled (without spaces, in small letters)
UNITS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "t": ("mass", "1", ("t", "吨", "公吨")),
    "kg": ("mass", "0.001", ("kg", "千克", "公斤")),
    "g": ("mass", "0.000001", ("g", "克")),
    "10^4t": ("mass", "10000", ("10^4t", "万吨", "万t")),
    "tce": ("coal equivalent", "1", ("tce", "吨标准煤", "吨标煤")),
    "kgce": ("coal equivalent", "0.001", ("kgce", "千克标准煤", "公斤标煤")),
    "10^4tce": ("coal equivalent", "10000", ("10^4tce", "万吨标准煤", "万吨标煤", "万tce")),
    "MWh": ("electricity", "1", ("mwh", "兆瓦时", "兆瓦·时", "mw·h")),
    "kWh": ("electricity", "0.001", ("kwh", "千瓦时", "千瓦·时", "kw·h", "度")),
    "10^4kWh": ("electricity", "10", ("10^4kwh", "万千瓦时", "万kwh", "万kw·h", "万度")),
    "GWh": ("electricity", "1000", ("gwh", "吉瓦时")),
    "10^8kWh": ("electricity", "100000", ("10^8kwh", "亿千瓦时", "亿kwh", "亿度")),
    "GJ": ("heat", "1", ("gj", "吉焦", "百万千焦")),
    "MJ": ("heat", "0.001", ("mj", "兆焦")),
    "TJ": ("heat", "1000", ("tj", "太焦")),
    "m3": ("volume", "1", ("m3", "立方米")),
    "10^4m3": ("volume", "10000", ("10^4m3", "万立方米", "万m3")),
    "10^8m3": ("volume", "100000000", ("10^8m3", "亿立方米", "亿m3")),
    "GJ/t": ("heat of combustion", "1", ("gj/t", "吉焦/吨")),
    "MJ/kg": ("heat of combustion", "1", ("mj/kg", "兆焦/千克")),
    "kJ/kg": ("heat of combustion", "0.001", ("kj/kg", "千焦/千克", "j/g")),
    "GJ/10^4Nm3": (
        "heat by volume",
        "1",
        ("gj/10^4nm3", "gj/万nm3", "吉焦/万标准立方米", "吉焦/万标立方米"),
    ),
    "MJ/Nm3": ("heat by volume", "10", ("mj/nm3", "兆焦/标准立方米", "兆焦/标立方米")),
    "kJ/Nm3": ("heat by volume", "0.01", ("kj/nm3", "千焦/标准立方米", "千焦/标立方米")),
    "tC/10^4Nm3": ("carbon by volume", "1", ("tc/10^4nm3", "tc/万nm3", "吨碳/万标准立方米", "吨碳/万标立方米")),
    "tC/GJ": ("carbon by heat", "1", ("tc/gj", "吨碳/吉焦")),
    "tC/TJ": ("carbon by heat", "0.001", ("tc/tj", "吨碳/太焦")),
    "h": ("time", "1", ("h", "小时")),
    "degC": ("temperature", "1", ("degc", "℃", "°c", "摄氏度")),
    "tC/t": ("share of mass", "1", ("tc/t", "吨碳/吨")),
    "%": ("share of mass", "0.01", ("%", "百分比", "百分数")),
    "MW": ("power", "1", ("mw", "兆瓦")),
    "kW": ("power", "0.001", ("kw", "千瓦")),
    "10^4kW": ("power", "10", ("10^4kw", "万千瓦", "万kw")),
    "CNY": ("money", "1", ("cny", "元", "人民币元", "yuan")),
    "10^4CNY": ("money", "10000", ("10^4cny", "万元", "10^4yuan")),
    "10^8CNY": ("money", "100000000", ("10^8cny", "亿元", "10^8yuan")),
    # Each of these is two units: a calorie of 4.1868 J (GB/T 2589) or of 4.1816 J (GB/T 213, at 20 °C), a cubic metre
    # at 0 or at 20 °C, a tonne of coal as received or dry. Whoever keeps the ledger says which.
    "kcal/kg": ("", "", ("kcal/kg", "千卡/千克", "大卡/千克", "大卡/公斤", "大卡", "cal/g", "卡/克")),
    "Nm3": ("", "", ("nm3", "标准立方米", "标立方米", "标方")),
    "10^4Nm3": ("", "", ("10^4nm3", "万标准立方米", "万标方", "万nm3", "万方")),
}
SPELLED = {spelling: unit for unit, (_, _, spellings) in UNITS.items() for spelling in spellings}
_BRACKETS = re.compile(r"[（(\[【]([^（()）\[\]【】]{1,20})[）)\]】]")
_PLAIN = str.maketrans("³⁴⁸％／×", "348%/x")


def unit_named(words: str) -> str:
    """The unit that some words are; blank where they are none that is listed here."""
    powers = words.replace("10⁴", "10^4").replace("10⁸", "10^8")
    plain = "".join(powers.split()).translate(_PLAIN).lower().removeprefix("单位:").removeprefix("单位：")
    return SPELLED.get(plain, "")


def unit_in(heading: str) -> str:
    """The unit that a heading states in brackets: 发电量（万千瓦时）; blank where it states none that is known."""
    return next((unit for words in reversed(_BRACKETS.findall(heading)) if (unit := unit_named(words))), "")


def factor(stated: str, needed: str) -> Decimal | None:
    """By what a number in the one unit is multiplied to stand in the other; None where nobody may say."""
    source, target = UNITS.get(unit_named(stated)), UNITS.get(unit_named(needed))
    if source is None or target is None or not source[0] or source[0] != target[0]:
        return None
    return Decimal(source[1]) / Decimal(target[1])  # powers of ten: exact
