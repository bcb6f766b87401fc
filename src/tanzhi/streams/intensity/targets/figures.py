"""The published figures of carbon intensity: rows 1 to 4 of the press conference."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.figures import FigureAnswer, Part, Question, figure
from tanzhi.figures.calculated import calculation_ref
from tanzhi.figures.places import region_of
from tanzhi.rulebook.intensity import intensity
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.states import BLANK
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.intensity.ledger.change import change
from tanzhi.streams.intensity.ledger.ledger import ledger_of
from tanzhi.streams.intensity.ledger.lineage import KIND
from tanzhi.streams.intensity.ledger.queries import reference

from .queries import long_target

NATION = "nation"
AGAINST = Text("{year}年较{base}年", "{year} against {base}")
NOTHING = Text("尚无可比年份的数据", "no year can be compared yet")


@figure(
    "intensity.change",
    title=Text("单位生产总值二氧化碳排放累计变化", "Change of CO₂ per unit of GDP"),
    unit="%",
    stream="intensity",
    row=1,
)
def intensity_change(question: Question) -> FigureAnswer:
    """The newest settled year against the base year of the long target (碳排放强度累计变化率)."""
    region = region_of(question)
    target = long_target(region)
    ledger = ledger_of(region)
    year = ledger.newest(target.base_year, question.span.year) if target else None
    if target is None or year is None:
        return FigureAnswer(None, BLANK, reason=NOTHING)
    computed = change(ledger, target.base_year, year)
    value = computed.node.value("intensity_change")
    number = value.number if isinstance(value.number, Decimal) else None
    part = Part(
        intensity.label("intensity_change"),
        number,
        "%",
        ref=calculation_ref(KIND, computed.key, value),
        state=value.state,
        detail=computed.vintages,
        marks=value.marks | computed.marks,
    )
    return FigureAnswer(
        number,
        value.state,
        formula=Text("（报告年强度 ÷ 基年强度 − 1）× 100", "(intensity of the year ÷ of the base year − 1) × 100"),
        parts=(part,),
        scope=AGAINST.format(year=computed.end, base=computed.base),
    )


@figure(
    "intensity.national_change",
    title=Text("全国单位生产总值二氧化碳排放累计变化", "National change of CO₂ per unit of GDP"),
    unit="%",
    stream="intensity",
    row=2,
)
def national_change(question: Question) -> FigureAnswer:
    """What the nation published for the year that the province is compared in; quoted, not computed (参考序列)."""
    region = region_of(question)
    target = long_target(region)
    newest = ledger_of(region).newest(target.base_year, question.span.year) if target else None
    point = reference(NATION, target.base_year, newest or question.span.year) if target else None
    if point is None:
        return FigureAnswer(None, BLANK, reason=NOTHING)
    value = Decimal(point.change)
    part = Part(point.name, value, "%", ref=f"intensity.reference:{point.pk}", detail=same(point.source))
    scope = AGAINST.format(year=point.year, base=point.base_year)
    return FigureAnswer(value, formula=Text("引用已公布数据", "quoted as published"), parts=(part,), scope=scope)


@figure(
    "intensity.target",
    title=Text("强度下降目标", "Target for the decline of intensity"),
    unit="%",
    stream="intensity",
    row=3,
)
def long_term_target(question: Question) -> FigureAnswer:
    """The target over the longest time, as its document states it; a decline is negative (强度下降目标)."""
    target = long_target(region_of(question))
    if target is None:
        return FigureAnswer(None, BLANK, reason=NOTHING)
    value = -Decimal(target.decline)
    scope = AGAINST.format(year=target.end_year, base=target.base_year)
    return FigureAnswer(
        value,
        formula=Text("目标记录", "target record"),
        parts=(Part(target.region.name, value, "%", ref=f"intensity.target:{target.pk}", detail=same(target.source)),),
        scope=scope,
    )
