"""Checks between books of one fact: stock, month and year, this year and the last, the plant and the statistics."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .limits import CrossLimits
from .robust import middle_of, percent, words
from .year_books import (
    CLOSING,
    FORM_205_1,
    GRID_BILL,
    HOURS,
    OPENING,
    RECEIVED,
    SOLD,
    Compared,
    CrossHit,
    Series,
    YearBook,
    cross_check,
    number_words,
)

CONSUMED = ("fuel_consumption", "consumption", "material_quantity")
MONTHS = 12
BOOKS = {
    FORM_205_1: Text("统计报表（205-1）", "statistics (205-1)"),
    GRID_BILL: Text("电网结算单", "the grid's bills"),
}
CHANGE = Text("变化 {n}", "changed by {n}")


def stock_of(of: YearBook, series: Series) -> dict[str, Series]:
    """The stock's series beside a consumption; empty where no stock is filed."""
    names = (OPENING, RECEIVED, SOLD, CLOSING)
    rows = {name: of.find(series.unit, series.row, name) for name in names}
    return {name: row for name, row in rows.items() if row is not None}


@cross_check(
    "GEN-1",
    Text("全年购销存不平", "A year's stock does not balance"),
    Text(
        "年初库存 + 全年购入 − 外销 − 年末库存，与全年消耗之差超过规定比例",
        "Opening stock and the year's receipts, less what was sold and is left, differ from the year's consumption",
    ),
)
def year_of_stock(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            stock = stock_of(of, series) if series.field in CONSUMED else {}
            if not {OPENING, RECEIVED, CLOSING} <= stock.keys():
                continue
            opening, closing = stock[OPENING].months, stock[CLOSING].months
            first, last = min(opening), max(closing)
            received, used = (sum((c.number for c in s.months.values()), Decimal(0)) for s in (stock[RECEIVED], series))
            sold = sum((c.number for c in stock[SOLD].months.values()), Decimal(0)) if SOLD in stock else Decimal(0)
            rest = opening[first].number + received - sold - closing[last].number - used
            if abs(rest) > used * limits.stock_difference:
                actual = Text("不平 {n}", "a residual of {n}").format(n=words(rest))
                limit = percent(limits.stock_difference)
                expected = Text("不超过全年消耗的 {n}", "at most {n} of the consumption").format(n=limit)
                yield of.hit(
                    "GEN-1", series, min(series.months), actual, expected,
                    Compared(stock[OPENING].label, opening[first].digits, opening[first]),
                    number_words(stock[RECEIVED].label, words(received)),
                    Compared(stock[CLOSING].label, closing[last].digits, closing[last]),
                    number_words(series.label, words(used)),
                )  # fmt: skip


@cross_check(
    "GEN-1-CARRY",
    Text("期初与上月期末库存不等", "A month does not open with what the last one left"),
    Text("某月期初库存与上月期末库存不等", "A month's opening stock differs from the last month's closing stock"),
)
def carried_stock(plants: list[YearBook], _limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            closing = of.find(series.unit, series.row, CLOSING) if series.field == OPENING else None
            months = sorted(series.months) if closing else []
            for before, month in pairwise(months):
                left = closing.months.get(before) if closing else None
                if closing and left is not None and left.number != series.months[month].number:
                    expected = Text("{month} 期末 {n}", "closing of {month}: {n}").format(month=before, n=left.digits)
                    numbers = Compared(closing.label, left.digits, left)
                    yield of.hit("GEN-1-CARRY", series, month, same(series.months[month].digits), expected, numbers)


@cross_check(
    "GEN-14",
    Text("月度与年度不一致", "Month and year differ"),
    Text(
        "同一单元格在年度报告与月度存证中的数值不同", "The annual report states another number than the month's deposit"
    ),
)
def month_and_year(plants: list[YearBook], _limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            for month, cell in series.months.items():
                other = of.of_year.get((cell.place, series.field))
                if other is not None and other.number != cell.number:
                    words_of = Text("月度 {a}，年度 {b}", "month {a}, year {b}").format(a=cell.digits, b=other.digits)
                    year = Compared(Text("年度报告", "annual report"), other.digits, other)
                    yield of.hit("GEN-14", series, month, words_of, Text("相同", "the same"), year)


@cross_check(
    "GEN-16",
    Text("数字与上年同月相同", "Digits of the same month a year before"),
    Text(
        "同一设备某月与上年同月，每一位数字都相同的项达到规定项数",
        "So many fields of a unit's month have exactly the digits of the same month a year before",
    ),
)
def copied_years(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for unit, rows in of.by_unit.items() if of.before else ():
            pairs = [(s, before) for s in rows if of.before and (before := of.before.find(unit, s.row, s.field))]
            for month in sorted({month for s in rows for month in s.months}):
                earlier = f"{of.year - 1}{month[4:]}"
                equal = [
                    (s, before.months[earlier])
                    for s, before in pairs
                    if month in s.months
                    and earlier in before.months
                    and s.months[month].digits == before.months[earlier].digits
                    and s.months[month].distinctive >= limits.compared_digits
                ]
                if len(equal) >= limits.copied_fields:
                    actual = Text("{n} 项与 {month} 相同", "{n} fields as in {month}").format(
                        n=len(equal), month=earlier
                    )
                    expected = Text("少于 {n} 项", "fewer than {n}").format(n=limits.copied_fields)
                    numbers = [Compared(s.label, cell.digits, cell) for s, cell in equal]
                    yield of.hit("GEN-16", equal[0][0], month, actual, expected, *numbers)


@cross_check(
    "PRV-SCALED-YEAR",
    Text("全年按同一倍数改写上年", "The year is last year's by one factor"),
    Text(
        "一项用量或产量各月与上年同月之比几乎为同一数值：可能由上年数据推算",
        "An amount's months are last year's by nearly the same factor: they may be computed from last year's",
    ),
)
def scaled_years(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series if of.before else ():
            before = of.before.find(series.unit, series.row, series.field) if of.before and not series.rate else None
            ratios = {}
            for month, cell in series.months.items() if before and series.field != HOURS else ():
                was = before.months.get(f"{of.year - 1}{month[4:]}") if before else None
                if was is not None and was.number and cell.significant >= limits.compared_digits:
                    ratios[month] = cell.number / was.number
            if len(ratios) < limits.compared_months:
                continue
            middle = middle_of(ratios.values())
            far = max(abs(ratio - middle.median) for ratio in ratios.values())
            if far <= middle.median * limits.fixed_ratio_tolerance:
                actual = Text("{n} 个月均为上年同月的 {ratio} 倍", "{n} months are {ratio} times last year's")
                numbers = [number_words(same(month), words(ratio)) for month, ratio in ratios.items()]
                yield of.hit(
                    "PRV-SCALED-YEAR", series, min(ratios),
                    actual.format(n=len(ratios), ratio=words(middle.median)),
                    Text("各月变化不一", "changes that differ by month"), *numbers,
                )  # fmt: skip


def other_books(plants: list[YearBook], code: str, book: str, share: Decimal) -> Iterator[CrossHit]:
    """Facts of which another book says more or less than the plant reported, beyond a share of what it says."""
    for of in plants:
        output = sum((c.number for s in of.series if s.field == of.output for c in s.months.values()), Decimal(0))
        for fact in of.statistics:
            if fact.book != book or abs(fact.reported - fact.stated) <= abs(fact.stated) * share:
                continue
            numbers = [
                number_words(Text("各月合计", "the months in all"), words(fact.reported)),
                number_words(BOOKS[book], words(fact.stated)),
                number_words(Text("差值", "difference"), words(fact.reported - fact.stated)),
            ]
            if fact.in_report is not None:
                numbers.insert(1, number_words(Text("年度报告", "annual report"), words(fact.in_report)))
            if fact.months < MONTHS:
                numbers.append(number_words(Text("有报送的月数", "months reported"), str(fact.months)))
            if output:
                numbers.append(
                    number_words(Text("单位产出（报告）", "by output, reported"), words(fact.reported / output))
                )
                numbers.append(number_words(Text("单位产出（对照）", "by output, there"), words(fact.stated / output)))
            actual = Text("报告 {a}，{book} {b}", "reported {a}, {book} {b}")
            yield CrossHit(
                code, of.plant, of.year, fact.cell, fact.field, fact.label,
                actual.format(a=words(fact.reported), book=BOOKS[book], b=words(fact.stated)),
                Text("相差不超过 {n}", "within {n}").format(n=percent(share)), tuple(numbers),
            )  # fmt: skip


@cross_check(
    "GEN-3",
    Text("与能源统计不一致", "The statistics say otherwise"),
    Text(
        "全年消耗与统计报表（205-1）之差超过规定比例",
        "A year's consumption differs from what the energy statistics (205-1) say by more than a share",
    ),
)
def statistics_differ(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    return other_books(plants, "GEN-3", FORM_205_1, limits.statistics_difference)


@cross_check(
    "GEN-15",
    Text("与电网结算电量不一致", "The grid's bills say otherwise"),
    Text(
        "全年电量与电网结算单之差超过规定比例；单位产出电量一并列出",
        "A year's electricity differs from the grid's bills by more than a share; both stand by output too",
    ),
)
def bills_differ(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    return other_books(plants, "GEN-15", GRID_BILL, limits.billed_difference)


def changes(plants: list[YearBook], by_output: bool) -> dict[str, list[tuple[YearBook, Decimal]]]:
    """By industry, how each plant's emission, or its emission by output, changed on the year before."""
    groups: dict[str, list[tuple[YearBook, Decimal]]] = {}
    for of in plants:
        sums = []
        for year in (of, of.before):
            emission = sum((e for e in year.emissions.values()), Decimal(0)) if year else Decimal(0)
            outputs = [s for s in year.series if s.field == year.output and s.unit in year.emissions] if year else []
            output = sum((c.number for s in outputs for c in s.months.values()), Decimal(0))
            sums.append(emission if not by_output else emission / output if output else Decimal(0))
        if all(sums):
            groups.setdefault(of.industry, []).append((of, sums[0] / sums[1] - 1))
    return groups


def year_swings(plants: list[YearBook], limits: CrossLimits, by_output: bool, code: str) -> Iterator[CrossHit]:
    """Plants whose change is far from that of like plants, and from nothing."""
    least = limits.intensity_change if by_output else limits.amount_change
    for group in changes(plants, by_output).values():
        if len(group) < limits.like_plants:
            continue
        middle = middle_of([change for _, change in group])
        limit = max(middle.deviation * limits.distance_in_deviations, least)
        for of, change in group:
            outputs = [s for s in of.series if s.field == of.output and s.months]
            if abs(change - middle.median) > limit and abs(change) > least and outputs:
                expected = Text("与同类变化 {median} 相差不超过 {limit}", "within {limit} of like plants' {median}")
                yield of.hit(
                    code, outputs[0], min(outputs[0].months), CHANGE.format(n=percent(change)),
                    expected.format(median=percent(middle.median), limit=percent(limit)),
                    number_words(Text("同类单位数", "like plants"), str(middle.number)),
                    number_words(Text("同类变化中位数", "median change of like plants"), percent(middle.median)),
                    number_words(Text("绝对中位差", "median absolute deviation"), percent(middle.deviation)),
                )  # fmt: skip


METHOD = Text(
    "与上年之比，同同类单位变化的中位数比较：相差超过绝对中位差的若干倍且超过规定比例",
    "The change on the year before against the median change of like plants: farther than so many deviations and"
    " than a share",
)


@cross_check("GEN-5", Text("排放量年际变化异于同类", "The year's emission changed unlike that of like plants"), METHOD)
def amount_changes(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    return year_swings(plants, limits, False, "GEN-5")


@cross_check(
    "GEN-5I", Text("排放强度年际变化异于同类", "Emission by output changed unlike that of like plants"), METHOD
)
def intensity_changes(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    return year_swings(plants, limits, True, "GEN-5I")
