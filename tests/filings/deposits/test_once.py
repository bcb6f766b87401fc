"""What an act costs the database: where it happens is asked once, and its record is written once."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.months.model import Filing
from tests.factories import World
from tests.filings.deposits.test_work import filing, saved

__all__ = ["filing"]


def starting(asked: CaptureQueriesContext, words: str) -> list[str]:
    return [query["sql"] for query in asked.captured_queries if query["sql"].startswith(words)]


def test_a_move_writes_its_record_once_with_state_and_revision(clerk: Actor, filing: Filing) -> None:
    before = filing.revision
    with CaptureQueriesContext(connection) as asked:
        saved(clerk, filing)
    assert len(starting(asked, 'UPDATE "filings_filing"')) == 1
    filing.refresh_from_db()
    assert (filing.state, filing.revision) == ("draft", before + 1)


def test_where_something_is_opened_is_asked_once(clerk: Actor, world: World) -> None:
    """Its organisation is read with the region, for the reach of a role; the act itself reads it without."""
    data = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": "2023-07"}
    with CaptureQueriesContext(connection) as asked:
        perform("filings.open", clerk, data=data)
    read = starting(asked, 'SELECT "organisations_organisation"')
    assert len([sql for sql in read if "INNER JOIN" in sql and '"organisations_region"' in sql]) == 1
