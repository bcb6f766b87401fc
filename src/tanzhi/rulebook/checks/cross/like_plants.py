"""Checks of a plant beside like plants: outliers by sector, and numbers that two plants state alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .limits import CrossLimits
from .robust import median, middle_of, power_of_ten, words
from .year_books import HOURS, UNRELATED, Compared, CrossHit, Series, YearBook, cross_check, number_words

Member = tuple[YearBook, Series, Decimal]
SCALE = Text("约为同类中位数的 10^{n} 倍", "about 10^{n} times the median of like plants")
METHOD = Text(
    "同行业同类设备之间比较：与中位数之差超过绝对中位差的若干倍且超过规定比例；单位数不足的不比较",
    "Like units of one industry beside each other: farther from their median than so many median absolute deviations"
    " and than a share; too few plants are not compared",
)


def outliers(code: str, groups: dict[tuple[str, ...], list[Member]], limits: CrossLimits) -> Iterator[CrossHit]:
    """Members of a group that are far from its median."""
    for group in groups.values():
        if len({of.plant for of, _, _ in group}) < limits.like_plants:
            continue
        middle = middle_of([value for _, _, value in group])
        limit = middle.limit(limits.distance_in_deviations, limits.like_plants_distance)
        for of, series, value in group:
            if abs(value - middle.median) <= limit:
                continue
            power = power_of_ten(value, middle.median, limits.scale_tolerance)
            actual = SCALE.format(n=power) if power else same(words(value))
            expected = Text("与同类中位数 {median} 相差不超过 {limit}", "within {limit} of like plants' {median}")
            yield of.hit(
                code, series, min(series.months), actual,
                expected.format(median=words(middle.median), limit=words(limit)),
                number_words(Text("该单位", "this plant"), words(value)),
                number_words(Text("同类设备数", "like units"), str(middle.number)),
                number_words(Text("同类中位数", "median of like plants"), words(middle.median)),
                number_words(Text("绝对中位差", "median absolute deviation"), words(middle.deviation)),
            )  # fmt: skip


@cross_check("PRV-RATE", Text("检测值异于同类", "A tested value unlike that of like plants"), METHOD)
def unlike_rates(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    """The median of a plant's months, so that one wild month is the business of another check."""
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for of in plants:
        for series in of.series:
            if series.rate and len(series.months) >= limits.compared_months:
                key = (of.industry, of.kinds.get(series.unit, ""), *series.key)
                groups[key].append((of, series, median([cell.number for cell in series.months.values()])))
    return outliers("PRV-RATE", groups, limits)


@cross_check("PRV-USE", Text("单位产出用量异于同类", "Use by output unlike that of like plants"), METHOD)
def unlike_uses(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    """Of a unit's year: the sum of an amount by the sum of the output."""
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for of in plants:
        for series in of.series:
            used = series.field != of.output and series.field not in UNRELATED and not series.rate
            value = of.specific_of_year(series) if used and len(series.months) >= limits.compared_months else None
            if value:
                groups[of.industry, of.kinds.get(series.unit, ""), *series.key].append((of, series, value))
    return outliers("PRV-USE", groups, limits)


@cross_check("PRV-INTENSITY", Text("单位产出排放异于同类", "Emission by output unlike that of like plants"), METHOD)
def unlike_intensities(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for of in plants:
        for unit, emission in of.emissions.items():
            output = of.find(unit, "", of.output)
            total = sum((cell.number for cell in output.months.values()), Decimal(0)) if output else Decimal(0)
            if output is not None and total:
                groups[of.industry, of.kinds.get(unit, "")].append((of, output, emission / total))
    return outliers("PRV-INTENSITY", groups, limits)


Pairs = dict[tuple[int, int, str], list[tuple[Series, Series]]]


def pairs_with_equal_digits(plants: list[YearBook], limits: CrossLimits) -> Pairs:
    """By two plants' numbers in the list and a month, the series that have the same digits at both."""
    by_digits: dict[tuple[str, ...], list[tuple[int, Series]]] = defaultdict(list)
    for number, of in enumerate(plants):
        for series in (each for each in of.series if not each.rate and each.field != HOURS):
            for month, cell in series.months.items():
                if cell.distinctive >= limits.compared_digits:
                    by_digits[of.industry, month, *series.key, cell.digits].append((number, series))
    pairs: Pairs = defaultdict(list)
    for (_, month, *_), places in by_digits.items():
        for (first, own), (second, other) in combinations(places, 2):
            if first != second:
                pairs[first, second, month].append((own, other))
    return pairs


@cross_check(
    "PRV-TWIN",
    Text("数字与另一单位相同", "The numbers of another plant"),
    Text(
        "同行业两家单位同一月份的用量和产量中，每一位数字都相同的项达到规定项数",
        "So many amounts of one month have exactly the same digits at two plants of an industry",
    ),
)
def twins(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for (first, second, month), equal in pairs_with_equal_digits(plants, limits).items():
        if len(equal) < limits.copied_fields:
            continue
        actual = Text("{n} 项与另一单位同月相同", "{n} fields as at another plant").format(n=len(equal))
        expected = Text("少于 {n} 项", "fewer than {n}").format(n=limits.copied_fields)
        for of, other, mine in ((plants[first], plants[second], 0), (plants[second], plants[first], 1)):
            others = [pair[1 - mine] for pair in equal]
            numbers = [Compared(s.label, s.months[month].digits, s.months[month], other.plant) for s in others]
            yield of.hit("PRV-TWIN", equal[0][mine], month, actual, expected, *numbers)
