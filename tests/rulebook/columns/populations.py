"""Random records of any guideline, made of its own inputs: likely, adversarial and absent values at every level."""

from typing import Any

from hypothesis import strategies as st

from tanzhi.rulebook.kernel import Guideline
from tanzhi.rulebook.kernel.rules import CHOICE, DATE, INPUT, Rule

ABSENT = ["", None, "NR", "EX", "abc", "1,5"]
# Halves of every scale (ties of one rounding, and of the next), zeros in several spellings, more digits than are
# declared, magnitudes beyond 2^53 units, and numbers whose differences cancel.
NUMBERS = [
    "0", "0.00", "0.005", "0.0005", "0.5", "1", "1.5", "2.5", "12", "24.5", "99.99", "100", "0.12345", "33.335",
    "0.1", "0.3", "3", "7", "11", "0.0000001", "12345678901234567890.12345", "90071992547409.93", "9007199254740993",
    "1e3", "-1.005", "83.74", "20", "45000000.00", "45000000.01", "44999999.99",
]  # fmt: skip
TEXTS = ["2023-01-15", "2023-02-30", "A-7", ""]


def years_of(guideline: Guideline) -> list[int]:
    """The years asked for: 2019 to 2026, and whichever the guideline's law begins or ends in."""
    return sorted({*range(2019, 2027), *(day.year for day in guideline.boundaries() if day.year > 2000)})


def filed(rule: Rule, there: bool = False) -> st.SearchStrategy[Any]:
    """A value of this field: likely, adversarial, or (unless it is to be there) absent."""
    if rule.kind == INPUT:
        decimals = rule.decimals or 0
        likely = st.integers(0, 10 ** (decimals + 3)).map(lambda n: f"{n / 10**decimals:.{decimals}f}")
        odd = st.sampled_from(NUMBERS)
        return st.one_of(likely, likely, odd) if there else st.one_of(likely, odd, st.sampled_from(ABSENT))
    if rule.kind == CHOICE and rule.options:
        return st.sampled_from([*rule.options, *([] if there else ABSENT)])
    return st.sampled_from(TEXTS) if rule.kind == DATE else st.sampled_from([*TEXTS, None])


@st.composite
def records(draw: st.DrawFn, guideline: Guideline, year: int, level: str = "") -> dict[str, Any]:
    """One record of a level, the top one at first, with all that lies below it."""
    level = level or guideline.top
    rules = {r.name: r for r in guideline.edition(year).by_level.get(level, ()) if r.filed}
    whole = draw(st.booleans())
    asked = rules if whole or not rules else draw(st.sets(st.sampled_from([*rules])))
    found = {name: draw(filed(rules[name], whole)) for name in rules if name in asked}
    if level not in found and draw(st.booleans()):
        found[level] = draw(key(level, year))
    for low in (low for low, high in guideline.under.items() if high == level):
        size = draw(st.integers(0, 3))
        found[guideline.levels[low].plural] = [draw(records(guideline, year, low)) for _ in range(size)]
    return found


def key(level: str, year: int) -> st.SearchStrategy[Any]:
    """What a record of the level may be called."""
    months = st.integers(1, 12).map(lambda n: f"{year}-{n:02d}")
    return st.one_of(months, st.just("")) if level == "month" else st.sampled_from(["1", "2", 3, "", None])
