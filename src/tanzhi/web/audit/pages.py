"""The trail of all that was done: who, when, what, where, with its receipt; within the reader's reach."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.models import Performed
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.actions.table import ACTIONS
from tanzhi.actions.typed import whole
from tanzhi.evidence.log import state_of_records
from tanzhi.evidence.models import Entry
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.queries import person_names
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.web.middleware import actor_for

PLATFORM = Text("平台", "platform")
DECISIONS = {
    "proposed": Text("（提出）", " (proposed)"),
    "approved": Text("（批准）", " (approved)"),
    "rejected": Text("（退回）", " (sent back)"),
    "withdrawn": Text("（撤回）", " (withdrawn)"),
}
ROOMS = {
    "organisations": Text("单位与人员", "Organisations and people"),
    "filings": Text("填报", "Filings"),
    "cases": Text("办件", "Cases"),
    "policy": Text("政策与任务", "Policy and tasks"),
    "verification": Text("核查", "Verification"),
    "registry": Text("登记", "Registry"),
    "exchange": Text("交易", "Exchange"),
    "inventory": Text("清单", "Inventory"),
    "intensity": Text("碳强度", "Intensity"),
    "finance": Text("气候投融资", "Climate finance"),
    "ccer": Text("自愿减排", "CCER"),
    "bulletin": Text("发布", "Bulletin"),
}


ROLE_WORDS = {code: role.label for code, role in KNOWN_ROLES.items()}


def label_of(name: str) -> Text:
    """What an act is called; a decision on a proposal by the act and the decision."""
    if name in ACTIONS:
        return ACTIONS[name].label
    base, _, decision = name.rpartition(".")
    action = ACTIONS.get(base)
    return action.label + DECISIONS.get(decision, same(f" {decision}")) if action else same(name)


def _prepare(rows: list[Any]) -> None:
    """People, organisations and receipts of a page's rows, with one query each."""
    people = person_names({row.actor for row in rows})
    names = names_of(Organisation.objects.filter(pk__in={row.organisation_id for row in rows}), clock.today())
    entries = Entry.objects.in_bulk({number for row in rows if (number := _entry(row))})
    for row in rows:
        row.who = people.get(row.actor) or PLATFORM
        row.where = names.get(row.organisation_id)
        row.receipt = entries[number].number if (number := _entry(row)) in entries else ""


def _entry(row: Performed) -> int | None:
    number = str(row.outcome.get("entry", "")).rpartition(":")[2]
    return whole(number)


def _matching(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """By a person's or an organisation's name, or by what an act is called."""
    people = Person.objects.filter(Q(name__icontains=words) | Q(sign_in_name__icontains=words)).values("pk")
    firms = Organisation.objects.named(words).values("pk")
    acts = [name for name, action in ACTIONS.items() if words.lower() in f"{action.label.zh} {action.label.en}".lower()]
    return rows.filter(Q(actor__in=people) | Q(organisation_id__in=firms) | Q(action__in=acts))


@lru_cache(maxsize=1)
def months_until(_last: str) -> tuple[str, ...]:
    """The months in which something was done, the newest first: looked for among all acts, so only once after each."""
    months = Performed.objects.datetimes("at", "month", order="DESC")
    return tuple(month.strftime("%Y-%m") for month in months)


TRAIL = Listing(
    "web.audit",
    title=Text("办理记录", "Activity record"),
    noun=Text("项", "acts"),
    order="-at",
    search=_matching,
    hint=Text("姓名、单位或事项", "Person, organisation or act"),
    prepare=_prepare,
    columns=(
        ListColumn("at", Text("时间", "Time"), sort="at"),
        ListColumn("who", Text("办理人", "Person")),
        ListColumn("role", Text("角色", "Role"), words=ROLE_WORDS, sort="role"),
        ListColumn("action", Text("事项", "Act"), value=lambda row: label_of(row.action), sort="action"),
        ListColumn("where", Text("单位", "Organisation")),
        ListColumn(
            "receipt",
            Text("回执", "Receipt"),
            kind="link",
            link=lambda row: reverse("evidence:receipt", args=[row.receipt]) if row.receipt else "",
        ),
    ),
    filters=(
        Filter(
            "room",
            Text("业务", "Area of work"),
            lambda: {
                room: ROOMS[room] for room in dict.fromkeys(name.partition(".")[0] for name in ACTIONS) if room in ROOMS
            },
            where=lambda rows, room: rows.filter(action__startswith=f"{room}."),
        ),
        Filter("role", Text("角色", "Role"), ROLE_WORDS),
        Filter(
            "month",
            Text("月份", "Month"),
            lambda: {month: same(month) for month in months_until(state_of_records())},
            where=lambda rows, month: rows.filter(at__year=int(month[:4]), at__month=int(month[5:])),
        ),
    ),
)


@login_required
def audit(request: HttpRequest) -> HttpResponse:
    """Every act within the reader's reach, the newest first."""
    return TRAIL.respond(request, Performed.visible_to(actor_for(request)), "web/list.html", {"title": TRAIL.title})
