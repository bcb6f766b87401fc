"""Values from a level below, as a rule sees them on exact records."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import Any

from .states import EXCLUDED, FOLDS, NOTHING, Absent, strongest


class Children:
    """The values of one name below this record, in order: numbers, codes, answers or `Absent`.

    Folds follow `states.py`. Arithmetic and comparison go child by child, with a number or with other
    children of the same level; that is for checks, which answer for each child.
    """

    __slots__ = ("items",)

    def __init__(self, items: Iterable[Any]) -> None:
        self.items = items if isinstance(items, list) else list(items)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __repr__(self) -> str:
        return f"Children({self.items!r})"

    def __bool__(self) -> bool:
        raise TypeError("children have no yes or no; fold them with any_of, all_of or count")

    def _fold(self, fold: Callable[[list[Any]], Any]) -> Any:
        """`fold` of what is known, or what makes it absent."""
        absents = [i for i in self.items if isinstance(i, Absent)]
        if not absents:
            return fold(self.items) if self.items else NOTHING
        stopped = strongest(absents, FOLDS)
        if stopped is not None:
            return stopped
        present = [i for i in self.items if not isinstance(i, Absent)]
        if present:
            return fold(present)
        only_excluded = all(a.state == EXCLUDED for a in absents)
        return absents[0] if only_excluded else next((a for a in absents if a.state != EXCLUDED), NOTHING)

    def total(self) -> Any:
        return self._fold(_sum)

    def product(self) -> Any:
        return self._fold(lambda items: reduce(operator.mul, items))

    def mean(self) -> Any:
        return self._fold(lambda items: _sum(items) / len(items))

    def smallest(self) -> Any:
        return self._fold(lambda items: reduce(lambda a, b: b if b < a else a, items))

    def largest(self) -> Any:
        return self._fold(lambda items: reduce(lambda a, b: b if b > a else a, items))

    def any_of(self) -> Any:
        return self._fold(any)

    def all_of(self) -> Any:
        return self._fold(all)

    def count(self) -> Decimal:
        """How many are known and not a "no"."""
        answers = (i for i in self.items if not isinstance(i, Absent))
        return Decimal(sum(not isinstance(getattr(i, "value", i), bool) or bool(i) for i in answers))

    def weighted_mean(self, weights: Children) -> Any:
        """Σ(value · weight) ÷ Σ weight over the children where both are known; blank if the weights are nil."""
        products = [x * w for x, w in zip(self.items, weights.items, strict=True)]
        counted = [p if isinstance(p, Absent) else w for p, w in zip(products, weights.items, strict=True)]
        weight = Children(counted).total()
        return NOTHING if not isinstance(weight, Absent) and _is_zero(weight) else Children(products).total() / weight

    def others(self, among: Children | None = None) -> Children:
        """For each child the mean of its siblings (of those that `among` says yes to)."""
        counted = [True] * len(self) if among is None else [not isinstance(a, Absent) and bool(a) for a in among]
        return Children(
            Children(x for j, x in enumerate(self.items) if j != i and counted[j]).mean() for i in range(len(self))
        )

    def each(self, function: Callable[..., Any], *others: Any) -> Children:
        """The function child by child; what is not children stands for every child, and no answer is blank."""
        columns = [other.items if isinstance(other, Children) else [other] * len(self) for other in others]
        answers = (function(*row) for row in zip(self.items, *columns, strict=True))
        return Children(NOTHING if answer is None else answer for answer in answers)

    def __add__(self, other: Any) -> Children:
        return self.each(operator.add, other)

    def __sub__(self, other: Any) -> Children:
        return self.each(operator.sub, other)

    def __mul__(self, other: Any) -> Children:
        return self.each(operator.mul, other)

    def __truediv__(self, other: Any) -> Children:
        return self.each(_divided, other)

    def __lt__(self, other: Any) -> Children:
        return self.each(operator.lt, other)

    def __le__(self, other: Any) -> Children:
        return self.each(operator.le, other)

    def __gt__(self, other: Any) -> Children:
        return self.each(operator.gt, other)

    def __ge__(self, other: Any) -> Children:
        return self.each(operator.ge, other)

    def __radd__(self, other: Any) -> Children:
        return self.each(lambda x: other + x)

    def __rsub__(self, other: Any) -> Children:
        return self.each(lambda x: other - x)

    def __rmul__(self, other: Any) -> Children:
        return self.each(lambda x: other * x)

    def __rtruediv__(self, other: Any) -> Children:
        return self.each(lambda x: _divided(other, x))


def _sum(items: list[Any]) -> Any:
    return reduce(operator.add, items)


def _is_zero(number: Any) -> bool:
    return not getattr(number, "magnitude", number)


def _divided(dividend: Any, divisor: Any) -> Any:
    """Child by child a division by zero is blank: one child must not hide the others."""
    return NOTHING if not isinstance(divisor, Absent) and _is_zero(divisor) else dividend / divisor
