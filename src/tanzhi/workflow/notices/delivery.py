"""Telling people: reminders before a deadline, word once it is late, to those who must act and those who must press."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation

from tanzhi.actions.actor import ActorRole
from tanzhi.actions.language import say
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.alerts import Alert, delivers
from tanzhi.organisations.people.mail import is_configured
from tanzhi.organisations.people.model import Assignment, Grant, Person
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.model import Clock, places_of

from .model import Notice

if TYPE_CHECKING:
    from datetime import date, datetime

    from tanzhi.actions.actor import Place

TITLES = {
    "first": Text("请于 {due} 前办理：{what}（{name}）", "Due {due}: {what} ({name})"),
    "second": Text("即将到期，{due}：{what}（{name}）", "Due soon, {due}: {what} ({name})"),
    "late": Text("已逾期（期限 {due}）：{what}（{name}）", "Overdue since {due}: {what} ({name})"),
    "escalated": Text(
        "督办，已逾期（期限 {due}）：{what}（{name}）", "To follow up, overdue since {due}: {what} ({name})"
    ),
}


@dataclass(frozen=True, slots=True)
class NoticeDraft:
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
        for assignment in Assignment.objects.filter(in_force(on)):
            assigned.setdefault(assignment.holder_id, set()).add(assignment.organisation_id)
        grants = Grant.objects.filter(in_force(on), role__in=list(roles), person__state="active")
        self.holders: list[tuple[ActorRole, Person]] = []
        for grant in grants.select_related("person", "organisation__region"):
            where = grant.organisation
            path = where.region.path if where else ""
            near = frozenset(assigned.get(grant.organisation_id or 0, ()))
            self.holders.append((ActorRole(grant.role, grant.organisation_id, path, near), grant.person))

    def who(self, roles: Iterable[str], place: Place) -> list[Person]:
        """People who reach the place in one of the roles, each once."""
        codes = set(roles)
        people = {person.pk: person for grant, person in self.holders if grant.role in codes and grant.reaches(place)}
        return list(people.values())


def due_notices(today: date) -> list[NoticeDraft]:
    """Everything that has to be told on this day and was not told yet."""
    rows = list(Clock.objects.filter(state=Clock.RUNNING))
    places = places_of(rows)
    directory = Directory(today, {role for row in rows for role in (*row.who, *row.escalate)})
    notices: list[NoticeDraft] = []
    for row in rows:
        kind, place = row.reminder(today), places[row.pk]
        recipients = [(person, kind) for person in directory.who(row.who, place)] if kind else []
        if row.due_on < today:
            responsible = {person.pk for person, _ in recipients}
            above = directory.who(row.escalate, place)
            recipients += [(person, "escalated") for person in above if person.pk not in responsible]
        notices += [
            NoticeDraft(
                person,
                how,
                f"clock:{row.pk}:{how}:{row.due_on.isoformat()}",
                TITLES[how].format(due=row.due_on.isoformat(), what=row.label, name=row.name),
                row.address,
                row.due_on,
            )
            for person, how in recipients
        ]
    existing = set(Notice.objects.filter(key__in={notice.key for notice in notices}).values_list("person_id", "key"))
    return [notice for notice in notices if (notice.person.pk, notice.key) not in existing]


def tell(notices: Iterable[NoticeDraft], at: datetime) -> list[Notice]:
    """Keep the notices, and mail them once they are saved, where a mail server is set."""
    listed = list(notices)
    rows = [
        Notice(
            person=notice.person,
            kind=notice.kind,
            key=notice.key,
            title_zh=notice.title.zh[:400],
            title_en=notice.title.en[:400],
            address=notice.address,
            due_on=notice.due_on,
            at=at,
        )
        for notice in listed
    ]
    stored = Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if is_configured():
        transaction.on_commit(lambda: mail(listed))
    return stored


@delivers
def keep_alert(alert: Alert) -> None:
    """Word of a change to somebody's sign-in or rights, to him and to the auditors."""
    tell([NoticeDraft(person, "security", alert.key, alert.title, alert.address) for person in alert.people], alert.at)


def mail(notices: Iterable[NoticeDraft]) -> int:
    """One message each, in the person's own language; a server that does not answer stops nothing."""
    sent = 0
    for notice in (notice for notice in notices if notice.person.email):
        with translation.override(notice.person.language):
            title = say(notice.title)
            words = f"{title}\n\n{settings.TANZHI_ADDRESS}{notice.address}\n"
            sent += send_mail(title[:120], words, None, [notice.person.email], fail_silently=True)
    return sent
