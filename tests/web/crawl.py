"""Walks the pages of an installation as somebody of a role would, from the home page.

It follows links, the choices of forms that read and the buttons that lead to forms, breadth first, a few of every kind
of page. Then it looks, for each action that this person may do to some record as it is now and that was not met on the
way, at the pages of a few such records: whether a link met before leads there, and whether the page leads on to the
action. Nothing is sent.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import reference
from tanzhi.actions.roles import ROLES
from tanzhi.actions.table import ACTIONS
from tanzhi.actions.visibility import sees, with_place
from tanzhi.office.imports.model import IMPORTERS, Import
from tanzhi.organisations.people.model import Grant, Person
from tanzhi.organisations.people.requests import CONFIRMED_AT
from tanzhi.organisations.people.roles import actor_of, public_actor
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.buttons import may
from tanzhi.presentation.forms.form import ActionForm

CLICKS = 5
MORE_ALIKE = {"filings:filing": 20, "filings:version": 8}
"""Of filings and their versions more: those that were deposited, at whose cells something may be begun, come last."""
ALIKE = 2  # pages of one kind (view, action, names of its query) that are opened; of files and forms of actions one
ROWS, TRIED, SEEN = 2000, 3, 40  # records that are asked whether an action may be done to them, of which are looked at
ENDS = {"organisations:sign_out", "set_language"}  # they end the walk
PASSED_OVER = {"next", "sort"}  # names in a query that change nothing of what a page leads to
AS_FILE = {"export", "chart", "as"}  # names in a query that ask for the rows or a chart of the same page as a file
DRAWN = 3  # people for whom such a file is made, in all walks: its view refuses with the page or not at all
BACKEND = "django.contrib.auth.backends.ModelBackend"
A_DAY = 86400

OPENED_FROM: dict[str, tuple[str, set[str]]] = {
    "ccer.open_report": ("ccer.CreditProject", {"registered"}),
    "policy.give_opinion": ("policy.Consultation", {"received"}),
}
"""What is opened from a record of a kind in some state, though the action is not done to it."""

FILES_DRAWN: Counter[str] = Counter()
"""For how many people the rows or charts of each page were made into a file."""

FORMS: set[str] = set()
"""The actions whose forms were drawn since it was emptied."""

UNLINKED = ("/search/?q=P01", "/registry/runs/{registry.AllocationRun}/what-if/")
"""Pages behind a field to fill in, or on few records: kept as the officer opens them; in braces whose newest record."""

KEPT: dict[str, dict[str, str]] = {}
"""Of each page (view, action) the first that anybody opened, and everybody's home: role, address, zh, en."""


@dataclass
class Walk:
    """What was met on the way of one person."""

    actor: Actor
    browser: Client
    role: str
    refused: dict[str, list[str]] = field(default_factory=dict)  # address → why, and the page that leads there
    reached: dict[str, list[Any]] = field(default_factory=dict)  # action → clicks, and the page that leads to it
    missing: dict[str, str] = field(default_factory=dict)  # action → where there is no way to it
    links: dict[str, tuple[int, str]] = field(default_factory=dict)  # address → clicks, and the page before
    files: set[str] = field(default_factory=set)
    choices: dict[str, set[str]] = field(default_factory=dict)  # view → names in a query with which it was opened
    opened: int = 0

    def lead(self, link: str, clicks: int, before: str) -> Iterator[str]:
        """A link that was not met before, if it stays here and is not too far."""
        parts = urlsplit(urldefrag(link).url)
        # a page with several lists names each list before what is chosen of it: `batch-sort`
        query = [pair for pair in parse_qsl(parts.query) if pair[0].rpartition("-")[2] not in PASSED_OVER]
        address = f"{parts.path}?{urlencode(query)}" if query else parts.path
        if not parts.netloc and not parts.scheme and clicks <= CLICKS and address not in self.links:
            self.links[address] = (clicks, before)
            yield address

    def brings_nothing(self, address: str, view: str) -> bool:
        """Whether a list's address has no choice in its query that the list was not opened with: its choices work each
        by itself, and all sets of a dozen of them are thousands; or whether it is a file that enough others had made.
        """
        names, met = {name for name, _ in parse_qsl(urlsplit(address).query)}, self.choices.setdefault(view, set())
        new = names - met
        met |= names
        if new and all(name.rpartition("-")[2] in AS_FILE for name in new):
            files = [f"{view} {name}" for name in new]
            FILES_DRAWN.update(files)
            return all(FILES_DRAWN[file] > DRAWN for file in files)
        return bool(names) and not new


WAYS = re.compile(r"""</?(?:a|form|input|select|option)\b(?:[^>"']|"[^"]*"|'[^']*')*>""")


