"""What this room refuses in several kinds of work."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions.refusal import Refused, before_its_cause, refused
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.table import Call


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
