"""Telling people: reminders before a deadline, word once it is late, to those who must act and those who must press."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation

from tanzhi.actions.actor import Grant as Held
from tanzhi.actions.language import say
from tanzhi.actions.states import CASE_TYPES
from tanzhi.law.calendar.days import days_left
from tanzhi.organisations.alerts import Alert, delivers
from tanzhi.organisations.mail import is_configured
from tanzhi.organisations.models import Assignment, Grant, Person, in_force
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.model import Clock

from .model import Notice

if TYPE_CHECKING:
    from datetime import date, datetime

    from tanzhi.actions.actor import Place
    from tanzhi.actions.states import DeadlineRule

TITLES = {
    "first": Text("请于 {due} 前办理：{what}（{name}）", "Due {due}: {what} ({name})"),
    "second": Text("即将到期，{due}：{what}（{name}）", "Due soon, {due}: {what} ({name})"),
    "late": Text("已逾期（期限 {due}）：{what}（{name}）", "Overdue since {due}: {what} ({name})"),
    "escalated": Text(
        "督办，已逾期（期限 {due}）：{what}（{name}）", "To follow up, overdue since {due}: {what} ({name})"
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be told to somebody."""

    person: Person
    kind: str
    key: str
    title: Text
    address: str
    due_on: date | None = None


class Directory:
    """Who holds which role where on a day, read once for many questions."""

    def __init__(self, on: date, roles: Iterable[str]) -> None:
        assigned: dict[int, set[int]] = {}
        for one in Assignment.objects.filter(in_force(on)):
            assigned.setdefault(one.holder_id, set()).add(one.organisation_id)
        grants = Grant.objects.filter(in_force(on), role__in=list(roles), person__state="active")
        self.held: list[tuple[Held, Person]] = []
        for grant in grants.select_related("person", "organisation__region"):
            where = grant.organisation
            path = where.region.path if where else ""
            near = frozenset(assigned.get(grant.organisation_id or 0, ()))
            self.held.append((Held(grant.role, grant.organisation_id, path, near), grant.person))

    def who(self, roles: Iterable[str], place: Place) -> list[Person]:
        """People who reach the place in one of the roles, each once."""
        wanted = set(roles)
        found = {person.pk: person for held, person in self.held if held.role in wanted and held.reaches(place)}
        return list(found.values())


def due_notices(today: date) -> list[Told]:
    """Everything that has to be told on this day and was not told yet."""
    rows = list(Clock.objects.filter(state=Clock.RUNNING))
    directory = Directory(today, {role for row in rows for role in (*row.who, *row.escalate)})
    wanted = [told for row in rows for told in _of_clock(row, today, directory)]
    known = set(Notice.objects.filter(key__in={told.key for told in wanted}).values_list("person_id", "key"))
    return [told for told in wanted if (told.person.pk, told.key) not in known]


def _of_clock(row: Clock, today: date, directory: Directory) -> list[Told]:
    kind = _kind(row, today)
    found = [(person, kind) for person in directory.who(row.who, row.place)] if kind else []
    if row.due_on < today:
        asked = {person.pk for person, _ in found}
        found += [(one, "escalated") for one in directory.who(row.escalate, row.place) if one.pk not in asked]
    return [
        Told(
            person,
            how,
            f"clock:{row.pk}:{how}:{row.due_on.isoformat()}",
            TITLES[how].format(due=row.due_on.isoformat(), what=row.label, name=row.name),
            row.address,
            row.due_on,
        )
        for person, how in found
    ]


def _kind(row: Clock, today: date) -> str:
    """The reminder that is due: the second replaces a first that was never sent."""
    if row.due_on < today:
        return "late"
    limit = _limit(row)
    left = days_left(today, row.due_on, row.unit)
    passed = [number for number, before in enumerate(limit.remind if limit else ()) if left <= before]
    return ("first", "second")[min(passed[-1], 1)] if passed else ""


def _limit(row: Clock) -> DeadlineRule | None:
    kind = CASE_TYPES.get(row.kind)
    return kind.limits.get(row.limit) if kind else None


def tell(told: Iterable[Told], at: datetime) -> list[Notice]:
    """Keep the notices, and mail them once they are saved, where a mail server is set."""
    wanted = list(told)
    made = [
        Notice(
            person=one.person,
            kind=one.kind,
            key=one.key,
            title_zh=one.title.zh[:400],
            title_en=one.title.en[:400],
            address=one.address,
            due_on=one.due_on,
            at=at,
        )
        for one in wanted
    ]
    kept = Notice.objects.bulk_create(made, ignore_conflicts=True)
    if is_configured():
        transaction.on_commit(lambda: mail(wanted))
    return kept


@delivers
def keep_alert(found: Alert) -> None:
    """Word of a change to somebody's sign-in or rights, to him and to the auditors."""
    tell([Told(one, "security", found.key, found.title, found.address) for one in found.people], found.at)


def mail(told: Iterable[Told]) -> int:
    """One message each, in the person's own language; a server that does not answer stops nothing."""
    return sum(_mailed(one) for one in told if one.person.email)


def _mailed(one: Told) -> int:
    with translation.override(one.person.language):
        title = say(one.title)
        words = f"{title}\n\n{settings.TANZHI_ADDRESS}{one.address}\n"
        return send_mail(title[:120], words, None, [one.person.email], fail_silently=True)
