"""Targets over years: the equal annual rate, the schedule (时序进度), completion and what remains.

Rates of decline are fractions (0.17 is 17 %); a cumulative change is signed, a decline being negative (-0.0717).
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.rounding import EXACT

from .fault import IntensityFault

ONE = Decimal(1)
LIGHTS = {
    "red": Text("红：未下降", "red: not falling"),
    "orange": Text("橙：下降但未达时序进度", "orange: falling, behind schedule"),
    "green": Text("绿：达到时序进度", "green: on schedule"),
}


_YEARS = Text("目标年应晚于基年，现相差 {found} 年", "the target year must be after the base year; found {found} years")


def annual_rate(target: Decimal, years: int) -> Decimal:
    """Equal annual decline d = 1 - (1-T)^(1/n) (年均下降率) of a target T over n years."""
    _target(target)
    if years < 1:
        raise IntensityFault("INT-05", _YEARS.format(found=years))
    with localcontext(EXACT):
        return ONE - (ONE - target) ** (ONE / years)


_ELAPSED = Text(
    "已过年数应在 1 与 {years} 之间，现为 {found}", "elapsed years lie between 1 and {years}; found {found}"
)


def scheduled(target: Decimal, years: int, elapsed: int) -> Decimal:
    """Cumulative decline due after k of n years, S_k = 1 - (1-d)^k (时序进度); the whole target when k = n."""
    rate = annual_rate(target, years)
    if not 0 <= elapsed <= years:
        raise IntensityFault("INT-05", _ELAPSED.format(found=elapsed, years=years))
    if elapsed == years:
        return target
    with localcontext(EXACT):
        return ONE - (ONE - rate) ** elapsed


def cumulative(changes: list[Decimal]) -> Decimal:
    """R = Π(1+r) - 1 of annual changes (累计变化率); rates are chained, never added."""
    with localcontext(EXACT):
        level = ONE
        for change in changes:
            level *= ONE + change
        return level - ONE


def completion(change: Decimal, target: Decimal, years: int, elapsed: int) -> Decimal:
    """Rate form of the completion of the schedule, -R_k / S_k (累计进度完成率); 1 is exactly on schedule."""
    due = scheduled(target, years, elapsed)
    if due == 0:
        raise IntensityFault("INT-05", _ELAPSED.format(found=elapsed, years=years))
    with localcontext(EXACT):
        return -change / due


def share_of_target(change: Decimal, target: Decimal) -> Decimal:
    """Log form: ln(1+R_k) / ln(1-T), the share of the whole target that is done (目标完成比例，对数口径)."""
    _target(target)
    with localcontext(EXACT):
        return (ONE + change).ln() / (ONE - target).ln()


def remaining(change: Decimal, target: Decimal) -> Decimal:
    """Decline still to be made from now, rem = 1 - (1-T)/(1+R_k) (剩余下降率); negative once the target is passed."""
    _target(target)
    with localcontext(EXACT):
        return ONE - (ONE - target) / (ONE + change)


def light(change: Decimal, latest: Decimal, due: Decimal) -> str:
    """The light (晴雨表) of the 2021 rule [M-high]: red where it does not fall, orange where it falls too little.

    `latest` is the change of the latest year, `change` the cumulative one, `due` the scheduled cumulative decline.
    """
    if change >= 0 or latest >= 0:
        return "red"
    return "green" if -change >= due else "orange"


_TARGET = Text(
    "目标下降率应在 0 与 1 之间（17% 写作 0.17），现为 {found}",
    "a target lies between 0 and 1 (17 % is 0.17); found {found}",
)


def _target(target: Decimal) -> None:
    if not 0 < target < 1:
        raise IntensityFault("INT-05", _TARGET.format(found=target))