class PageWays(HTMLParser):
    """The ways that lead on from a page: links, choices of a form that reads, addresses of forms that write."""

    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[str] = []
        self.files: set[str] = set()
        self._query: dict[str, str] | None = None  # of the form that reads and is open
        self._action = self._select = ""
        self.feed("".join(tag[0] for tag in WAYS.finditer(content)))  # the rest of a page leads nowhere

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "a" and named.get("href"):
            self.links.append(named["href"])
            self.files |= {named["href"]} if "download" in named else set()
        elif tag == "form" and named.get("method", "get").lower() == "post":
            self.forms.append(named.get("action", ""))
        elif tag == "form":
            self._query, self._action = {}, named.get("action", "")
        elif tag == "input" and named.get("type") == "hidden" and self._query is not None:
            self._query[named.get("name", "")] = named.get("value", "")
        elif tag == "select":
            self._select = named.get("name", "")
        elif tag == "option" and self._query is not None and self._select and named.get("value"):
            self.links.append(f"{self._action}?{urlencode({**self._query, self._select: named['value']})}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._query = None
        elif tag == "select":
            self._select = ""


def people() -> Iterator[tuple[str, Person | None]]:
    """Somebody of each role who can sign in, and the public."""
    for role in ROLES:
        own = Grant.objects.filter(role=role, person__is_active=True, until=None).order_by("pk")
        first = own.values_list("person_id", flat=True).first()
        if first is not None:
            yield role, Person.objects.get(pk=first)
    yield "public", None


def crawled(role: str, person: Person | None) -> dict[str, Any]:
    """The whole walk of one person of a role, as plain data."""
    settings.ALLOWED_HOSTS, settings.TANZHI_TIME_CODES = ["*"], "off"
    browser = Client(raise_request_exception=False)
    if person is not None:
        browser.force_login(person, backend=BACKEND)
        session = browser.session
        session[CONFIRMED_AT] = timezone.now().timestamp() + A_DAY
        session.save()
    met = Walk(actor_of(person) if person is not None else public_actor(), browser, role)
    walk(met, "/")
    if role == "provincial_officer":
        for address in UNLINKED:
            place = re.sub(
                r"\{(.+)\}", lambda model: str(apps.get_model(model[1])._default_manager.latest("pk").pk), address
            )
            answer = browser.get(place)
            assert answer.status_code == 200, place
            keep(met, place, answer.content.decode())
    look_at_what_is_possible(met)
    return {name: value for name, value in vars(met).items() if name in ("refused", "reached", "missing", "opened")}


def walk(met: Walk, start: str) -> None:
    """Breadth first from a page, at most so many clicks, a few pages of each kind."""
    waiting, alike = deque(met.lead(start, 0, "")), Counter[str]()
    while waiting:
        address = waiting.popleft()
        clicks, before = met.links[address]
        if problem := out_of_reach(met.actor, address):
            met.refused[address] = [problem, before]
        kind = kind_of(address)
        form = kind.startswith("presentation:act")
        if (
            problem
            or not kind
            or alike[kind] >= (1 if form or address in met.files else MORE_ALIKE.get(kind.strip(), ALIKE))
        ):
            continue
        if not form and met.brings_nothing(address, kind.split()[0]):
            continue
        alike[kind] += 1
        answer = open_page(met, address)
        if answer.status_code >= 400:
            met.refused[address] = [str(answer.status_code), before]
        elif answer.status_code in (301, 302):
            waiting += met.lead(urljoin(address, answer.headers["Location"]), clicks, address)
        elif answer.headers["Content-Type"].startswith("text/html"):
            page = PageWays(answer.content.decode())
            keep(met, address, answer.content.decode())
            for name in acts_offered(address, page):
                met.reached.setdefault(name, [clicks, address])
            met.files |= {urljoin(address, link) for link in page.files}
            for link in page.links:
                waiting += met.lead(urljoin(address, link), clicks + 1, address)


def open_page(met: Walk, address: str) -> Any:
    FORMS.clear()
    met.opened += 1
    return met.browser.get(address)


def keep(met: Walk, address: str, content: str) -> None:
    """A page that nobody opened before as a browser would get it in each language, for whoever looks at pages."""
    page = " ".join(kind_of(address).split(" ")[:2]).strip()
    page = f"{page} of {met.role}" if address == "/" else page
    if page not in KEPT:
        met.browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        english = met.browser.get(address).content.decode()
        del met.browser.cookies[settings.LANGUAGE_COOKIE_NAME]
        KEPT[page] = {"role": met.role, "address": address, "zh": content, "en": english}


def match_of(address: str) -> ResolverMatch | None:
    return match_of_path(urlsplit(address).path)


@cache
def match_of_path(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def kind_of(address: str) -> str:
    """Pages that are alike: the same view, the same action, the same names in the query; nothing where a walk ends."""
    match = match_of(address)
    if match is None:
        return "unknown"
    if match.view_name in ENDS:
        return ""
    action = str(match.kwargs.get("name", "")) if match.view_name.endswith((":act", ":importer")) else ""
    return " ".join([match.view_name, action, *sorted({name for name, _ in parse_qsl(urlsplit(address).query)})])


def out_of_reach(actor: Actor, address: str) -> str:
    """Why a link to an action's form ends in a refusal, though the form itself would open; empty where it does not."""
    match = match_of(address)
    if match is None or match.view_name != "presentation:act":
        return ""
    action = ACTIONS.get(str(match.kwargs["name"]))
    if action is None:
        return "no such action"
    subject = with_place(action.subject).filter(pk=match.kwargs["pk"]).first() if "pk" in match.kwargs else None  # type: ignore[arg-type]
    return "" if may(actor, action, subject) else f"{action.name} is not for {sorted(actor.roles)} now"


def acts_offered(address: str, page: PageWays) -> set[str]:
    """The actions whose forms a page draws, or to whose addresses its forms are sent."""
    return FORMS | {name for place in page.forms for name in acts_of(urljoin(address, place))}


@cache
def acts_of(address: str) -> frozenset[str]:
    """The actions that an address performs: named by it, in the code of its page, or by a constant that this names."""
    match = match_of(address)
    if match is None:
        return frozenset()
    room, name = match.view_name.partition(":")[0], str(match.kwargs.get("name", ""))
    if match.view_name == "presentation:act":
        return frozenset({name} & ACTIONS.keys())
    function: Any = inspect.unwrap(match.func)
    nodes = list(ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))))
    values = [node.value for node in nodes if isinstance(node, ast.Constant)]
    values += [vars(inspect.getmodule(function)).get(node.id) for node in nodes if isinstance(node, ast.Name)]
    named = {word for value in values if value is not ACTIONS for word in _words(value)}
    named |= {name, f"{room}.{name}"}
    if name in IMPORTERS:
        named.add(IMPORTERS[name].commit_name)
    return frozenset(named & ACTIONS.keys())


