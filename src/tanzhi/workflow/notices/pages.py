"""My notices, and my deadlines for a calendar program by a secret address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from tanzhi.actions import clock
from tanzhi.actions.language import say
from tanzhi.organisations.people.requests import person_of_request
from tanzhi.organisations.people.roles import actor_of
from tanzhi.presentation.addresses import full_address
from tanzhi.presentation.forms.pages import after
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.todo import todos

from .model import NOTICE_KINDS, NOTICE_TONES, CalendarAddress, Notice
from .work import CalendarSecret, digest_of

if TYPE_CHECKING:
    from tanzhi.workflow.todos.todo import Todo

READ = {"no": Text("未读", "Unread"), "yes": Text("已读", "Read")}


NOTICES = Listing(
    "cases.notices",
    title=Text("通知", "Notices"),
    noun=Text("条", "notices"),
    columns=(
        ListColumn("title", Text("内容", "Content"), kind="link", link=lambda row: row.address),
        ListColumn("kind", Text("类别", "Kind"), kind="state", sort="kind", words=NOTICE_KINDS, tone=NOTICE_TONES),
        ListColumn("due_on", Text("期限", "Due"), kind="date", sort="due_on"),
        ListColumn("at", Text("时间", "Time"), kind="date", sort="at"),
        ListColumn("read", Text("已读", "Read"), value=lambda row: READ["yes" if row.read_at else "no"]),
    ),
    filters=(
        Filter("kind", Text("类别", "Kind"), NOTICE_KINDS),
        Filter("read", Text("已读", "Read"), READ, lambda rows, code: rows.filter(read_at__isnull=code == "no")),
    ),
    search=("title_zh", "title_en"),
    order="-at",
    empty=Text("没有通知。", "No notice."),
)


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    mine = Notice.objects.filter(person=person_of_request(request))
    has_address = CalendarAddress.objects.filter(person=person_of_request(request)).exists()
    return NOTICES.respond(request, mine, "cases/notices.html", {"has_address": has_address})


@after(CalendarSecret)
def address_shown(request: HttpRequest, calendar_secret: CalendarSecret) -> HttpResponse:
    """The address, shown once."""
    address = full_address(request, reverse("cases:calendar", args=[calendar_secret.secret]))
    return render(request, "cases/calendar_address.html", {"address": address})


@never_cache
def calendar(_request: HttpRequest, secret: str) -> HttpResponse:
    """The deadlines of whoever holds the secret address, as iCalendar; nothing but titles and days leaves."""
    address = CalendarAddress.objects.select_related("person").filter(digest=digest_of(secret)).first()
    if address is None or not address.person.is_active:
        raise Http404
    with translation.override(address.person.language):
        content = feed([todo for todo in todos(actor_of(address.person)) if todo.due is not None])
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def feed(waiting: list[Todo]) -> bytes:
    """One whole-day event for each deadline."""
    from icalendar import Calendar, Event  # dear to import: only whoever asks pays for it

    ical = Calendar()
    ical.add("prodid", "-//Tanzhi//deadlines//ZH")
    ical.add("version", "2.0")
    ical.add("x-wr-calname", say(Text("碳治：我的期限", "Tanzhi: my deadlines")))
    for todo in waiting:
        if todo.due is not None:
            event = Event()
            event.add("uid", f"{todo.kind}-{todo.subject}-{todo.due}@tanzhi".replace(" ", ""))
            event.add("dtstamp", clock.now())
            event.add("summary", say(todo.title))
            event.add("dtstart", todo.due)
            event.add("dtend", todo.due + timedelta(days=1))
            ical.add_component(event)
    content: bytes = ical.to_ical()
    return content
