"""Whether a value is outside what is usual (合理区间): one declaration for every industry.

A check says what it compares; its last three arguments are the value, the parameter below which it is asked about and
the parameter above which it is.
"""

from collections.abc import Callable
from typing import Any, TypeVar, Unpack

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.rules import Validity, arguments_of

Function = TypeVar("Function", bound=Callable[..., Any])


def usual(
    guideline: Guideline, code: str, what: Text, *, level: str = "month", **days: Unpack[Validity]
) -> Callable[[Function], Function]:
    """A question (请核对) with both bounds in its answer; the function says when the value is outside of them."""

    def register(function: Function) -> Function:
        value, low, high = (argument.name for argument in arguments_of(function)[-3:])
        question = guideline.check(
            code,
            severity="question",
            level=level,
            fields=(value,),
            message=Text(
                f"{what.zh} {{found}} 超出合理区间，请核对", f"{what.en}, {{found}}, is outside what is usual"
            ),
            expected=Text(f"{{{low}}} 至 {{{high}}}", f"{{{low}}} to {{{high}}}"),
            **days,
        )
        return question(function)

    return register
