"""The list of filings and the squares of months: what is open first, and a month that nobody began is seen too."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.filings.months.model import Filing
from tanzhi.filings.reminders.matrix import past_due, square
from tanzhi.organisations.people.model import Person
from tests.filings.deposits.test_work import deposited


def filing(state: str, late: bool = False) -> Filing:
    return Filing(state=state, late=late, due_on=date(2024, 7, 10))


@pytest.mark.parametrize(
    ("held", "today", "words", "tone"),
    [
        (filing("deposited"), date(2024, 8, 1), "done", "ok"),
        (filing("deposited", late=True), date(2024, 8, 1), "late", "late"),
        (filing("in_correction"), date(2024, 8, 1), "correcting", "due"),
        (filing("draft"), date(2024, 7, 10), "open", "due"),
        (filing("checked"), date(2024, 7, 11), "overdue", "late"),
        (None, date(2024, 7, 10), "not begun", ""),  # May's 40th day is 10 July
        (None, date(2024, 7, 11), "none", "late"),
        (None, date(2024, 5, 31), "–", ""),
    ],
)
@pytest.mark.django_db
def test_what_is_said_of_a_month(held, today, words, tone):
    found = square(held, past_due("2024-05", today), today)
    assert (found.words.en, found.tone) == (words, tone)


@pytest.fixture
def browser(client, clerk):
    client.force_login(Person.objects.get(pk=clerk.person_id), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return client


def opened(clerk, plant, period):
    form = "power.month" if len(period) == 7 else "power.year"
    data = {"form_code": form, "organisation_id": plant.pk, "period": period}
    return perform("filings.open", clerk, data=data).result


def test_what_is_open_stands_before_what_is_deposited(browser, clerk, approver, plant):
    deposited(clerk, approver, opened(clerk, plant, "2023-06"))
    opened(clerk, plant, "2023-05")
    page = browser.get(reverse("filings:list")).content.decode()
    rows = page.partition("<tbody>")[2]
    assert rows.index("2023-05") < rows.index("2023-06")


def test_the_list_offers_the_periods_that_were_not_begun(browser, clerk, plant):
    today = clock.today()
    opened(clerk, plant, f"{today.year - 1}")
    page = browser.get(reverse("filings:list")).content.decode()
    offered = page.partition("<datalist")[2].partition("</datalist>")[0]
    assert f'"{today:%Y-%m}"' in offered
    assert f'"{today.year - 1}"' not in offered


def test_the_list_can_be_searched_narrowed_and_exported(browser, clerk, plant):
    opened(clerk, plant, "2023-06")
    opened(clerk, plant, "2022")
    address = reverse("filings:list")
    assert 'type="search"' in browser.get(address).content.decode()
    assert "2023-06" not in browser.get(address, {"year": "2022"}).content.decode().partition("<tbody>")[2]
    assert "2023-06" in browser.get(address, {"export": "csv", "kind": "month"}).content.decode()


def test_an_enterprise_that_filed_nothing_stands_in_the_matrix(browser, plant):
    page = browser.get(reverse("filings:matrix"), {"year": clock.today().year - 1}).content.decode()
    assert plant.name.en in page
    assert page.count("none</span>") >= 10  # all but the months whose deadline has not come


@pytest.mark.parametrize("asked", ["x", "99999", ""])
def test_a_year_that_is_none_shows_this_one(browser, asked):
    assert str(clock.today().year) in browser.get(reverse("filings:matrix"), {"year": asked}).content.decode()


@pytest.mark.parametrize("name", ["list", "matrix"])
def test_the_database_is_asked_as_often_for_many_as_for_few(browser, clerk, plant, name):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            browser.get(reverse(f"filings:{name}"), {"year": "2023"})
        return len(seen)

    opened(clerk, plant, "2023-01")
    queries()
    few = queries()
    for month in range(2, 12):
        opened(clerk, plant, f"2023-{month:02d}")
    assert queries() == few
