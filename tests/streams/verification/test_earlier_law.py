"""A concluded verification is listed with a value that was entered after it, and keeps what it concluded."""

from __future__ import annotations

from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.law.earlier import Entered, earlier
from tanzhi.streams.verification.cases.model import Verification
from tests.law.entering import enter_by

CONCLUSIONS = "verification.conclusions"


def test_a_conclusion_before_the_value_is_listed_and_one_of_another_year_is_not(
    concluded: Verification, administrator: Actor
) -> None:
    before = concluded.latest
    value: dict[str, Any] = {
        "guideline": "power",
        "parameter": "oxidation_rate",
        "keys": {"fuel": "diesel"},
        "value": "0.97",
    }
    value |= {"unit": "1", "supersedes": True, "source": "公告第7号，二"}
    other = enter_by(administrator, **value, since="2022-01-01", until="2022-12-31")
    own = enter_by(administrator, **value, since="2023-01-01", until="2023-12-31")
    counted = {
        entry.number: [one.count for one in earlier(Entered.of(entry), administrator) if one.stream.code == CONCLUSIONS]
        for entry in (other, own)
    }
    assert counted == {other.number: [], own.number: [1]}
    assert before is not None
    assert concluded.latest == before
