"""How many queries the pages of the menu ask before and after there are ten times the records, and which tables is read
for answers that are kept until the next act; here each is worked out anew.

Run by itself (`python -m tests.web.ten_times FILE`) on a copy of the loaded example: copying records spoils it for
anything else.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.test import override_settings

READERS = ("officer", "city", "director", "p02.clerk", "p02.head", "verifier", "bank", "owner", "admin")
TIMES = 10
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


def queries_before_and_after(times: int) -> dict[str, tuple[int, int]]:
    """Each page of the menu once, by the first of the readers who has it; the home page of each."""
    from bench.pages import queries, signed_in, where_it_leads
    from bench.tenfold import multiply

    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of
    from tanzhi.presentation import navigation

    clients, pages = {}, {}
    for name in READERS:
        person = Person.objects.get(sign_in_name=name)
        clients[name], roles = signed_in(person), actor_of(person).roles
        pages[f"/ ({name})"] = (name, "/")
        for entry in navigation.entries():
            address = navigation.address_of(entry)
            if address and (not entry.roles or entry.roles & roles):
                pages.setdefault(address, (name, where_it_leads(clients[name], address)))
    before = {page: queries(clients[name], address) for page, (name, address) in pages.items()}
    multiply(times)
    return {page: (before[page], queries(clients[name], address)) for page, (name, address) in pages.items()}


class TablesRead:
    """Stands in for `UntilNextAct.of`: works out every answer, and notes the tables of its queries."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def of(self, _key: object, work: Callable[[], Any]) -> Any:
        from django.db import connection

        with connection.execute_wrapper(self._noted):
            return work()

    def _noted(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.names.update(TABLE.findall(sql))
        return execute(sql, params, many, context)


def main(out: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tanzhi.web.settings"
    django.setup()
    # that a session is noted as used now and then depends on how long the machine takes
    seldom = mock.patch("tanzhi.web.middleware.USED_STEP", 10**9)
    read = TablesRead()
    anew = mock.patch("tanzhi.evidence.until_next_act.UntilNextAct.of", lambda _self, *of: read.of(*of))
    with seldom, anew, override_settings(TANZHI_TIME_CODES="off"):  # the example's people have none
        queries = queries_before_and_after(TIMES)
    out.write_text(json.dumps({"queries": queries, "tables": sorted(read.names)}), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
