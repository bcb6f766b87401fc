"""Checks within one plant's year: swings, wrong scales, equal digits, copied and computed months, gaps, stock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .limits import CrossLimits
from .robust import middle_of, percent, power_of_ten, words
from .year_books import HOURS, UNRELATED, Compared, CrossHit, Series, YearBook, cross_check, number_words

ASH, MOISTURE, HEAT = "ash_air_dried", "moisture_as_received", "net_calorific_value"
BALLAST = frozenset({ASH, MOISTURE, "moisture_air_dried"})
"""What varies with the load of coal by more than heat does: compared with the heat, never month by month."""
MEDIAN = Text("各月中位数", "median of the months")
DEVIATION = Text("绝对中位差", "median absolute deviation")
DISTANCE = Text("该月与中位数之差", "distance of this month")
WITHIN = Text("与各月中位数 {median} 相差不超过 {limit}", "within {limit} of the months' median {median}")
BY_OUTPUT = Text("单位产出 {value}", "{value} by output")


def swings(plants: list[YearBook], limits: CrossLimits, rate: bool, code: str) -> Iterator[CrossHit]:
    """Months that are far from the plant's own median, by deviations and by a share of it."""
    share = limits.rate_swing if rate else limits.month_swing
    for of in plants:
        for series in of.series:
            compared = series.rate is rate and series.field not in BALLAST
            values = of.specific(series) if compared else {}
            if len(values) < limits.compared_months:
                continue
            middle = middle_of(values.values())
            if not middle.steady(limits.steady_deviation):
                continue
            limit = middle.limit(limits.distance_in_deviations, share)
            for month, value in values.items():
                distance = abs(value - middle.median)
                if distance <= limit or power_of_ten(value, middle.median, limits.scale_tolerance):
                    continue
                numbers = [
                    number_words(MEDIAN, words(middle.median)),
                    number_words(DEVIATION, words(middle.deviation)),
                    number_words(DISTANCE, words(distance)),
                ]
                actual = same(words(value)) if rate else BY_OUTPUT.format(value=words(value))
                expected = WITHIN.format(median=words(middle.median), limit=words(limit))
                yield of.hit(code, series, month, actual, expected, *numbers)