def _words(value: Any) -> set[str]:
    """The words of a constant: a text, several of them, or a table of them."""
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    several = value if isinstance(value, list | tuple | set | frozenset) else [value]
    return {word for word in several if isinstance(word, str)}


def note_forms() -> None:
    """Have every form that a page draws say of which action it is."""
    drawn: Any = ActionForm.fields

    def fields(form: Any) -> Any:
        FORMS.add(form.action.name)
        return drawn.fget(form)

    ActionForm.fields = property(fields)  # type: ignore[assignment,method-assign]


def look_at_what_is_possible(met: Walk) -> None:
    """For each action that this person may do now and that was not met: whether the page of a record leads to it."""
    for name, action in ACTIONS.items():
        if not action.by & met.actor.roles or name in met.reached:
            continue
        if action.subject is None:
            if name not in OPENED_FROM or may_open(met.actor, *OPENED_FROM[name]):
                met.missing[name] = "no page leads to it"
            continue
        rows = with_place(action.subject).order_by("-pk")
        rows = rows.filter(state__in=action.leaves) if action.leaves else rows
        rows = rows.filter(importer=name.removesuffix("_undo")) if action.subject is Import else rows
        own = [row for row in rows[:ROWS].iterator() if may(met.actor, action, row)]
        pages = {urldefrag(row.get_absolute_url()).url: row for row in own if hasattr(row, "get_absolute_url")}
        linked = [address for address in pages if address in met.links]
        hidden = [] if linked else [row for row in own[:SEEN] if sees(met.actor, row)][:TRIED]
        linked += [address for row in hidden if (address := page_behind(met, row))]
        if linked:
            look_at(met, name, linked[:TRIED])
        elif hidden:
            met.missing[name] = f"no way to {reference(hidden[0])}"


def page_behind(met: Walk, row: Any) -> str:
    """The page of a record that a page leads to which was met but not opened: of what it belongs to."""
    if not hasattr(row, "get_absolute_url"):
        return ""
    fields = [one for one in row._meta.concrete_fields if one.many_to_one]
    above = [getattr(row, one.name) for one in fields if hasattr(one.related_model, "get_absolute_url")]
    if row.place.organisation_id is not None:
        above += Organisation.objects.filter(pk=row.place.organisation_id)
    for address in (record.get_absolute_url() for record in above if record is not None):
        if address in met.links:
            page = PageWays(open_page(met, address).content.decode())
            for link in page.links:
                list(met.lead(urljoin(address, link), met.links[address][0] + 1, address))
    own = urldefrag(row.get_absolute_url()).url  # a line of a page is on it
    return own if own in met.links else ""


def may_open(actor: Actor, label: str, states: set[str]) -> bool:
    """Whether somebody sees a record in one of these states, and works with it."""
    rows: Any = apps.get_model(label)._default_manager
    return any(actor.works_with(row.place) for row in rows.visible_to(actor).filter(state__in=states))


def look_at(met: Walk, name: str, pages: list[str]) -> None:
    """Whether the page of a record that an action may be done to leads to it; otherwise which page does not."""
    for address in pages:
        answer = open_page(met, address)
        page = PageWays(answer.content.decode())
        behind = {act for link in page.links for act in acts_of(urldefrag(urljoin(address, link)).url)}
        if name in acts_offered(address, page) | behind:
            met.reached[name] = [met.links[address][0] + 1, address]
            return
    met.missing[name] = f"no way from {pages[-1]}"
