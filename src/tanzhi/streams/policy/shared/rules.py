"""What this room refuses: one shape of refusal, and the rules that several kinds of work share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions.refusal import Refused, before_its_cause
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from tanzhi.actions.table import Call


def refused(code: str, field: str, actual: object, expected: Text) -> Refused:
    """A refusal that names the field, what was found and what is expected."""
    text = actual if isinstance(actual, Text) else same(str(actual))
    message = Text("应为{expected}，现为{found}", "expected {expected}; found {found}").format(
        expected=expected, found=text
    )
    return Refused(code, message, 422, [Finding(code, ERROR, "policy", field, text, expected, message)])


_OTHERS = Text(
    "只有承担该项工作的单位人员可以报送", "only people of the organisations that answer for it may report on it"
)


def refuse_others(call: Call, organisations: list[int]) -> None:
    """Only somebody of these organisations may speak for them."""
    if not any(call.actor.belongs_to(pk) for pk in organisations):
        raise Refused("POL-WHO", _OTHERS, 403)


def in_order(what: Text, day: date, cause: date) -> None:
    """A day that lies before what it follows from is refused (ACT-DATE)."""
    if day < cause:
        raise before_its_cause(what, day.isoformat(), cause.isoformat())


def not_in_the_future(call: Call, field: str, day: date) -> None:
    """What happened cannot lie ahead."""
    if day > call.today:
        expected = Text("不晚于 {today}", "not after {today}").format(today=call.today)
        raise refused("POL-AHEAD", field, day, expected)
