"""The only writer of entered parameters; what they change is computed anew in `comparison_actions`."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action, anywhere
from tanzhi.rulebook.kernel import Text, guidelines

from . import comparison_actions
from .admission import faults
from .calendar import work as calendar_work
from .evaluation import in_force
from .inputs import ParameterInput
from .models import ParameterEntry

__all__ = ["calendar_work", "comparison_actions", "enter_parameter"]
_AT_ONCE = Text("刚才另有参数录入，请重试", "another parameter was entered at this moment: try again")


@action(
    "law.enter_parameter",
    label=Text("录入参数", "Enter a parameter"),
    by={"administrator"},
    input=ParameterInput,
    place=anywhere,
    second_person=True,
)
def enter_parameter(call: Call) -> ParameterEntry:
    """A value from a day on, in place of the one in force or where there is none; a second person approves it."""
    data: ParameterInput = call.data
    guideline = guidelines().get(data.guideline)
    table = in_force(guideline).parameters.get(data.parameter) if guideline else None
    if findings := faults(data, table):
        raise Refused(findings[0].code, findings[0].message, 422, findings)
    call.attach("parameter", f"{data.guideline}.{data.parameter}")
    # The next of the numbered entries.
    entry = ParameterEntry(
        **data.model_dump(),
        entered_by=call.proposer or call.actor.person_id or 0,
        approved_by=call.actor.person_id or 0,
        entered_at=call.now,
    )
    entry.link(ParameterEntry.objects.order_by("number").last())
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        raise Refused("LAW-AT-ONCE", _AT_ONCE, 409) from None
    return entry
