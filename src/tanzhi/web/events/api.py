"""`GET /api/events`: what happened since a cursor, of what the reader sees."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from tanzhi.actions.refusal import Refused
from tanzhi.actions.typed import whole
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.records.page import CURSOR, LIMIT, MOST, NOT_FITTING, USUAL, WRONG_QUERY, cursor, position
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .outbox import KINDS
from .reading import page_of_events

router = Router(tags=["events"])


class EventAnswer(Schema):
    """One act: of which kind, on which record, with its place in the log."""

    id: str
    kind: str
    act: str
    reference: str
    records: str | None
    code: str | None
    at: str
    entry: int
    receipt: str


class EventsAnswer(Schema):
    """Events in the order of the log; `next` is where the next request begins, whether there is more now or not."""

    events: list[EventAnswer]
    next: str
    more: bool


@router.get("", response=EventsAnswer, operation_id="follow_events")
def follow_events(request: HttpRequest, after: str = "", kind: str = "", limit: str = "") -> dict[str, Any]:
    """事件，按存证次序 / Events in the order of the log; several kinds are separated by commas."""
    kinds = [each for each in kind.split(",") if each]
    begin, most = position(after), whole(limit or str(USUAL), MOST)
    kinds_offered = same(" / ".join(KINDS))
    faults: list[tuple[str, str, Text]] = []
    faults += [("after", after, CURSOR)] if begin is None else []
    faults += [("limit", limit, LIMIT.format(most=MOST))] if not most else []
    faults += [("kind", each, kinds_offered) for each in kinds if each not in KINDS]
    if faults or begin is None or not most:
        findings = [misfit(*fault) for fault in faults]
        raise Refused("API-QUERY", WRONG_QUERY.format(n=len(findings)), 422, findings)
    page = page_of_events(actor_of_request(request), begin, kinds, most)
    return {"events": page.events, "next": cursor(page.position), "more": page.more}


def misfit(name: str, words: str, expected: Text) -> Finding:
    """What stands wrongly in the query."""
    readable = same("".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words[:80]))
    message = NOT_FITTING.format(name=name, found=readable, expected=expected)
    return Finding("API-QUERY", ERROR, "events", name, readable, expected, message)
