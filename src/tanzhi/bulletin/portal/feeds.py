"""Atom feeds of what becomes public: editions, lists and inventories, public notices; each in one language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.html import escape

from tanzhi.actions.models import Performed
from tanzhi.actions.references import reference
from tanzhi.actions.refusal import Refused
from tanzhi.actions.typed import printable
from tanzhi.actions.visibility import PUBLIC, sees
from tanzhi.bulletin.editions import EDITION
from tanzhi.bulletin.models import Edition
from tanzhi.organisations.register.model import ListDisclosure
from tanzhi.presentation.addresses import full_address
from tanzhi.presentation.open_data.data_set import MOST_SHOWN
from tanzhi.rulebook.kernel.text import Text, in_language, same
from tanzhi.streams.ccer.models import CreditProject, CreditReport
from tanzhi.streams.inventory.models import PUBLISHED, Inventory
from tanzhi.streams.policy.audits.model import AuditList

from .conditional import unless_seen

MOST = 50  # of the newest
LANGUAGES = {"zh": "zh-Hans", "en": "en"}
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something that became public, and when; `updated` once it is told otherwise."""

    ref: str
    title: Text
    about: Text
    region: Text
    address: str
    on: datetime
    updated: datetime | None = None


def begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def editions() -> Iterator[Announcement]:
    rows = Edition.objects.visible_to(PUBLIC).select_related("region").order_by("-published_at", "-pk")
    for row in rows[:MOST]:
        about = Text("{state}；内容摘要 {digest}", "{state}; digest {digest}")
        words = about.format(state=EDITION.words[row.state], digest=row.digest)
        address = reverse("bulletin:edition", args=[row.pk])
        yield Announcement(reference(row), row.name, words, row.region.name, address, row.published_at, row.closed_at)


_LIST = Text("{region}{year}年度重点排放单位名录", "List of key emission units {year}, {region}")
_UNITS = Text("{n} 家单位；依据：{basis}", "{n} units; by: {basis}")


def lists() -> Iterator[Announcement]:
    """Lists of key emission units, lists of audits, inventories."""
    key_units = reverse("bulletin:data_set", args=["key-units"])
    for row in ListDisclosure.objects.select_related("region").order_by("-on", "-pk")[:MOST]:
        if sees(None, row):
            title = _LIST.format(region=row.region.name, year=row.year)
            about = _UNITS.format(n=len(row.codes), basis=row.basis)
            yield Announcement(reference(row), title, about, row.region.name, key_units, begin_of(row.on))
    for row in AuditList.objects.visible_to(PUBLIC).select_related("region")[:MOST]:
        about, on = Text("清洁生产审核名单", "list of cleaner-production audits"), begin_of(row.published_on)
        yield Announcement(reference(row), row.name, about, row.region.name, row.get_absolute_url(), on)
    acts = Performed.objects.filter(action="inventory.publish").order_by("pk")
    published = dict(acts.values_list("subject", "at"))
    for row in Inventory.objects.visible_to(PUBLIC).filter(state=PUBLISHED).select_related("region"):
        if (at := published.get(ref := reference(row))) is not None:
            yield Announcement(ref, row.name, row.edition_label, row.region.name, row.get_absolute_url(), at)


_NOTICE = Text(
    "公示 {first} 至 {last}，任何单位和个人均可提出意见", "notice from {first} to {last}; anybody may comment"
)


def notices() -> Iterator[Announcement]:
    projects = CreditProject.objects.visible_to(PUBLIC).exclude(notice_first=None).select_related("region")
    for row in projects.order_by("-notice_first", "-pk")[:MOST]:
        about = _NOTICE.format(first=row.notice_first.isoformat(), last=row.notice_last.isoformat())
        address, on = reverse("ccer:notice", args=[row.pk]), begin_of(row.notice_first)
        yield Announcement(reference(row), row.name, about, row.region.name, address, on)
    batches = CreditReport.objects.visible_to(PUBLIC).exclude(notice_first=None).select_related("project__region")
    for row in batches.order_by("-notice_first", "-pk")[:MOST]:
        about = _NOTICE.format(first=row.notice_first.isoformat(), last=row.notice_last.isoformat())
        address, on = reverse("ccer:report_notice", args=[row.project_id, row.pk]), begin_of(row.notice_first)
        yield Announcement(reference(row), row.name, about, row.project.region.name, address, on)


@dataclass(frozen=True, slots=True)
class Feed:
    title: Text
    page: str  # where the same stands for people
    announcements: Callable[[], Iterator[Announcement]]


FEEDS = {
    "editions": Feed(Text("发布稿", "Bulletins"), "bulletin:archive", editions),
    "lists": Feed(Text("名录、名单与清单", "Lists and inventories"), "bulletin:portal", lists),
    "notices": Feed(Text("自愿减排项目公示", "Public notices of voluntary reductions"), "ccer:notices", notices),
}
ALL = "all"
FEEDS[ALL] = Feed(
    Text("全部公开事项", "Everything that becomes public"),
    "bulletin:portal",
    lambda: chain(editions(), lists(), notices()),
)


class DatedFeed(Atom1Feed):
    """A feed that without anything in it says the same at every look."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


_UNKNOWN = Text("没有“{asked}”订阅；现有：{feeds}", "there is no feed “{asked}”; there are: {feeds}")


def feed(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The newest announcements of one kind, as Atom (RFC 4287)."""
    if name not in FEEDS or language not in LANGUAGES:
        there = ", ".join(f"{feed}.{code}" for feed in FEEDS for code in LANGUAGES)
        raise Refused("DATA-FEED", _UNKNOWN.format(asked=f"{name}.{language}"[:MOST_SHOWN], feeds=there), 404)
    declared = FEEDS[name]
    announced = sorted(declared.announcements(), key=lambda each: (each.on, each.ref), reverse=True)[:MOST]
    own = reverse("bulletin:feed", args=[name, language])
    page = full_address(request, reverse(declared.page))
    atom = DatedFeed(
        title=in_language(declared.title + same(" · ") + Text("碳治", "Tanzhi"), language),
        link=page,
        description="",
        language=LANGUAGES[language],
        feed_url=full_address(request, own),
        feed_guid=full_address(request, own),
        author_name=in_language(Text("应对气候变化主管部门", "Climate authority"), language),
    )
    for each in announced:
        office = Text("{region}应对气候变化主管部门", "Climate authority of {region}").format(region=each.region)
        atom.add_item(
            title=printable(in_language(each.title, language)),
            link=full_address(request, each.address),
            description=escape(printable(in_language(each.about, language))),
            author_name=printable(in_language(office, language)),
            unique_id=get_tag_uri(full_address(request, f"/{each.ref}"), each.on),
            pubdate=each.on,
            updateddate=max(each.on, each.updated or each.on),
        )
    content = atom.writeString("utf-8").encode()
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type=Atom1Feed.content_type)
    return unless_seen(request, answer, tag, atom.latest_post_date())
