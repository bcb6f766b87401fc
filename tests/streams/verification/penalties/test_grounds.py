"""A fine below the range, or none: by a ground of the law's own articles, named in the letter; refused otherwise.

The range is 450,000 to 900,000 yuan (1,000 t at 90 yuan, five to ten times).
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest

from tanzhi.actions.registry import Actor, decide, perform
from tanzhi.office.letters.model import Letter
from tanzhi.streams.verification.penalties.grounds import ground_words
from tanzhi.streams.verification.penalties.model import Penalty
from tests.refusing import refused
from tests.streams.verification.conftest import day
from tests.streams.verification.penalties.conftest import NOTICE, decided_by_two

pytestmark = pytest.mark.django_db

LIGHTER = ["harm_removed", "coerced", "confessed", "merit", "other_rule"]
NONE = ["minor_corrected", "first_minor", "no_fault", "unproven"]


def words_of(code: str) -> str:
    (letter,) = Letter.objects.filter(code=code)
    return str(letter.blocks)


@pytest.mark.parametrize("ground", LIGHTER)
def test_a_fine_below_the_range_has_one_of_the_five_grounds_and_the_letter_names_it(
    notified: Penalty,
    officer: Actor,
    director: Actor,
    ground: str,
) -> None:
    with day(3, 13, 2025):
        case = decided_by_two(notified, officer, director, fine="100000", ground=ground)
    assert (case.fine, case.ground, case.range_least) == ("100000", ground, "450000.00")
    assert "行政处罚法第32条" in words_of("verification.penalty_decision")


@pytest.mark.parametrize(
    ("fine", "ground", "code"),
    [
        ("449999.99", "", "PEN-AMOUNT"),
        ("450000", "", ""),
        ("449999.99", "harm_removed", ""),
        ("0.01", "harm_removed", ""),
        ("0", "harm_removed", "PEN-NO-AMOUNT"),
        ("450000", "harm_removed", ""),  # lighter within the range
        *(("449999.99", ground, "PEN-GROUND") for ground in NONE),
        ("450000", "first_minor", "PEN-GROUND"),
        ("900000.01", "harm_removed", "PEN-AMOUNT"),
        ("490000.01", "harm_removed", "PEN-HEAVIER"),
    ],
)
def test_what_is_decided_below_the_range_needs_its_ground(
    notified: Penalty,
    officer: Actor,
    fine: str,
    ground: str,
    code: str,
) -> None:
    stated = {"outcome": "fine", "fine": fine, "reason": "主动补缴", "ground": ground}
    with day(3, 13, 2025), refused(code) if code else nullcontext():
        perform("verification.decide_penalty", officer, notified, stated)
    notified.refresh_from_db()
    assert (notified.fine, notified.ground) == ("", "")  # nothing stands while one alone proposes


@pytest.mark.parametrize(
    ("proposed", "ground", "code"),
    [("449999.99", "", "PEN-AMOUNT"), ("449999.99", "no_fault", "PEN-GROUND"), ("449999.99", "merit", "")],
)
def test_a_notice_below_the_range_needs_its_ground_too(
    investigated: Penalty,
    officer: Actor,
    proposed: str,
    ground: str,
    code: str,
) -> None:
    stated = NOTICE | {"proposed": proposed, "ground": ground}
    with day(3, 5, 2025), refused(code) if code else nullcontext():
        perform("verification.notify_penalty", officer, investigated, stated)
    investigated.refresh_from_db()
    assert (investigated.state, investigated.notice_ground) == (
        ("investigated", "") if code else ("notified", "merit")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"outcome": "no_fine"}, "PEN-GROUND-MISSING"),
        *(({"outcome": "no_fine", "ground": ground}, "PEN-GROUND") for ground in LIGHTER),
        ({"outcome": "handed_over", "ground": "unproven"}, "PEN-GROUND-LEFT"),
        *(({"outcome": "no_fine", "ground": ground}, "") for ground in NONE),
    ],
)
@pytest.mark.parametrize("early", [True, False])
def test_no_penalty_needs_a_ground_of_its_own_articles(
    investigated: Penalty,
    officer: Actor,
    early: bool,
    data: dict[str, Any],
    code: str,
) -> None:
    act = "verification.end_penalty" if early else "verification.decide_penalty"
    if not early:
        with day(3, 5, 2025):
            perform("verification.notify_penalty", officer, investigated, NOTICE)
        investigated.refresh_from_db()
    stated = {"reason": "情节符合法定情形"} | data
    with day(3, 13, 2025), refused(code) if code else nullcontext():
        perform(act, officer, investigated, stated)


@pytest.mark.parametrize("early", [True, False])
def test_a_party_that_was_notified_gets_the_decision_without_a_penalty(
    investigated: Penalty,
    officer: Actor,
    director: Actor,
    early: bool,
) -> None:
    """Before the notice the party knows of no case, and gets no letter of one."""
    act = "verification.end_penalty" if early else "verification.decide_penalty"
    with day(3, 5, 2025):
        if not early:
            perform("verification.notify_penalty", officer, investigated, NOTICE)
    investigated.refresh_from_db()
    with day(3, 13, 2025):
        stated = {"outcome": "no_fine", "reason": "首次逾期，当日改正", "ground": "first_minor"}
        proposal = perform(act, officer, investigated, stated).proposal
        assert proposal is not None
        decide(proposal, director)
    investigated.refresh_from_db()
    assert (investigated.state, investigated.ground, investigated.fine) == ("no_fine", "first_minor", "")
    if early:
        assert not Letter.objects.exists()
    else:
        assert "行政处罚法第33条" in words_of("verification.penalty_none")


@pytest.mark.parametrize(
    ("ground", "on", "article"),
    [
        ("merit", date(2021, 7, 15), "32"),
        ("no_fault", date(2021, 7, 15), "33"),
        ("unproven", date(2026, 8, 15), "57"),
        ("merit", date(2021, 7, 14), ""),  # the Law as revised was not in force
    ],
)
def test_a_ground_is_named_by_its_article_of_the_day(ground: str, on: date, article: str) -> None:
    assert f"第{article}条" in ground_words(ground, on).zh if article else "条" not in ground_words(ground, on).zh
