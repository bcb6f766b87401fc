"""The portal's addresses: conditional answers, coded refusals, feeds that keep the rules of Atom."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tanzhi.actions.registry import perform
from tanzhi.bulletin.portal.feeds import FEEDS, LANGUAGES
from tanzhi.evidence.tracking import unrecorded
from tanzhi.streams.policy.audits.model import AuditList
from tests.actions.spots import spots
from tests.factories import PASSWORD, person

if TYPE_CHECKING:
    from django.test import Client

    from tests.factories import World

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<b>&\x07“名单”</b>"


@pytest.fixture
def public(client: Client, world: World, settings: Any) -> Client:
    settings.TANZHI_PROVINCE = world.province.code
    return client


@pytest.fixture
def listed(world: World, officer: Any) -> None:
    """The plant on the list of key units, which is made public."""
    disclosed = {"region": world.province.code, "year": 2024, "on": "2024-01-02", "basis": "notice 1"}
    perform("organisations.disclose_list", officer, data=disclosed)


@pytest.mark.usefixtures("listed")
def test_a_file_is_sent_once_and_again_only_after_it_changed(public: Client, world: World, officer: Any) -> None:
    address = reverse("bulletin:data_file", args=["key-units", "csv"])
    first = public.get(address)
    assert (first.status_code, f",2024,{world.plant.code}," in first.content.decode()) == (200, True)
    assert first["Link"] == '</bulletin/data/key-units/dictionary.json>; rel="describedby"'
    tag, modified = first["ETag"], first["Last-Modified"]
    assert public.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert public.get(address, HTTP_IF_MODIFIED_SINCE=modified).status_code == 304
    assert public.head(address)["ETag"] == tag
    document = {"region": world.province.code, "first_year": 2030, "last_year": 2030, "source": "another matter"}
    perform("registry.open_cycle", officer, data=document | {"deadline": "2031-12-31"})
    assert public.get(address)["ETag"] == tag, "another act changes nothing of the list"
    again = {"region": world.province.code, "year": 2024, "on": "2024-01-03", "basis": "notice 2"}
    perform("organisations.disclose_list", officer, data=again)
    changed = public.get(address, HTTP_IF_NONE_MATCH=tag)
    assert (changed.status_code, "notice 2" in changed.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("data/none/", "DATA-SET"),
        ("data/none.csv", "DATA-SET"),
        ("data/none/dictionary.json", "DATA-SET"),
        ("data/gdp.xml", "DATA-FORM"),
        ("data/gdp.CSV", "DATA-FORM"),
        ("data/gdp." + "x" * 900, "DATA-FORM"),
        ("data/gdp.%00", "DATA-FORM"),
        ("feeds/none.zh.atom", "DATA-FEED"),
        ("feeds/editions.fr.atom", "DATA-FEED"),
    ],
)
def test_what_there_is_not_is_refused_by_a_code(public: Client, path: str, code: str) -> None:
    answer = public.get(f"/bulletin/{path}")
    assert (answer.status_code, code in answer.content.decode()) == (404, True)


def test_the_dictionary_names_the_rules_and_the_log_of_today(public: Client) -> None:
    told = public.get(reverse("bulletin:dictionary", args=["gdp"])).json()
    assert told["basis"].keys() == {"release", "size", "root", "sealed_at", "key"}
    assert {column["name"]: column["kind"] for column in told["columns"]}["gdp"] == "decimal"


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_keeps_the_rules_of_atom(public: Client, world: World, name: str, language: str) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry must have, once; ids that differ; absolute links."""
    with unrecorded():
        told = {"title_zh": HOSTILE, "title_en": HOSTILE, "published": True, "published_on": date(2024, 3, 1)}
        spots(world)[0].make(AuditList, region=world.province, **told)
    answer = public.get(reverse("bulletin:feed", args=[name, language]))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == LANGUAGES[language]
    entries = feed.findall(f"{ATOM}entry")
    for part in [feed, *entries]:
        assert [len(part.findall(f"{ATOM}{needed}")) for needed in ("id", "title", "updated")] == [1, 1, 1]
        assert part.findall(f"{ATOM}author/{ATOM}name")
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "").tzinfo is not None
        assert all(link.get("href", "").startswith("http://testserver/") for link in part.findall(f"{ATOM}link"))
    (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == feed.findtext(f"{ATOM}id")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) == (2 if name in ("lists", "all") else 0)
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert titles in ([], [HOSTILE.replace("\x07", "\ufffd"), titles[-1] if titles else ""])


def test_a_feed_without_anything_is_the_same_at_every_look(public: Client) -> None:
    address = reverse("bulletin:feed", args=["editions", "zh"])
    first = public.get(address)
    assert public.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304


def test_every_link_of_the_portal_opens_for_the_public(public: Client, world: World) -> None:
    import re

    for page in ("web:home", "bulletin:portal", "bulletin:data"):
        main = public.get(reverse(page)).content.decode().partition('<main id="content">')[2]
        links = set(re.findall(r'href="(/[^"#]*)', main))
        assert links
        assert {link: public.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_whoever_is_not_signed_in_finds_the_portal_at_the_front_door(public: Client, world: World) -> None:
    front, portal = public.get("/"), public.get(reverse("bulletin:portal"))
    assert (front.status_code, front.templates[0].name) == (200, "bulletin/portal.html")
    parts = [page.content.decode().partition('<main id="content">')[2] for page in (front, portal)]
    assert parts[0] == parts[1]
    assert f'<a href="{reverse("bulletin:portal")}" aria-current="page">' in front.content.decode()
    public.force_login(person("at.home", ("provincial_officer", world.authority), password=PASSWORD))
    assert public.get("/").templates[0].name == "web/home.html"
