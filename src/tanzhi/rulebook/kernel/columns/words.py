"""The words of rules on columns; each has the meaning of its namesake in `kernel/words.py`, row by row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from . import folds
from .answers import Codes, Condition, chosen_codes, compared, same_rows
from .column import Column, constant, divided, paired, selected, without_numbers
from .frames import (
    BLANK,
    KNOWN,
    NOT_DETERMINABLE,
    Below,
    Frame,
    Mask,
    NotInColumns,
    State,
    both,
    chosen_state,
    either,
    is_known,
    joined,
    none_known,
    opposite,
)
from .vocabulary import WORDS, perform

ANSWER = Column | Codes | Condition


def vector(x: Any, frame: Frame | None) -> Any:
    """Whatever a rule may write, as a column: a number, a code, yes or no, or nothing."""
    if isinstance(x, ANSWER):
        return x
    if x is None:
        return without_numbers(BLANK, frame)
    if isinstance(x, str):
        return Codes(frame, 0, (x,))
    return Condition(frame, x) if isinstance(x, bool) else constant(x, frame)


def _number(x: Any) -> Column:
    if not isinstance(x, Column):
        raise NotInColumns("a number is needed")
    return x


def _frame(arguments: tuple[Any, ...]) -> Frame | None:
    frames = [a.frame for a in arguments if isinstance(a, ANSWER)]
    return next((f for f in frames if isinstance(f, Below)), frames[0])


def _extreme(x: tuple[Any, ...], function: np.ufunc) -> Column:
    if len(x) == 1:
        return folds.extreme(_number(x[0]), function)
    frame = _frame(x)
    if isinstance(frame, Below):
        raise NotInColumns("the extreme of several children")
    pick = min if function is np.minimum else max
    extreme = _number(vector(x[0], frame))
    for other in x[1:]:
        left, right = paired(extreme, other)
        places = max(left.places, right.places)
        left, right = left.moved(places), right.moved(places)
        low, high = pick(left.low, right.low), pick(left.high, right.high)
        rel, off, state = max(left.rel, right.rel), max(left.off, right.off), joined(left.state, right.state)
        extreme = Column(left.frame, function(left.m, right.m), places, low, high, rel, off, state)
    return extreme


def _select(mask: Mask, left: Any, right: Any) -> Any:
    """`left` where the mask says so, else `right`; both of one kind, or one of them wholly absent."""
    left, right = same_rows(left, right)
    if isinstance(mask, bool):
        return left if mask else right
    for absent, other in ((left, right), (right, left)):
        if none_known(absent.state):
            return other.with_state(chosen_state(mask, left.state, right.state))
    if isinstance(left, Column) and isinstance(right, Column):
        return selected(mask, left, right)
    if isinstance(left, Codes) and isinstance(right, Codes):
        return chosen_codes(mask, left, right)
    if isinstance(left, Condition) and isinstance(right, Condition):
        picked_mask = either(both(mask, left.mask), both(opposite(mask), right.mask))
        return Condition(left.frame, picked_mask, chosen_state(mask, left.state, right.state))
    raise NotInColumns("numbers beside codes")


def _given(*x: Any) -> Any:
    frame = _frame(x)
    if isinstance(frame, Below):
        raise NotInColumns("the first given of children")
    filled = vector(x[-1], frame)
    for item in reversed(x[:-1]):
        candidate = vector(item, frame)
        stands = either(is_known(candidate.state), candidate.state == NOT_DETERMINABLE)
        filled = _select(stands, candidate, filled)
    return filled


def _where(condition: Any, then: Any, otherwise: Any) -> Any:
    if not isinstance(condition, Condition | bool):
        raise NotInColumns("a condition is needed")
    frame = _frame((condition, then, otherwise))
    if isinstance(frame, Below) and (not isinstance(condition, ANSWER) or not isinstance(condition.frame, Below)):
        raise NotInColumns("children chosen by a condition that is not theirs")
    answer = vector(condition, frame)
    left, right = _in(frame, then), _in(frame, otherwise)
    picked_answer = _select(answer.mask, left, right)
    if isinstance(answer.state, int) and answer.state == KNOWN:
        return picked_answer
    return picked_answer.with_state(chosen_state(is_known(answer.state), picked_answer.state, answer.state))


def _in(frame: Frame | None, x: Any) -> Any:
    """The vector on these rows; what is not children stands for every child."""
    answer = vector(x, frame)
    if isinstance(frame, Below) and answer.frame is frame.parent:
        return answer.take(frame.span.index).bound_to(frame)
    return answer


def _logic(answers: tuple[Any, ...], decisive: bool) -> Condition:
    frame = _frame(answers)
    if any(not isinstance(a, Condition | bool) for a in answers):
        raise NotInColumns("an answer is needed")
    if len(answers) == 1 and isinstance(frame, Below):
        return folds.any_below(answers[0], decisive)
    if isinstance(frame, Below):
        raise NotInColumns("children are folded one by one")
    decided: Mask = False
    absent: State = KNOWN
    for answer in (vector(a, frame) for a in answers):
        says = answer.mask if decisive else opposite(answer.mask)
        decided = either(decided, both(says, is_known(answer.state)))
        absent = joined(absent, answer.state)
    mask = decided if decisive else opposite(decided)
    return Condition(frame, mask, chosen_state(decided, KNOWN, absent))


def _chosen(choice: Any, *codes: str) -> Condition:
    state = choice.state
    undetermined = chosen_state(state == NOT_DETERMINABLE, NOT_DETERMINABLE, KNOWN)
    if isinstance(state, int) and state != KNOWN:
        return Condition(choice.frame, False, undetermined)
    if not isinstance(choice, Codes):
        raise NotInColumns("a code is needed")
    among = [category in codes for category in choice.categories]
    mask: Mask = all(among) if all(among) or not any(among) else np.array(among)[choice.index]
    mask = mask if isinstance(mask, bool | np.ndarray) else bool(mask)  # NumPy's own answer is neither
    return Condition(choice.frame, both(mask, is_known(state)), undetermined)


WORDS.update(
    {
        "total": lambda x: folds.total(_number(x)),
        "product": lambda x: folds.product(_number(x)),
        "mean": lambda x: folds.mean(_number(x)),
        "weighted_mean": folds.weighted_mean,
        "count": folds.known_count,
        "smallest": lambda *x: _extreme(x, np.minimum),
        "largest": lambda *x: _extreme(x, np.maximum),
        "given": _given,
        "known": lambda x: Condition(
            x.frame, is_known(x.state), chosen_state(x.state == NOT_DETERMINABLE, NOT_DETERMINABLE, KNOWN)
        ),
        "where": _where,
        "quotient": lambda x, y: divided(
            *(paired(x, y) if isinstance(x, Column) else paired(y, x)[::-1]), blank_at_zero=True
        ),
        "any_of": lambda *answers: _logic(answers, True),
        "all_of": lambda *answers: _logic(answers, False),
        "chosen": _chosen,
        "compared": compared,
    }
)

__all__ = ["BLANK", "Decimal", "perform", "vector"]
