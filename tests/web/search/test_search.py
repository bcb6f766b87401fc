"""Search finds what its reader may see and counts nothing else, of every kind, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tanzhi.actions.perform import perform
from tanzhi.actions.references import reference
from tanzhi.actions.visibility import may_see
from tanzhi.evidence.tracking import unrecorded
from tanzhi.filings.plans.model import Plan
from tanzhi.presentation.search import MOST_COUNTED, Hits, RecordSearch, kinds, search
from tanzhi.presentation.search_writing import index_all
from tanzhi.rulebook.kernel.text import Text
from tests.actions.spots import spots
from tests.web.test_every_page import OBSERVERS
from tests.web.test_visibility import reader_of

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.actions.actor import Actor
    from tests.factories import World

pytestmark = pytest.mark.django_db
RECORDS = [kind for kind in kinds() if isinstance(kind, RecordSearch)]
QUERIES_A_KIND = 4  # keys and count in one, the first rows, and what they are called
LISTS = 6  # what the bulletin's figures, pages and rules ask for


@pytest.fixture
def month(world: World, clerk: Actor) -> Any:
    data = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": "2024-06"}
    return perform("filings.open", clerk, data=data).result


def counted(hits: list[Hits]) -> dict[str, int]:
    return {kind.code: kind.count for kind in hits}


def test_a_plants_own_month_is_found_by_two_signs_of_its_name_and_by_its_month(
    month: Any, clerk: Actor, officer: Actor
) -> None:
    for reader in (clerk, officer):
        (months,) = [hits for hits in search(reader, "示例 2024年6月", 5) if hits.code == "filings.months"]
        assert (months.count, [hit.address for hit in months.first]) == (1, [month.get_absolute_url()])
    assert counted(search(clerk, "2024-06 月度数据", 5)) == {"filings.months": 1}


@pytest.mark.usefixtures("month")
def test_who_may_not_see_a_record_does_not_find_it_and_it_is_not_counted(
    world: World, stranger: Actor, verifier: Actor, other_officer: Actor
) -> None:
    public = reader_of("public", world)
    for reader in (stranger, verifier, other_officer, public):
        assert "filings.months" not in counted(search(reader, "2024-06", 5))
    assert "organisations" not in counted(search(stranger, "示例PLANT", 5))
    assert counted(search(public, "示例", 5)) == {}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.code)
def test_every_record_of_a_kind_that_somebody_finds_is_one_that_he_may_see(kind: RecordSearch, world: World) -> None:
    """A record at each of three places; its name and page are tried on the example, where they are real."""
    made = [spot.of(kind.model) for spot in spots(world)]
    by_reference = replace(kind, title=lambda _row: Text("名", "name"), detail=lambda _row: None, address=reference)
    for observer in OBSERVERS:
        reader = reader_of(observer, world)
        count, hits = by_reference.find(reader, [], 100)
        assert (count, [hit.address for hit in hits if not may_see(reader, hit.address)]) == (len(hits), []), observer
        if observer == "administrator" and kind.only is None:
            assert {reference(record) for record in made} <= {hit.address for hit in hits}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.code)
def test_every_field_of_a_kind_can_be_searched(kind: RecordSearch, world: World) -> None:
    assert kind.find(reader_of("provincial_officer", world), ["无此词", "2024-06", "%", "'"], 5) == (0, [])


def test_the_number_of_queries_does_not_grow_with_what_is_found(world: World, officer: Actor, clerk: Actor) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert counted(search(officer, "2024", 5))["filings.months"] >= 1
        return len(asked)

    for month in range(1, 3):
        data = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": f"2024-{month:02d}"}
        perform("filings.open", clerk, data=data)
    queries()  # what is asked once in a transaction
    few = queries()
    for month in range(3, 7):
        data = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": f"2024-{month:02d}"}
        perform("filings.open", clerk, data=data)
    assert queries() == few <= len(RECORDS) * QUERIES_A_KIND + LISTS


@pytest.mark.parametrize("role", ["public", "enterprise_filer", "provincial_officer"])
def test_the_page_says_how_many_there_are_and_every_page_has_its_field(
    enter: Callable[[str], Client], role: str
) -> None:
    browser = enter(role)
    page = browser.get(reverse("web:search"), {"q": "pwr-107"}).content.decode()
    assert page.count('role="search"') == 2
    assert f'action="{reverse("web:search")}"' in browser.get(reverse("web:about")).content.decode()
    assert "/rules/power/#PWR-107" in page


@pytest.mark.parametrize(
    "query", [{}, {"q": "\x00"}, {"q": "字" * 5000}, {"q": "示例", "kind": "forged"}, {"q": "a", "kind": "'--"}]
)
def test_forged_words_find_nothing_and_break_nothing(enter: Callable[[str], Client], query: dict[str, str]) -> None:
    answer = enter("provincial_officer").get(reverse("web:search"), query)
    assert answer.status_code == 200
    assert 'class="hits"' not in answer.content.decode()


def test_many_are_counted_to_a_hundred_and_the_newest_stand_first(
    world: World, officer: Actor, enter: Callable[[str], Client]
) -> None:
    def made(first: int, number: int) -> None:
        rows = [
            Plan(organisation=world.plant, guideline=f"made-up {n}", year=2024, due_on="2024-01-31", state="draft")
            for n in range(first, first + number)
        ]
        with unrecorded():
            Plan.objects.bulk_create(rows)
        index_all()

    def plans() -> Hits:
        return next(hits for hits in search(officer, "示例PLANT", 5) if hits.code == "filings.plans")

    made(0, MOST_COUNTED)
    assert (plans().count, plans().more) == (MOST_COUNTED, False)
    made(MOST_COUNTED, 1)
    newest = Plan.objects.order_by("-pk")[:5]
    assert (plans().count, plans().more) == (MOST_COUNTED, True)
    assert [hit.address for hit in plans().first] == [plan.get_absolute_url() for plan in newest]
    page = enter("provincial_officer").get(reverse("web:search"), {"q": "示例PLANT"}).content.decode()
    assert f"{MOST_COUNTED} 条以上" in page
