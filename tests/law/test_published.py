"""A value for days that were published is entered knowingly, and what was published stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.bulletin.models import Edition
from tanzhi.law import publication
from tests.law.conftest import Enter

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Region

VALUE: dict[str, Any] = {
    "guideline": "surrender", "parameter": "offset_share", "value": "0.10", "unit": "1", "since": "2023-01-01",
    "supersedes": True, "source": "公告第7号，二",
}  # fmt: skip


@pytest.fixture
def edition(province: Region, officer: Actor, director: Actor, settings: Any) -> Edition:
    settings.TANZHI_PROVINCE = province.code
    drafted: Edition = perform("bulletin.draft", officer, data={"region": province.code, "period": "2024H1"}).result
    proposal = perform("bulletin.publish", officer, drafted, {"remark": "各项指标无数据"}).proposal
    assert proposal is not None
    decide(proposal, director)
    drafted.refresh_from_db()
    return drafted


@pytest.mark.parametrize(("since", "until"), [("2023-01-01", None), ("2024-06-30", "2024-06-30")])
def test_a_value_for_days_that_were_published_is_refused_unless_it_says_so(
    since: str, until: str | None, edition: Edition, administrator: Actor, enter: Enter
) -> None:
    data = VALUE | {"since": since, "until": until}
    printed = edition.digest
    with pytest.raises(Refused, match="LAW-PUBLISHED") as refused:
        perform("law.enter_parameter", administrator, data=data)
    assert "2024" in refused.value.message.zh
    enter(**data | {"after_publication": True})
    edition.refresh_from_db()
    assert (edition.digest, edition.state) == (printed, "published")
    assert edition.content.release != ""


def test_a_value_for_other_days_need_not_and_may_not_say_so(
    edition: Edition, administrator: Actor, enter: Enter
) -> None:
    data = VALUE | {"since": "2024-07-01", "until": "2024-12-31"}
    with pytest.raises(Refused, match="LAW-UNPUBLISHED"):
        perform("law.enter_parameter", administrator, data=data | {"after_publication": True})
    enter(**data)


def test_every_room_that_publishes_has_a_test_that_what_it_published_stays() -> None:
    """Bulletins above; inventories in tests/streams/inventory/test_earlier_law.py. Who joins needs one of its own."""
    rooms = {publications.__module__.split(".")[-2] for publications in publication._ROOMS}
    assert rooms == {"bulletin", "inventory"}
