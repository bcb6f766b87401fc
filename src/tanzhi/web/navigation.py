"""What stands at the left: only what exists, and only for whom it is meant."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text

EVERYBODY: frozenset[str] = frozenset()
PLANT = frozenset({"enterprise_filer", "enterprise_approver"})
AUTHORITY = frozenset({"city_officer", "provincial_officer", "provincial_director", "auditor"})


@dataclass(frozen=True, slots=True)
class Item:
    """A link; `roles` empty means everybody."""

    section: Text | None
    label: Text
    name: str
    roles: frozenset[str] = EVERYBODY
    address: str = ""


DATA = Text("数据", "Data")
GROUND = Text("依据", "Ground")
ITEMS = (
    Item(None, Text("今日", "Today"), "web:home"),
    Item(None, Text("发布稿", "Bulletin"), "bulletin:latest"),
    Item(DATA, Text("月度数据", "Monthly data"), "filings:list", PLANT),
    Item(DATA, Text("数据质量控制方案", "Quality control plan"), "filings:plans", PLANT),
    Item(DATA, Text("存证情况", "Deposits"), "filings:matrix", AUTHORITY),
    Item(GROUND, Text("规则库", "Rulebook"), "web:rules"),
    Item(GROUND, Text("存证", "Evidence"), "evidence:log"),
    Item(GROUND, Text("单位", "Organisations"), "organisations:list", PLANT | AUTHORITY | {"administrator"}),
    Item(GROUND, Text("人员", "People"), "organisations:people", frozenset({"administrator"})),
)


def shown(actor: Actor) -> list[tuple[Text | None, list[Item]]]:
    """The links of an actor by section, without those whose page does not exist."""
    found: dict[Text | None, list[Item]] = {}
    for item in ITEMS:
        if not item.roles or item.roles & actor.roles:
            try:
                address = reverse(item.name)
            except NoReverseMatch:
                continue
            found.setdefault(item.section, []).append(Item(item.section, item.label, item.name, item.roles, address))
    return list(found.items())
