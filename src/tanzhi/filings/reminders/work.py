"""Reminding plants of months that are past their day and not deposited: one act a plant, and word to its people."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.db.models import QuerySet
from django.urls import reverse
from pydantic import Field

from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.filings.months.inputs import Period
from tanzhi.filings.months.model import Reminder
from tanzhi.filings.shared.forms import MONTH_LENGTH
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.notices.delivery import NoticeDraft, tell

from .duties import FilingDuty, duties

OFFICERS = frozenset({"city_officer", "provincial_officer"})
_NOT_LATE = Text("{found} 不是逾期未存证的月份", "{found} is no month past its day and not deposited")
_AGAIN = Text("{found} 今日已催报过", "a reminder of {found} went out today already")
_TITLE = Text(
    "催报：{n} 个月的月度数据逾期未存证（{months}）", "Reminder: {n} months past their day and not deposited ({months})"
)


class RemindInput(Input):
    months: Annotated[list[Period], Field(min_length=1, max_length=60), Label("月份", "Months")]


def late_months(rows: list[FilingDuty], today: date) -> list[FilingDuty]:
    """Of some duties, the months that are past their day and were never deposited."""
    return [duty for duty in rows if len(duty.period) == MONTH_LENGTH and not duty.is_deposited and duty.due_on < today]


def filers_of(organisation: Organisation, on: date) -> QuerySet[Person]:
    """Everybody who files for a plant on a day."""
    in_office = in_force(on, "grants__")
    return Person.objects.filter(
        in_office, grants__organisation=organisation, grants__role__in=PLANT, state="active"
    ).distinct()


@action(
    "filings.remind",
    label=Text("催报", "Remind of late months"),
    by=OFFICERS,
    subject=Organisation,
    input=RemindInput,
    law="碳排放权交易管理暂行条例：重点排放单位应当报送月度数据",
)
def remind(call: Call, organisation: Organisation) -> list[Reminder]:
    """Word to everybody who files for the plant, once a day for a month; the reminders stand beside the months."""
    late = {duty.period: duty for duty in late_months(duties([organisation]), call.today)}
    months = sorted(set(call.data.months))
    if unknown := [month for month in months if month not in late]:
        raise Refused("FIL-NOT-LATE", _NOT_LATE.format(found=", ".join(unknown)), 409)
    of_today = Reminder.objects.filter(organisation=organisation, on=call.today, period__in=months)
    if again := sorted(of_today.values_list("period", flat=True)):
        raise Refused("FIL-REMINDED", _AGAIN.format(found=", ".join(again)), 409)
    rows = [
        Reminder.objects.create(
            organisation=organisation,
            form_code=late[month].form_code,
            period=month,
            due_on=late[month].due_on,
            person_id=call.actor.person_id or 0,
            person_name=call.actor.name,
            on=call.today,
        )
        for month in months
    ]
    first = late[months[0]]
    address = (
        first.filing.get_absolute_url()
        if first.filing
        else reverse("filings:begin", args=[organisation.pk, first.form_code, first.period])
    )
    people = filers_of(organisation, call.today)
    title = _TITLE.format(n=len(months), months=", ".join(months))
    key = f"filings.remind:{organisation.pk}:{call.today.isoformat()}:{months[0]}"
    tell([NoticeDraft(person, "late", key, title, address, first.due_on) for person in people], call.now)
    call.attach("months", months)
    return rows
