"""Queries of every list page in the menu: a page of fifty rows against one of five, on the loaded example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.core.paginator import Page, Paginator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.example import made_up, officer
from bench.lines import Line, line

TITLE = "Pages"
FEW, MANY = 5, 50


def measure(toy: bool = False) -> list[Line]:
    person = made_up() if toy else officer()
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans", HTTP_HOST="localhost")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    found = {address: (asked(client, address, FEW), asked(client, address, MANY)) for address in lists(client)}
    grown = {a: (few, many) for a, (few, many) in found.items() if many[1] > few[1]}
    ratios = [many[0] / few[0] for few, many in grown.values()]
    worse = [address for address, (few, many) in grown.items() if many[0] > few[0]]
    notes = (
        f"{len(grown)} lists of {len(found)} that have more than {FEW} rows; {', '.join(worse) or 'none needs more'}"
    )
    return [line(f"queries of a page of {MANY} rows ÷ of {FEW}", ratios, "≤ 1", notes)]


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
