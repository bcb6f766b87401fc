"""Role × page × API, generated from what is registered: every address of every installed room, tried as every role.

A room that is added later is covered by being installed: nothing is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.converters import IntConverter

from tanzhi.actions import clock
from tanzhi.actions.registry import ACTIONS
from tanzhi.filings.months.model import Filing, Version
from tanzhi.organisations.people.roles import ROLES
from tanzhi.presentation import navigation
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.web.middleware import OTHERS_FORMS
from tests.filings.plans.test_work import complete
from tests.web import matrix

if TYPE_CHECKING:
    from django.test import Client

Enter = Callable[[str], "Client"]
SHOWN = {200, 302}
REFUSED = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429}
# The watchdog's page says 503 where no worker lives, as here.
SAYS_NOT_OK = "/healthz"
# Not pages: they end a session, or belong to Django, or are tried by themselves below.
LEFT_OUT = {"organisations:sign_out", "set_language"}
ROLE_NAMES = list(ROLES)
FORM = re.compile(r'<form\b(?=[^>]*\bmethod="post")[^>]*')
ACTION = re.compile(r'\baction="([^"?#]*)')
OBSERVERS = ["public", "stranger", *(role for role in ROLE_NAMES if role != "public")]


def addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named address of our rooms."""
    for one in patterns:
        if isinstance(one, URLResolver):
            space = one.namespace or ""
            if space != "api":
                yield from addresses(one.url_patterns, f"{before}{space}:" if space else before)
        elif one.name and f"{before}{one.name}" not in LEFT_OUT:
            yield f"{before}{one.name}", one


PAGES = dict(addresses(get_resolver().url_patterns))
TAKING = LEFT_OUT | {
    name for name, page in PAGES.items() if getattr(page.callback, "takes_form", False) or name in OTHERS_FORMS
}


def every_page() -> dict[str, set[str]]:
    """Every page by its name: with the number of the first record of each of its room's models, and of none."""
    rooms = {name: name.partition(":")[0] for name in PAGES}
    numbers = {room: _first_numbers(room) for room in set(rooms.values())}
    return {name: tried(name, pattern, numbers[rooms[name]]) for name, pattern in PAGES.items()}


def _first_numbers(room: str) -> set[str]:
    models = apps.get_app_config(room).get_models() if room in apps.app_configs else ()
    ours = [model for model in models if model.__module__.startswith("tanzhi.")]  # another test may have made one up
    firsts = (model._base_manager.values_list("pk", flat=True).first() for model in ours)
    return {*(str(first) for first in firsts if first is not None), "987654321"}


def tried(name: str, pattern: URLPattern, numbers: set[str]) -> set[str]:
    """The addresses of one page with each of the numbers."""
    wanted, found = pattern.pattern.converters, set()
    for key in numbers if wanted else [""]:
        words = {n: key if isinstance(c, IntConverter) else _word(n, c.regex) for n, c in wanted.items()}
        try:
            found.add(reverse(name, kwargs=words))
        except NoReverseMatch:
            pytest.fail(f"{name}: no address for {words}")
    return found


def _word(name: str, allowed: str) -> str:
    """A word for an address: a period where one is asked for, the first of a few, else one that names nothing."""
    if name == "period":
        return "2024H1"
    return allowed.partition("|")[0] if "|" in allowed else "x1"


@pytest.fixture
def records(world: Any, clerk: Any) -> None:
    """A month, a plan and a mapping, so that pages about one record have one."""
    from tanzhi.actions.perform import perform

    month = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": "2023-06"}
    perform("filings.open", clerk, data=month)
    plan = perform(
        "filings.open_plan", clerk, data={"guideline": "power", "organisation_id": world.plant.pk, "year": 2024}
    )
    perform("filings.draft_plan", clerk, plan.result, {"record": complete(plan.result)})


@pytest.fixture
def case(records: None, world: Any) -> None:
    """A report of 2023 that the verifiers' body looks at: written as it stands, because the pages are what is tried."""
    filing = Filing.objects.create(
        form_code="power.year", organisation=world.plant, subject=f"organisation:{world.plant.pk}", period="2023",
        due_on=date(2024, 3, 31), state="checked",
    )  # fmt: skip
    version = Version.objects.create(
        filing=filing,
        number=1,
        values='{"units": []}',
        digest="0" * 64,
        person_id=0,
        person_name="clerk",
        at=clock.now(),
    )
    Verification.objects.create(
        organisation=world.plant, year=2023, filing=filing, version=version, body=world.verifier_firm, state="formed"
    )


