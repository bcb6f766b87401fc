"""Pages of the menu on the loaded example: a list of fifty rows against five; with more records, queries and time."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from bench.example import made_up, officer
from bench.lines import EMPTY, Line, line, seconds
from bench.tenfold import multiply

TITLE = "Pages"
FEW, MANY = 5, 50
TIMES, LOOKS = 10, 20  # as many records, and looks at a page
QUESTIONS = ("电厂", "P02", "2024")  # two signs, a code, a year that very many records have
READERS = (
    "officer", "director", "city", "p02.clerk", "p02.head", "verifier", "bank", "owner", "auditor", "admin",
)  # fmt: skip


def measure(toy: bool = False) -> list[Line]:
    person = made_up() if toy else officer()
    client = signed_in(person)
    found = {address: (asked(client, address, FEW), asked(client, address, MANY)) for address in lists(client)}
    grown = {a: (few, many) for a, (few, many) in found.items() if many[1] > few[1]}
    ratios = [many[0] / few[0] for few, many in grown.values()]
    worse = [address for address, (few, many) in grown.items() if many[0] > few[0]]
    notes = (
        f"{len(grown)} lists of {len(found)} that have more than {FEW} rows; {', '.join(worse) or 'none needs more'}"
    )
    first = line(f"queries of a page of {MANY} rows ÷ of {FEW}", ratios, "≤ 1", notes)
    if connection.vendor != "sqlite":  # records are copied in its words
        return [first]
    return [first, *with_more_records([person] if toy else readers(), 3 if toy else TIMES, 1 if toy else LOOKS)]


def signed_in(person: Any) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans", HTTP_HOST="localhost")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def readers() -> list[Any]:
    """Somebody of every role that works in the example."""
    from tanzhi.organisations.people.model import Person

    return list(Person.objects.filter(sign_in_name__in=READERS))


def with_more_records(people: list[Any], times: int, looks: int) -> list[Line]:
    """Every page of the menu of these people, before and after there are more records."""
    from tanzhi.organisations.people.roles import actor_of
    from tanzhi.presentation import navigation

    clients = {person.sign_in_name: signed_in(person) for person in people}
    with override_settings(TANZHI_TIME_CODES="off"):  # made-up people have none: they would be sent to set them up
        pages = [
            (person.sign_in_name, where_it_leads(clients[person.sign_in_name], address))
            for person in people
            for entry in navigation.entries()
            if (not entry.roles or entry.roles & actor_of(person).roles) and (address := navigation.address_of(entry))
        ]
        return _grown(clients, list(dict.fromkeys(pages)), times, looks)


def where_it_leads(client: Client, address: str) -> str:
    """The page that an entry of the menu leads to; one that refuses its reader is no page to measure."""
    response = client.get(address, follow=True)
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answers {response.status_code}")
    return str(response.redirect_chain[-1][0]) if response.redirect_chain else address


def _grown(clients: dict[str, Client], pages: list[tuple[str, str]], times: int, looks: int) -> list[Line]:
    from django.urls import reverse

    from tanzhi.presentation.search_index.model import SearchTerm

    before = {page: queries(clients[page[0]], page[1]) for page in pages}
    added = multiply(times)
    ratios = {page: queries(clients[page[0]], page[1]) / before[page] for page in pages}
    times_of_page: dict[tuple[str, str], float] = {}
    with override_settings(ROOT_URLCONF="bench.empty_view"):
        nothing = p95(next(iter(clients.values())), f"/{EMPTY}", looks)
        for name, address in pages:
            times_of_page[name, address] = p95(clients[name], address, looks) / nothing
        searches = [
            p95(client, f"{reverse('web:search')}?{urlencode({'q': question})}", looks) / nothing
            for client in clients.values()
            for question in QUESTIONS
        ]
    more = ", ".join(sorted({page[1] for page in pages if ratios[page] > 1}))
    slowest = sorted(pages, key=lambda page: -times_of_page[page])[:5]
    worst = ", ".join(f"{address} ({name}) {times_of_page[name, address]:.0f}" for name, address in slowest)
    size = f"{len(pages)} pages of {len(clients)} readers, {added:,} rows more"
    return [
        line(
            f"queries with {times} times the records ÷ before",
            list(ratios.values()),
            "≤ 1",
            f"{size}; {more or 'none'}",
        ),
        line("p95 of a warm page ÷ of the empty view", list(times_of_page.values()), "≤ 15", f"{size}; most: {worst}"),
        line(
            "p95 of a search ÷ of the empty view",
            searches,
            "≤ 10",
            f"{', '.join(QUESTIONS)}; {SearchTerm.objects.count():,} terms in the index",
        ),
    ]


def queries(client: Client, address: str) -> int:
    """How many a warm page needs."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def p95(client: Client, address: str, looks: int) -> float:
    """Seconds of the processor that nineteen of twenty looks at a warm page stay within."""
    taken = sorted(first for (first,) in seconds(lambda: client.get(address), runs=looks))
    return taken[max(0, -(-95 * len(taken) // 100) - 1)]


def lists(client: Client) -> Iterator[str]:
    """The addresses in the menu whose page shows a list."""
    from tanzhi.presentation import navigation

    for address in filter(None, map(navigation.address_of, navigation.entries())):
        if asked(client, address, MANY)[1] >= 0:
            yield address


def asked(client: Client, address: str, rows: int) -> tuple[int, int]:
    """How many queries the page needed, and how many rows its lists showed (-1: it has none)."""
    from tanzhi.presentation.lists import page as listing_page

    shown: list[int] = []
    sized = mock.patch.object(listing_page, "Paginator", _paginator(rows, shown))
    with sized, CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured), sum(shown) if shown else -1


def _paginator(rows: int, shown: list[int]) -> type[Paginator[Any]]:
    """As many rows a page as are asked for, whatever the list says."""

    class Sized(Paginator[Any]):
        def __init__(self, object_list: Any, per_page: int) -> None:
            super().__init__(object_list, rows)

        def get_page(self, number: Any) -> Page[Any]:
            page = super().get_page(number)
            shown.append(len(page))
            return page

    return Sized
