"""From each role's home every action that it may do is reached by links and buttons, and none of them is refused.

On the whole example, as tests/web/crawl.py walks it: at most five clicks, through a page that shows the record.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tanzhi.actions.roles import ROLES
from tanzhi.actions.table import ACTIONS
from tests.web.crawl import CLICKS

pytestmark = pytest.mark.province

NOT_MET: dict[str, str] = {
    "cases.answer_finding": "on findings of cases whose kind has another role answer",
    "cases.attach": "on cases whose kind names the role; in the example it works on none of those",
    "cases.close_finding": "on findings of cases whose kind has another role close them",
    "cases.comment": "on cases whose kind names the role; in the example it works on none of those",
    "cases.drop_calendar": "stops a calendar address, and nobody of the example has one",
    "cases.raise_finding": "on open cases whose kind names the role; in the example it works on none of those",
    "cases.remind": "the worker does it by the hour",
    "filings.open": "of a region's return: on the page of an open inventory that lacks one, and none does",
    "filings.map_ledger": "the second step of an own ledger, on the page that answers the upload",
    "filings.map_rows": "the second step of a report by rows, on the page that answers the upload",
    "filings.remind": "while a plant is late with a month, and none is on the example's day",
    "law.compare": "while results stand under an earlier law, and none of the example does",
    "law.keep_comparison": "a job keeps what it compared",
    "organisations.appoint_first": "from the command line, before anybody can sign in",
    "organisations.bind_by_mail": "done at the first sign-in by a provider, which the example has not",
    "organisations.disable_totp": "for whoever signs in with time codes, which the example's people do not",
    "organisations.own_invite_again": "for own staff who have not come in yet, and nobody of the example is invited",
    "organisations.print_letter": "from the command line",
    "organisations.request_reset": "behind the page for whoever forgot a password, which has a job send the link",
    "organisations.reset_password": "by a link that is sent to the person",
    "organisations.take_over_roles": "done at a sign-in by a provider, which the example has not",
    "registry.block_account": "the check of the books does it, where they do not balance",
    "registry.borrow": "where a plant's gap lets it draw on the next year, and that of the example's approver does not",
    "verification.note_hit": "the job of the cross-checks does it",
    "web.end_token": "ends a program's token, and nobody of the example has one",
}
"""Actions that a role may do and no page offers in the example's state, with the reason."""


@pytest.fixture(scope="session")
def walks(walked: Path) -> dict[str, Any]:
    """What the walks of all roles met."""
    met: dict[str, Any] = json.loads(walked.read_text("utf-8"))
    return met


def test_somebody_of_every_role_walks(walks: dict[str, Any]) -> None:
    assert walks.keys() == ROLES.keys()
    assert {role for role, walk in walks.items() if walk["opened"] < 50} == set()


@pytest.mark.parametrize("role", ROLES)
def test_no_link_and_no_button_ends_in_a_refusal(walks: dict[str, Any], role: str) -> None:
    assert walks[role]["refused"] == {}


@pytest.mark.parametrize("role", ROLES)
def test_every_action_that_a_role_may_do_is_reached_from_its_home(walks: dict[str, Any], role: str) -> None:
    assert {name: why for name, why in walks[role]["missing"].items() if name not in NOT_MET} == {}
    assert {name: clicks for name, (clicks, _) in walks[role]["reached"].items() if clicks > CLICKS} == {}


def test_every_exception_is_one(walks: dict[str, Any]) -> None:
    """An action that no role misses any more needs no reason, and one that is gone neither."""
    missed = {name for walk in walks.values() for name in walk["missing"]}
    assert NOT_MET.keys() - missed == set()
    assert NOT_MET.keys() <= ACTIONS.keys()
