"""What stands at the left: a room registers its entry, and it appears for whom it is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from tanzhi.actions.actor import Actor
from tanzhi.rulebook.kernel.text import Text

EVERYBODY: frozenset[str] = frozenset()
PLANT = frozenset({"enterprise_filer", "enterprise_approver"})
AUTHORITY = frozenset({"city_officer", "provincial_officer", "provincial_director", "auditor"})

# The press conference's order; a reader who knows it finds the room by its name.
STREAMS: dict[str, Text | None] = {
    "top": None,
    "data": Text("数据报送", "Reporting"),
    "market": Text("碳市场", "Carbon market"),
    "intensity": Text("碳强度与清单", "Intensity and inventory"),
    "policy": Text("政策与任务", "Policy and tasks"),
    "finance": Text("气候投融资与自愿减排", "Climate finance and CCER"),
    "ground": Text("依据", "Ground"),
    "platform": Text("平台", "Platform"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A link; `roles` empty means everybody, also those who have not signed in."""

    stream: str
    label: Text
    name: str
    order: int = 50
    roles: frozenset[str] = EVERYBODY


@dataclass(frozen=True, slots=True)
class Link:
    label: Text
    address: str


_ENTRIES: dict[str, Entry] = {}


def register(stream: str, label: Text, name: str, order: int = 50, roles: Iterable[str] = EVERYBODY) -> None:
    """Add an entry, from a room's `apps.ready`; the same address name again replaces it."""
    if stream not in STREAMS:
        raise ValueError(f"unknown stream {stream!r}; known: {sorted(STREAMS)}")
    _ENTRIES[name] = Entry(stream, label, name, order, frozenset(roles))


def entries() -> list[Entry]:
    """Every registered entry, by its place."""
    return sorted(_ENTRIES.values(), key=lambda one: one.order)


def address_of(entry: Entry) -> str:
    """Where an entry leads; nothing where its page does not exist."""
    return _address(entry.name)


def shown(actor: Actor) -> list[tuple[Text | None, list[Link]]]:
    """The links of an actor by stream, without those whose page does not exist."""
    found: dict[str, list[Link]] = {stream: [] for stream in STREAMS}
    for entry in entries():
        address = address_of(entry)
        if address and (not entry.roles or entry.roles & actor.roles):
            found[entry.stream].append(Link(entry.label, address))
    return [(STREAMS[stream], links) for stream, links in found.items() if links]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
