"""The published figure of targets handed to cities."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.figures import FigureAnswer, Part, Question, count_of, figure
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text

from .queries import signed_shares


@figure(
    "intensity.city_targets",
    title=Text("分解到市州的强度目标", "Targets decomposed to cities"),
    unit="targets",
    stream="intensity",
    row=4,
)
def city_targets(question: Question) -> FigureAnswer:
    """How many cities hold a signed target of the plan period (市州强度下降目标个数)."""
    shares = signed_shares(region_of(question), question.span.year)
    parts = [
        Part(
            share.region.name,
            Decimal(1),
            "targets",
            ref=f"intensity.share:{share.pk}",
            detail=Text("下降 {rate} %", "decline {rate} %").format(rate=share.published_percent),
        )
        for share in shares
    ]
    scope = shares[0].decomposition.outcome if shares else None
    return count_of(parts, Text("计数：已签批的市州目标", "count of signed city targets"), scope)
