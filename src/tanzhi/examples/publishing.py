"""How an example publishes its bulletin: sealed, drafted by one of its people, signed by another."""

from __future__ import annotations

from datetime import date

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import decide
from tanzhi.bulletin.models import Edition
from tanzhi.evidence.sealer import seal_all

from .plants import noon

REMARK = "示例数据均为合成；各项数据由平台记录生成。"


def publish(region: str, period: str, day: date, people: tuple[Actor, Actor]) -> Edition:
    """The edition of a period; the log is sealed first, so that the bulletin prints its head."""
    officer, director = people
    seal_all()
    with clock.at(noon(day)):
        drafted = perform("bulletin.draft", officer, data={"period": period, "region": region}).result
        proposal = perform("bulletin.publish", officer, drafted, {"remark": REMARK}).proposal
        if proposal is not None:
            decide(proposal, director, True, "示例：同意签发")
    drafted.refresh_from_db()
    edition: Edition = drafted
    return edition