@cross_check(
    "GEN-4",
    Text("月度单位产出用量偏离", "Swing of a month's use by output"),
    Text(
        "各月用量除以当月产量，与该厂各月中位数比较：相差超过绝对中位差的若干倍且超过规定比例",
        "Each month's use by its output against the plant's own median: farther than so many median absolute"
        " deviations and than a share of it",
    ),
)
def month_swings(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    return swings(plants, limits, False, "GEN-4")


@cross_check(
    "GEN-4-NCV",
    Text("月度检测值偏离", "Swing of a month's tested value"),
    Text(
        "各月检测值与该厂各月中位数比较：相差超过绝对中位差的若干倍且超过规定比例",
        "Each month's tested value against the plant's own median: farther than so many median absolute deviations"
        " and than a share of it",
    ),
)
def rate_swings(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    return swings(plants, limits, True, "GEN-4-NCV")


@cross_check(
    "PRV-SCALE",
    Text("疑似数量级或单位错误", "Wrong by a power of ten"),
    Text(
        "某月数值约为该厂各月中位数的 10、100、1000 倍或其分之一",
        "A month is about ten, a hundred or a thousand times the plant's own median, or that part of it",
    ),
)
def wrong_scales(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            values = of.specific(series)
            if len(values) < limits.compared_months:
                continue
            middle = middle_of(values.values())
            for month, value in values.items() if middle.steady(limits.steady_deviation) else ():
                if power := power_of_ten(value, middle.median, limits.scale_tolerance):
                    actual = Text("约为中位数的 10^{n} 倍", "about 10^{n} times the median").format(n=power)
                    yield of.hit(
                        "PRV-SCALE", series, month, actual, Text("核对小数点与单位", "point and unit checked"),
                        number_words(MEDIAN, words(middle.median)),
                    )  # fmt: skip


@cross_check(
    "GEN-6-DIGITS",
    Text("检测值数字相同", "Equal digits of a tested value"),
    Text(
        "同一检测值在若干个月中每一位数字都相同（只比较有效位数足够的数字）",
        "A tested value has the same digits in several months; only numbers of enough significant digits count",
    ),
)
def equal_digits(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            cells = series.months.items()
            counts = Counter(c.digits for _, c in cells if c.significant >= limits.compared_digits)
            for digits, times in counts.items() if series.rate else ():
                if times >= limits.equal_digit_months:
                    months = [month for month, cell in cells if cell.digits == digits]
                    others = [Compared(same(m), digits, series.months[m]) for m in months[1:]]
                    actual = Text("{n} 个月同为 {digits}", "{digits} in {n} months").format(n=times, digits=digits)
                    expected = Text("少于 {n} 个月", "in fewer than {n} months").format(n=limits.equal_digit_months)
                    yield of.hit("GEN-6-DIGITS", series, months[0], actual, expected, *others)


@cross_check(
    "GEN-11",
    Text("年内由实测改为空白", "A tested value is missing in some months"),
    Text(
        "某项检测值多数月份填报，个别有用量的月份空白，即改用缺省值",
        "A value was tested in most months and is blank in a month with consumption, where the default takes its place",
    ),
)
def untested_months(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            if not series.rate or not series.row or len(series.months) < limits.compared_months:
                continue
            amounts = [s for s in of.series if (s.unit, s.row, s.rate) == (series.unit, series.row, False)]
            for amount in amounts[:1]:
                burned = [month for month, cell in amount.months.items() if cell.number > 0]
                for month in (month for month in burned if month not in series.months):
                    actual = Text("{label}空白", "{label} blank").format(label=series.label)
                    numbers = [Compared(same(m), cell.digits, cell) for m, cell in series.months.items()]
                    expected = Text("全年采用同一方法", "one method all year")
                    yield of.hit("GEN-11", amount, month, actual, expected, *numbers)


def copied(first: list[Series], months: tuple[str, str], limits: CrossLimits) -> tuple[list[Series], int]:
    """Of a unit's series, those with the same digits in two months, and how many could have been the same."""
    both = [s for s in first if all(m in s.months and s.months[m].number for m in months)]
    long = [s for s in both if s.months[months[0]].distinctive >= limits.compared_digits and not s.rate]
    return [s for s in long if s.months[months[0]].digits == s.months[months[1]].digits], len(long)


@cross_check(
    "PRV-COPY",
    Text("某月抄自另一月", "A month is copied from another"),
    Text(
        "同一设备两个月的用量和产量中，每一位数字都相同的项达到规定项数和比例",
        "Of the amounts of one unit in two months, so many fields and such a share have the same digits",
    ),
)
def copied_months(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for rows in of.by_unit.values():
            # Only months that share some digits are worth comparing field by field.
            digits = Counter((s.key, c.digits) for s in rows for c in s.months.values() if c.number)
            if sum(times > 1 for times in digits.values()) < limits.copied_fields:
                continue
            for months in combinations(sorted({month for s in rows for month in s.months}), 2):
                equal, every = copied(rows, months, limits)
                if len(equal) < limits.copied_fields or len(equal) < every * limits.copied_share:
                    continue
                words_of = Text("{n}/{all} 项与 {month} 相同", "{n} of {all} fields as in {month}")
                actual = words_of.format(n=len(equal), all=every, month=months[0])
                expected = Text("少于 {n} 项", "fewer than {n}").format(n=limits.copied_fields)
                numbers = [Compared(s.label, s.months[months[0]].digits, s.months[months[0]]) for s in equal]
                yield of.hit("PRV-COPY", equal[0], months[1], actual, expected, *numbers)


@cross_check(
    "PRV-TWO-UNITS",
    Text("两台设备数字相同", "Two units state the same numbers"),
    Text(
        "同一工厂两台设备同一月份的用量和产量中，每一位数字都相同的项达到规定项数：可能重复填报",
        "So many amounts of one month have the same digits at two units of a plant: one may be stated twice",
    ),
)
def two_units(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for (_, first), (other, second) in combinations(of.by_unit.items(), 2):
            beside = {s.key: s for s in second if not s.rate and s.field != HOURS}
            pairs = [(s, beside[s.key]) for s in first if s.key in beside and not s.rate]
            for month in sorted({month for s, _ in pairs for month in s.months}):
                equal = [
                    (s, o)
                    for s, o in pairs
                    if month in s.months
                    and month in o.months
                    and s.months[month].digits == o.months[month].digits
                    and s.months[month].distinctive >= limits.compared_digits
                ]
                if len(equal) >= limits.copied_fields:
                    words_of = Text("{n} 项与 {unit} 相同", "{n} fields as at {unit}")
                    actual = words_of.format(n=len(equal), unit=other)
                    expected = Text("少于 {n} 项", "fewer than {n}").format(n=limits.copied_fields)
                    numbers = [Compared(o.label, o.months[month].digits, o.months[month]) for _, o in equal]
                    yield of.hit("PRV-TWO-UNITS", equal[0][0], month, actual, expected, *numbers)


@cross_check(
    "PRV-LAST-DIGIT",
    Text("尾数集中", "Last digits that repeat"),
    Text(
        "一家工厂全年用量和产量的末位数字中，同一数字占比过高：计量读数的末位应接近均匀分布",
        "Of the last digits of a plant's amounts in a year one is far too common: those of meters are nearly even",
    ),
)
def last_digits(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        numbers = [
            (cell.digits[-1], series, month)
            for series in of.series
            if not series.rate and series.field != HOURS
            for month, cell in series.months.items()
            if cell.significant >= limits.compared_digits
        ]
        if len(numbers) < limits.last_digit_numbers:
            continue
        digit, times = Counter(digit for digit, _, _ in numbers).most_common(1)[0]
        if times > len(numbers) * limits.last_digit_share:
            _, series, month = next(number for number in numbers if number[0] == digit)
            share = percent(Decimal(times) / len(numbers))
            actual = Text("末位 {digit} 占 {share}（{n} 个数字）", "{share} of {n} numbers end in {digit}")
            expected = Text("不超过 {limit}", "at most {limit}").format(limit=percent(limits.last_digit_share))
            yield of.hit(
                "PRV-LAST-DIGIT", series, month, actual.format(digit=digit, share=share, n=len(numbers)), expected,
                number_words(Text("末位为 {d} 的数字", "numbers ending in {d}").format(d=digit), str(times)),
                number_words(Text("比较的数字", "numbers compared"), str(len(numbers))),
            )  # fmt: skip


@cross_check(
    "PRV-RATIO",
    Text("用量与产量成固定比例", "A use in a fixed ratio to the output"),
    Text(
        "各月用量除以产量几乎为同一数值：用量可能由产量推算，而非计量",
        "Use by output is nearly the same number in every month: the use may be computed and not metered",
    ),
)
def fixed_ratios(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            values = {} if series.rate or series.field == of.output else of.specific(series)
            months = [
                month
                for month in values
                if series.months[month].number and series.months[month].significant >= limits.compared_digits
            ]
            if len(months) < limits.compared_months:
                continue
            middle = middle_of([values[month] for month in months])
            far = max(abs(values[month] - middle.median) for month in months)
            if far <= middle.median * limits.fixed_ratio_tolerance:
                actual = Text("{n} 个月的比例同为 {ratio}", "a ratio of {ratio} in {n} months")
                numbers = [number_words(same(month), words(values[month])) for month in months]
                yield of.hit(
                    "PRV-RATIO", series, months[0], actual.format(n=len(months), ratio=words(middle.median)),
                    Text("各月比例有自然波动", "ratios that vary as meters do"), *numbers,
                )  # fmt: skip


@cross_check(
    "PRV-BETWEEN",
    Text("数值为前后两月的平均", "Months are the mean of their neighbours"),
    Text(
        "一项用量或产量中有若干个月恰为前后两月的平均值：可能是内插补数",
        "Several months of an amount are exactly the mean of the months around them: they may be interpolated",
    ),
)
def interpolated_months(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            cells = sorted(series.months.items())
            between = []
            for (_, left), (month, cell), (_, right) in zip(cells, cells[1:], cells[2:], strict=False):
                step = Decimal(10) ** -len(cell.digits.partition(".")[2])
                mean = (left.number + right.number) / 2
                if left.number != right.number and abs(cell.number - mean) < step:
                    between += [month] if cell.significant >= limits.compared_digits else []
            if not series.rate and len(between) >= limits.equal_digit_months:
                actual = Text("{n} 个月恰为前后两月的平均", "{n} months are exactly the mean of their neighbours")
                numbers = [Compared(same(m), c.digits, c) for m, c in cells]
                yield of.hit(
                    "PRV-BETWEEN", series, between[0], actual.format(n=len(between)),
                    Text("少于 {n} 个月", "fewer than {n} months").format(n=limits.equal_digit_months), *numbers,
                )  # fmt: skip


@cross_check(
    "GEN-13",
    Text("停运月份有产量", "Output in a month without running hours"),
    Text("某月运行小时数为 0 而产量大于 0", "A unit ran no hour of a month and states an output"),
)
def output_at_standstill(plants: list[YearBook], _limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for unit in of.by_unit:
            output, hours = of.find(unit, "", of.output), of.find(unit, "", HOURS)
            for month, cell in output.months.items() if output and hours else ():
                ran = hours.months.get(month) if hours else None
                if output and ran is not None and not ran.number and cell.number > 0:
                    actual = Text("运行 0 小时，产量 {n}", "no hour, output {n}").format(n=cell.digits)
                    numbers = [Compared(hours.label, ran.digits, ran)] if hours else []
                    yield of.hit("GEN-13", output, month, actual, Text("产量为 0", "no output"), *numbers)


@cross_check(
    "GEN-13-FUEL",
    Text("有产量的月份缺用量", "A month with output lacks a steady use"),
    Text(
        "某项用量全年平稳，个别有产量的月份却为 0 或空白：可能漏报",
        "A use is steady over the year and nil or blank in a month with output: it may have been left out",
    ),
)
def left_out_months(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for series in of.series:
            base = None if series.rate or series.field in UNRELATED else of.base_of(series)
            values = [value for value in of.specific(series).values() if value] if base else []
            if base is None or len(values) < limits.compared_months:
                continue
            middle = middle_of(values)
            if not middle.steady(limits.steady_deviation):
                continue
            for month, cell in base.months.items():
                used = series.months.get(month)
                if cell.number > 0 and (used is None or not used.number):
                    actual = Text("{label}为 0 或空白", "{label} nil or blank").format(label=series.label)
                    expected = Text("单位产出约 {n}", "about {n} by output").format(n=words(middle.median))
                    numbers = [Compared(same(m), c.digits, c) for m, c in series.months.items()]
                    yield of.hit("GEN-13-FUEL", base, month, actual, expected, *numbers)


def correlation_exceeds(pairs: list[tuple[Decimal, Decimal]], limit: Decimal) -> bool:
    """Whether the correlation of two series is positive and beyond a limit; squares are compared, no root is drawn."""
    means = [sum(values, Decimal(0)) / len(pairs) for values in zip(*pairs, strict=True)]
    apart = [(left - means[0], right - means[1]) for left, right in pairs]
    together = sum((left * right for left, right in apart), Decimal(0))
    spread = [sum((side[n] ** 2 for side in apart), Decimal(0)) for n in (0, 1)]
    return together > 0 and together**2 > limit**2 * spread[0] * spread[1]


@cross_check(
    "GEN-7",
    Text("发热量随灰分或水分同升", "Heat rises with ash or moisture"),
    Text(
        "各月发热量与灰分、水分分别比较：灰分、水分高则发热量应低，二者正相关超过界限",
        "More ash or moisture is less heat; over the months they rise together beyond a limit",
    ),
)
def heat_against_ash(plants: list[YearBook], limits: CrossLimits) -> Iterator[CrossHit]:
    for of in plants:
        for heat in (series for series in of.series if series.field == HEAT):
            for name in (ASH, MOISTURE):
                other = of.find(heat.unit, heat.row, name)
                months = [month for month in heat.months if other and month in other.months]
                if other is None or len(months) < limits.compared_months:
                    continue
                pairs = [(heat.months[month].number, other.months[month].number) for month in months]
                if correlation_exceeds(pairs, limits.heat_correlation):
                    actual = Text("{n} 个月中与{label}同升同降", "rises and falls with {label} over {n} months")
                    numbers = [Compared(same(m), other.months[m].digits, other.months[m]) for m in months]
                    yield of.hit(
                        "GEN-7", heat, months[0], actual.format(n=len(months), label=other.label),
                        Text("灰分、水分高则发热量低", "less heat with more ash or moisture"), *numbers,
                    )  # fmt: skip
