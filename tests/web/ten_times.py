"""How many queries the pages of the menu ask before and after there are ten times the records.

Run by itself (`python -m tests.web.ten_times FILE`) on a copy of the loaded example: copying records spoils it for
anything else.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from unittest import mock

import django
from django.test import override_settings

READERS = ("officer", "city", "director", "p02.clerk", "p02.head", "verifier", "bank", "owner", "admin")
TIMES = 10


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


def main(out: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tanzhi.web.settings"
    django.setup()
    # that a session is noted as used now and then depends on how long the machine takes
    seldom = mock.patch("tanzhi.web.middleware.USED_STEP", 10**9)
    with seldom, override_settings(TANZHI_TIME_CODES="off"):  # the example's people have none
        out.write_text(json.dumps(queries_before_and_after(TIMES)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