@pytest.mark.parametrize("role", OBSERVERS)
@pytest.mark.usefixtures("case")
def test_every_page_answers_or_refuses_whoever_asks_and_nobody_stores_it(enter: Enter, role: str) -> None:
    """And what depends on who asks is not to be stored on the way; every form leads to an address that takes it."""
    browser = enter(role)
    odd, seen, stored, lost = {}, set(), [], {}
    for name, addresses_of_page in every_page().items():
        for address in sorted(addresses_of_page):
            answer = browser.get(address)
            if answer.status_code not in SHOWN | REFUSED and address != SAYS_NOT_OK:
                odd[address] = answer.status_code
            if answer.status_code == 200:
                seen.add(name)
            if role != "public" and answer.headers.get("Cache-Control") != "no-store":
                stored.append(address)
            lost |= dict.fromkeys(_forms(answer, address) - TAKING, address)
    assert (odd, stored, lost) == ({}, [], {})
    assert matrix.compare("addresses", role, seen, OBSERVERS) == []


def _forms(answer: Any, address: str) -> set[str]:
    """The names of the addresses to which a page's forms are sent; without one, back to the page."""
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return set()
    places = (ACTION.search(form[0]) for form in FORM.finditer(answer.content.decode()))
    return {resolve(place[1] if place and place[1] else address).view_name for place in places}


def test_every_row_of_the_visibility_matrix_names_its_law_or_duty() -> None:
    assert matrix.without_reason() == []


@pytest.mark.parametrize("role", ROLE_NAMES)
@pytest.mark.usefixtures("records")
def test_a_form_that_is_sent_empty_is_refused_in_words_and_never_breaks(enter: Enter, role: str) -> None:
    """And by the page's method where nothing takes a form."""
    browser = enter(role)
    odd = {}
    for name, addresses_of_page in every_page().items():
        for address in addresses_of_page:
            status = browser.post(address, {}).status_code
            if status not in (REFUSED | SHOWN) - {405} if name in TAKING else status != 405:
                odd[address] = status
    assert odd == {}


def test_every_address_that_takes_forms_is_registered() -> None:
    assert OTHERS_FORMS - {*PAGES, *LEFT_OUT} == set()


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_the_menu_shows_a_role_exactly_what_is_registered_for_it_and_every_entry_opens(enter: Enter, role: str) -> None:
    browser = enter(role)
    here = browser.get("/about/").content.decode().partition('id="entries"')[2]
    for entry in navigation.entries():
        address = navigation.address_of(entry)
        meant = not entry.roles or role in entry.roles
        assert (f'<a href="{address}"' in here) is meant, f"{entry.name} for {role}"
        assert browser.get(address).status_code in (SHOWN if meant else SHOWN | REFUSED), f"{entry.name} for {role}"


def test_every_entry_of_the_menu_leads_to_a_page() -> None:
    assert [entry.name for entry in navigation.entries() if not navigation.address_of(entry)] == []


@pytest.mark.parametrize("role", ROLE_NAMES)
@pytest.mark.usefixtures("records")
def test_every_action_has_a_form_for_those_who_may_and_none_that_lets_others_through(enter: Enter, role: str) -> None:
    browser = enter(role)
    for name in ACTIONS:
        address = reverse("presentation:act", args=[name])
        assert browser.get(address).status_code in SHOWN | REFUSED, name


@pytest.mark.parametrize("role", ROLE_NAMES)
@pytest.mark.usefixtures("records")
def test_the_interface_refuses_every_action_that_is_not_of_the_role(enter: Enter, role: str) -> None:
    """The input is checked first (422); what passes that is refused by role, by reach or by state."""
    browser = enter(role)
    for name, entry in ACTIONS.items():
        subject = "?subject=987654321" if entry.subject else ""
        answer = browser.post(f"/api/actions/{name}{subject}", data={}, content_type="application/json")
        held = role in entry.by or ("person" in entry.by and role != "public")
        assert answer.status_code in (SHOWN | REFUSED if held else REFUSED), (name, answer.status_code)


def test_the_interface_is_described_at_one_address(client: Client) -> None:
    told = client.get("/api/openapi.json").json()
    described = {path.removeprefix("/api/actions/") for path in told["paths"] if path.startswith("/api/actions/")}
    assert described == set(ACTIONS)
