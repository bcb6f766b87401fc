"""Which of its arguments a result really came from: the formula run once more on numbers that know their origin.

Only when somebody asks for the marks of a value. What a condition compared decided the branch and counts; what `given`
passed over, what `where` did not take, and blank children do not.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from itertools import count
from typing import Any

from . import words
from .children import Children
from .rounding import EXACT
from .states import NOT_DETERMINABLE, Absent

Origin = frozenset[int]
NOWHERE: Origin = frozenset()


class Decisions:
    """What was asked for yes or no by the formula itself (`a if b else c`, a fold of answers)."""

    def __init__(self) -> None:
        self.origin: set[int] = set()


def origin_of(*traced: Any) -> Origin:
    return NOWHERE.union(*(t.origin for t in traced if isinstance(t, Traced)))


def plain(x: Any) -> Any:
    return x.value if isinstance(x, Traced) else x


class Traced:
    """A number or an answer, with the numbers (by position among the arguments) that it was made of."""

    __slots__ = ("decisions", "origin", "value")
    __hash__ = None  # type: ignore[assignment]  # equality is an answer with an origin

    def __init__(self, value: Any, origin: Origin, decisions: Decisions) -> None:
        self.value, self.origin, self.decisions = value, origin, decisions

    @property
    def magnitude(self) -> Any:
        """Asked where a zero makes a quotient blank, which decides."""
        if not self.value:
            self.decisions.origin |= self.origin
        return self.value

    def __bool__(self) -> bool:
        self.decisions.origin |= self.origin
        return bool(self.value)

    def _traced(self, value: Any, *of: Any) -> Any:
        return value if isinstance(value, Absent | Children) else Traced(value, origin_of(*of), self.decisions)

    def _with(self, function: Callable[[Any, Any], Any], other: Any) -> Any:
        if isinstance(other, Children):
            return NotImplemented  # children go one by one
        return self._traced(function(self.value, plain(other)), self, other)

    def _after(self, function: Callable[[Any, Any], Any], other: Any) -> Any:
        return self._traced(function(plain(other), self.value), self, other)

    def __add__(self, other: Any) -> Any:
        return self._with(operator.add, other)

    def __sub__(self, other: Any) -> Any:
        return self._with(operator.sub, other)

    def __mul__(self, other: Any) -> Any:
        return self._with(operator.mul, other)

    def __truediv__(self, other: Any) -> Any:
        return self._with(operator.truediv, other)

    def __pow__(self, other: Any) -> Any:
        return self._with(operator.pow, other)

    def __radd__(self, other: Any) -> Any:
        return self._after(operator.add, other)

    def __rsub__(self, other: Any) -> Any:
        return self._after(operator.sub, other)

    def __rmul__(self, other: Any) -> Any:
        return self._after(operator.mul, other)

    def __rtruediv__(self, other: Any) -> Any:
        return self._after(operator.truediv, other)

    def __rpow__(self, other: Any) -> Any:
        return self._after(operator.pow, other)

    def __mod__(self, other: Any) -> Any:
        return self._with(operator.mod, other)

    def __neg__(self) -> Any:
        return self._traced(-self.value, self)

    def __abs__(self) -> Any:
        return self._traced(abs(self.value), self)

    def __getattr__(self, name: str) -> Any:
        """What a formula may call of a decimal, as `quantize`."""
        method = getattr(self.value, name)
        return lambda *arguments: self._traced(method(*map(plain, arguments)), self, *arguments)

    def __lt__(self, other: Any) -> Any:
        return self._with(operator.lt, other)

    def __le__(self, other: Any) -> Any:
        return self._with(operator.le, other)

    def __gt__(self, other: Any) -> Any:
        return self._with(operator.gt, other)

    def __ge__(self, other: Any) -> Any:
        return self._with(operator.ge, other)

    def __eq__(self, other: Any) -> Any:
        return self._with(operator.eq, other)

    def __ne__(self, other: Any) -> Any:
        return self._with(operator.ne, other)

    def perform(self, word: str, *arguments: Any) -> Any:
        """The words that choose among their arguments; all others take whatever they are given."""
        match word:
            case "where":
                return _where(*arguments)
            case "given":
                return next(
                    (a for a in arguments if not isinstance(a, Absent) or a.state == NOT_DETERMINABLE), arguments[-1]
                )
            case "known":
                return True
            case "quotient" if isinstance(arguments[0], Children):
                return arguments[0] / arguments[1]
            case "any_of" | "all_of":
                return self._decided(arguments, decisive=word == "any_of")
        function = getattr(words, word)
        return self._traced(function(*map(plain, arguments)), *arguments)

    def _decided(self, answers: tuple[Any, ...], decisive: bool) -> Any:
        """By the first answer that decides, else by all."""
        deciding = next((a for a in answers if not isinstance(a, Absent) and bool(plain(a)) is decisive), None)
        if deciding is not None:
            return self._traced(decisive, deciding)
        absents = [a for a in answers if isinstance(a, Absent)]
        return sum(absents[1:], absents[0]) if absents else self._traced(not decisive, *answers)


def _where(condition: Any, then: Any, otherwise: Any) -> Any:
    if isinstance(condition, Children):
        return condition.each(_where, then, otherwise)
    if isinstance(condition, Absent):
        return condition
    taken = then if plain(condition) else otherwise
    if not isinstance(condition, Traced) or isinstance(taken, Absent | Children) or taken is None:
        return taken
    return condition._traced(plain(taken), condition, taken)


def origins(function: Callable[..., Any], arguments: Mapping[str, Any]) -> Origin:
    """The positions, in the order in which they stand, of what the function's result came from; a list is children."""
    decisions, position = Decisions(), count()

    def traced(argument: Any) -> Any:
        origin = frozenset((next(position),))
        return Traced(argument, origin, decisions) if isinstance(argument, Decimal | bool) else argument

    traced_arguments = {n: Children(map(traced, a)) if isinstance(a, list) else traced(a) for n, a in arguments.items()}
    with localcontext(EXACT):
        result = function(**traced_arguments)
    return origin_of(result) | decisions.origin
