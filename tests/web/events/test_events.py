"""Events are written with their acts, told in the order of the log, to whoever sees the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import ACTIONS
from tanzhi.evidence.models import Entry
from tanzhi.evidence.sealer import seal_all
from tanzhi.web.events import outbox
from tanzhi.web.events.model import ActEvent
from tests.web.api.test_acts import program_of

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World


def asked(actor: Actor, **query: Any) -> dict[str, Any]:
    answer = program_of(actor).get("/api/events", query)
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def of_accounts(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Without the reader's own role, which was granted by a decision too."""
    return [event for event in answer["events"] if event["act"].startswith("registry.")]


@pytest.fixture
def returned(world: World, clerk: Actor, officer: Actor, director: Actor) -> Any:
    """A proposal of an officer that a director sends back, and one that he approves."""
    account = perform("registry.open_account", officer, data={"organisation": world.plant.code}).result
    for approve in (False, True):
        outcome = perform("registry.close_account", officer, account, {"reason": "the plant was closed"})
        assert outcome.proposal is not None
        decide(outcome.proposal, director, approve, "" if approve else "not yet")
    return account


def test_every_act_has_its_kind_or_none() -> None:
    """By hand: deposits, publications and returns by their names; what decides is a decision; the rest is not told."""
    kinds = {name: outbox.kind_of(name) for name in ACTIONS if not name.startswith("t.")}
    assert [name for name, kind in kinds.items() if kind == "deposit"] == ["filings.deposit"]
    assert {name for name, kind in kinds.items() if kind == "publication"} == {
        "bulletin.publish", "bulletin.supersede", "inventory.publish", "inventory.withdraw", "ccer.open_notice",
        "ccer.report_notice", "organisations.disclose_list", "policy.publish_audit_list",
    }  # fmt: skip
    returns = {name for name, kind in kinds.items() if kind == "return"}
    assert {"filings.return_month", "verification.send_back", "verification.hand_back_clue"} <= returns
    assert "policy.return_comments" not in returns
    told = outbox.DEPOSITS | outbox.PUBLICATIONS | returns
    assert {name for name, kind in kinds.items() if kind == "decision"} == {
        name for name in kinds if ACTIONS[name].decides and name not in told
    }
    assert outbox.kind_of("registry.close_account.proposed") == "proposal"
    assert [outbox.kind_of(name) for name in ("x.y", "filings.save", "x.y.proposed", "filings.save.seen")] == [""] * 4


def test_a_proposal_its_return_and_the_decision_are_told_in_the_order_of_the_log(
    returned: Any, officer: Actor, director: Actor
) -> None:
    assert asked(officer)["events"] == [], "nothing is told before it is sealed"
    seal_all()
    events = of_accounts(asked(officer))
    acts = [(event["kind"], event["act"]) for event in events]
    assert acts == [
        ("proposal", "registry.close_account.proposed"),
        ("proposal", "registry.close_account.rejected"),
        ("proposal", "registry.close_account.proposed"),
        ("decision", "registry.close_account"),
    ]
    last = events[-1]
    assert (last["records"], last["reference"]) == ("accounts", f"registry.account:{returned.pk}")
    assert last["receipt"] == Entry.objects.get(pk=last["entry"]).number
    read = program_of(director).get(f"/api/records/{last['records']}/{last['code']}")
    assert (read.status_code, read.json()["id"]) == (200, returned.pk)


def test_only_what_the_reader_sees_is_told_and_his_cursor_goes_on(
    returned: Any, world: World, stranger: Actor, clerk: Actor, officer: Actor
) -> None:
    seal_all()
    nothing = asked(stranger)
    assert of_accounts(nothing) == []
    assert nothing["more"] is False
    assert asked(officer, after=nothing["next"])["events"] == [], "the stranger's cursor has passed what he may not see"
    assert len(of_accounts(asked(clerk))) == 4, "the account is the plant's own"


def test_a_cursor_begins_where_the_last_answer_ended_whatever_the_limit(returned: Any, officer: Actor) -> None:
    seal_all()
    everything = [event["id"] for event in asked(officer)["events"]]
    for limit in (1, 2, 3):
        after, seen = "", []
        while True:
            page = asked(officer, after=after, limit=limit)
            seen += [event["id"] for event in page["events"]]
            after = page["next"]
            if not page["more"]:
                break
        assert seen == everything, limit
    assert asked(officer, after=after)["events"] == []
    assert [event["kind"] for event in of_accounts(asked(officer, kind="decision"))] == ["decision"]
    assert len(of_accounts(asked(officer, kind="decision,proposal"))) == 4


@pytest.mark.parametrize(
    ("query", "field"),
    [("after=x", "after"), ("limit=0", "limit"), ("limit=501", "limit"), ("limit=x", "limit"), ("kind=rumour", "kind"),
     ("kind=deposit,%00", "kind")],
)  # fmt: skip
def test_a_query_that_cannot_be_read_is_refused_by_its_field(query: str, field: str, officer: Actor) -> None:
    answer = program_of(officer).get(f"/api/events?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "API-QUERY")
    assert [finding["field"] for finding in answer.json()["findings"]] == [field]


def test_an_act_that_is_refused_leaves_no_event_and_a_deposit_that_is_taken_back_neither(
    world: World, officer: Actor, director: Actor
) -> None:
    account = perform("registry.open_account", officer, data={"organisation": world.plant.code}).result
    before = ActEvent.objects.count()
    with pytest.raises(Refused):
        perform("registry.close_account", officer, account, {})
    kept = transaction.savepoint()
    perform("registry.close_account", officer, account, {"reason": "the plant was closed"})
    assert ActEvent.objects.count() == before + 1
    transaction.savepoint_rollback(kept)
    assert ActEvent.objects.count() == before


def test_events_are_read_in_as_many_queries_however_many_there_are(returned: Any, officer: Actor) -> None:
    seal_all()
    client = program_of(officer)

    def queries(limit: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/api/events", {"limit": limit}).status_code == 200
        return len(captured)

    queries(1)
    assert queries(4) <= queries(1) + 1  # one more kind of record is named


def test_nobody_is_told_without_signing_in(client: Any, db: None) -> None:
    assert client.get("/api/events").status_code == 401
