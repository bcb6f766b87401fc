"""The words of which rules are made; each works on exact records and on columns.

A word hands its work to the first argument that is a `ColumnBackend` (columns); otherwise it works on
numbers, codes, answers and `Children`. What is missing is `Absent` on records (`states.py`), and the same rows are
marked on columns.
"""

from __future__ import annotations

from typing import Any, Protocol

from .children import Children, _is_zero
from .states import NOT_DETERMINABLE, NOTHING, Absent

EULER = "2.71828182845904523536028747135266249775724709369996"
"""e to fifty digits; a rule writes `Decimal(EULER) ** x`."""


class ColumnBackend(Protocol):
    """What columns offer to the words: `perform("where", condition, then, otherwise)` and so on.

    `word` is the word's name here, `arguments` what the rule gave it, in order; at least one is a Vector.
    """

    def perform(self, word: str, *arguments: Any) -> Any: ...


def _vector(*arguments: Any) -> ColumnBackend | None:
    for argument in arguments:
        if hasattr(argument, "perform"):
            vector: ColumnBackend = argument
            return vector
    return None


def _children(x: Any) -> Children:
    return x if isinstance(x, Children) else Children(x)


def total(x: Any) -> Any:
    """Sum over children (合计). Excluded ones are left out; all blank is blank."""
    vector = _vector(x)
    return vector.perform("total", x) if vector is not None else _children(x).total()


def product(x: Any) -> Any:
    """Product over children (连乘), as chained indices are. Excluded ones are left out; all blank is blank."""
    vector = _vector(x)
    return vector.perform("product", x) if vector is not None else _children(x).product()


def mean(x: Any) -> Any:
    """Arithmetic mean over the known children (算术平均)."""
    vector = _vector(x)
    return vector.perform("mean", x) if vector is not None else _children(x).mean()


def weighted_mean(x: Any, weights: Any) -> Any:
    """Σ(x · weight) ÷ Σ weight over children where both are known (加权平均); blank if the weights sum to zero."""
    vector = _vector(x, weights)
    return (
        vector.perform("weighted_mean", x, weights)
        if vector is not None
        else _children(x).weighted_mean(_children(weights))
    )


def count(x: Any) -> Any:
    """How many children are known; of answers, how many are yes (个数)."""
    vector = _vector(x)
    return vector.perform("count", x) if vector is not None else _children(x).count()


def smallest(*x: Any) -> Any:
    """The least of children, or of several numbers of this record (最小值). Of several, an absent one decides."""
    vector = _vector(*x)
    return vector.perform("smallest", *x) if vector is not None else _extreme("smallest", x)


def largest(*x: Any) -> Any:
    """The greatest of children, or of several numbers of this record (最大值). Of several, an absent one decides."""
    vector = _vector(*x)
    return vector.perform("largest", *x) if vector is not None else _extreme("largest", x)


def given(*x: Any) -> Any:
    """The first that is known (依次取首个有值者). What is not determinable is not passed over."""
    vector = _vector(*x)
    if vector is not None:
        return vector.perform("given", *x)
    for item in x:
        if not isinstance(item, Absent) or item.state == NOT_DETERMINABLE:
            return item
    return x[-1]


def known(x: Any) -> Any:
    """Whether a number is there (是否有值); not determinable stays so."""
    vector = _vector(x)
    if vector is not None:
        return vector.perform("known", x)
    if isinstance(x, Children):
        return x.each(known)
    return x if _undetermined(x) else not isinstance(x, Absent)


def where(condition: Any, then: Any, otherwise: Any) -> Any:
    """`then` if the condition holds, else `otherwise` (条件取值); an absent condition decides."""
    vector = _vector(condition, then, otherwise)
    if vector is not None:
        return vector.perform("where", condition, then, otherwise)
    if isinstance(condition, Children):
        return condition.each(where, then, otherwise)
    if isinstance(condition, Absent):
        return condition
    return then if condition else otherwise


def quotient(x: Any, y: Any) -> Any:
    """x ÷ y, blank where y is zero (商); the plain `/` is not determinable there."""
    vector = _vector(x, y)
    if vector is not None:
        return vector.perform("quotient", x, y)
    if isinstance(x, Children):
        return x / y
    return NOTHING if not isinstance(y, Absent) and _is_zero(y) else x / y


def any_of(*answers: Any) -> Any:
    """Yes if one is yes (任一); else absent if one is absent. One argument of children is folded."""
    vector = _vector(*answers)
    return vector.perform("any_of", *answers) if vector is not None else _logic(answers, True)


def all_of(*answers: Any) -> Any:
    """No if one is no (全部); else absent if one is absent. One argument of children is folded."""
    vector = _vector(*answers)
    return vector.perform("all_of", *answers) if vector is not None else _logic(answers, False)


def chosen(choice: Any, *codes: str) -> Any:
    """Whether the choice is one of the codes (是否选择); nothing chosen is no."""
    vector = _vector(choice)
    if vector is not None:
        return vector.perform("chosen", choice, *codes)
    if isinstance(choice, Children):
        return choice.each(lambda c: chosen(c, *codes))
    if isinstance(choice, Absent):
        return choice if _undetermined(choice) else False
    return choice in codes


def others(x: Any, among: Any = None) -> Any:
    """For each child the mean of its siblings, of those only that `among` says yes to (其余均值); for checks."""
    return _children(x).others(among)


def _undetermined(x: Any) -> bool:
    return isinstance(x, Absent) and x.state == NOT_DETERMINABLE


def _extreme(word: str, x: tuple[Any, ...]) -> Any:
    if len(x) == 1:
        return getattr(_children(x[0]), word)()
    absents = [i for i in x if isinstance(i, Absent)]
    return sum(absents[1:], absents[0]) if absents else getattr(Children(x), word)()


def _logic(answers: tuple[Any, ...], decisive: bool) -> Any:
    if len(answers) == 1 and isinstance(answers[0], Children):
        return answers[0].any_of() if decisive else answers[0].all_of()
    absents = [a for a in answers if isinstance(a, Absent)]
    if any(not isinstance(a, Absent) and bool(a) is decisive for a in answers):
        return decisive
    return sum(absents[1:], absents[0]) if absents else not decisive
