"""What stands at the left: a room registers its entry, and it appears for whom it is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tanzhi.rulebook.kernel.text import Text

EVERYBODY: frozenset[str] = frozenset()
AUTHORITY = frozenset({"city_officer", "provincial_officer", "provincial_director", "auditor"})

# The press conference's order; a reader who knows it finds the room by its name.
STREAMS: dict[str, Text | None] = {
    "top": None,
    "data": Text("数据报送", "Reporting"),
    "market": Text("碳市场", "Carbon market"),
    "intensity": Text("碳强度与清单", "Intensity and inventory"),
    "policy": Text("政策与任务", "Policy and tasks"),
    "finance": Text("气候投融资与自愿减排", "Climate finance and CCER"),
    "ground": Text("依据", "Basis"),
    "platform": Text("平台", "Platform"),
}


@dataclass(frozen=True, slots=True)
class NavigationEntry:
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


_ENTRIES: dict[str, NavigationEntry] = {}


def register(stream: str, label: Text, name: str, order: int = 50, roles: Iterable[str] = EVERYBODY) -> None:
    """Add an entry, from a room's `apps.ready`; the same address name again replaces it."""
    if stream not in STREAMS:
        raise ValueError(f"unknown stream {stream!r}; known: {sorted(STREAMS)}")
    _ENTRIES[name] = NavigationEntry(stream, label, name, order, frozenset(roles))
    _links.cache_clear()
    menu.cache_clear()


def entries() -> list[NavigationEntry]:
    """Every registered entry, by its place."""
    return sorted(_ENTRIES.values(), key=lambda entry: entry.order)


def address_of(entry: NavigationEntry) -> str:
    """Where an entry leads; nothing where its page does not exist."""
    try:
        return reverse(entry.name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=256)  # every page of every reader has a menu, and few readers differ in it
def _links(roles: frozenset[str]) -> list[tuple[Text | None, list[Link]]]:
    """The links of some roles by stream, without those whose page does not exist."""
    links: dict[str, list[Link]] = {stream: [] for stream in STREAMS}
    for entry in entries():
        address = address_of(entry)
        if address and (not entry.roles or entry.roles & roles):
            links[entry.stream].append(Link(entry.label, address))
    return [(STREAMS[stream], of_stream) for stream, of_stream in links.items() if of_stream]


def page_of(path: str, roles: frozenset[str]) -> str:
    """The entry under which a page stands: the longest address that it begins with; nothing where there is none."""
    addresses = [link.address for _, links in _links(roles) for link in links]
    return max((a for a in addresses if path == a or (a != "/" and path.startswith(a))), key=len, default="")


@lru_cache(maxsize=1024)
def menu(roles: frozenset[str], here: str, language: str) -> SafeString:
    """The links of these roles as the shell prints them, the entry of the present page marked."""
    sections = []
    for section, links in _links(roles):
        heading = format_html("<h2>{}</h2>\n", getattr(section, language)) if section else ""
        rows = [
            (
                link.address,
                SafeString(' aria-current="page"' if link.address == here else ""),
                getattr(link.label, language),
            )
            for link in links
        ]
        sections.append((heading, format_html_join("\n", '<a href="{}"{}>{}</a>', rows)))
    return format_html_join("\n", "{}{}", sections)
