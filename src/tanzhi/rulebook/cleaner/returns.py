"""The internal rate of return of an option (内部收益率)."""

from __future__ import annotations

from decimal import Decimal, localcontext

from tanzhi.rulebook.kernel.rounding import EXACT

LIMIT = Decimal(10)
STEPS = 120


def internal_rate(investment: Decimal, yearly_benefit: Decimal, years: int) -> Decimal | None:
    """The rate at which the present value of equal yearly benefits equals the investment (内部收益率), a fraction.

    None where the benefits together do not give back the investment, or where the rate would exceed 1000 %.
    """
    if investment <= 0 or yearly_benefit * years < investment or _worth(LIMIT, yearly_benefit, years) > investment:
        return None
    low, high = Decimal(0), LIMIT
    with localcontext(EXACT):
        for _ in range(STEPS):
            middle = (low + high) / 2
            if _worth(middle, yearly_benefit, years) > investment:
                low = middle
            else:
                high = middle
    return high


def _worth(rate: Decimal, benefit: Decimal, years: int) -> Decimal:
    with localcontext(EXACT):
        if rate == 0:
            return benefit * years
        return benefit * (1 - (1 + rate) ** -years) / rate
