"""Is the province ready? Each room says what its part of the ground still lacks, and on which page that is mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from .actor import Actor

READY, MISSING, UNDETERMINED = "ready", "missing", "undetermined"
STATES = {
    READY: Text("就绪", "Ready"),
    MISSING: Text("尚缺", "Missing"),
    UNDETERMINED: Text("无法判断", "Not determinable"),
}
PEOPLE, GROUND, LAW, WORK, PLATFORM = "people", "ground", "law", "work", "platform"
GROUPS = {
    PEOPLE: Text("人员", "People"),
    GROUND: Text("地区与单位", "Regions and organisations"),
    LAW: Text("日历与参数", "Calendar and parameters"),
    WORK: Text("业务", "Work"),
    PLATFORM: Text("平台运行", "Operation of the platform"),
}
"""What belongs together, in the order in which a province begins."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that is not there yet: its code, in words with a count, by name where that helps."""

    code: str
    message: Text
    names: tuple[tuple[Text, str], ...] = ()
    """What lacks it, each with the address of its page."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one part is: what is there, and what is lacking; `why` where nothing can be said."""

    there: Text
    lacks: tuple[Shortfall, ...] = ()
    why: Text | None = None

    @property
    def state(self) -> str:
        if self.lacks:
            return MISSING
        return UNDETERMINED if self.why else READY


@dataclass(frozen=True, slots=True)
class NextStep:
    """The page on which a part is done, and by whom; without a page the words say where."""

    words: Text
    by: frozenset[str]
    view: str = ""
    arguments: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class ReadinessPart:
    """One part of the ground: who looks at it, a query count that does not grow with the province."""

    code: str
    group: str
    order: int
    title: Text
    step: NextStep
    standing: Callable[[Actor, date], Standing]


_PARTS: dict[str, ReadinessPart] = {}


def part(code: str, group: str, order: int, title: Text, step: NextStep) -> Callable[..., object]:
    """Register a part: a decorator of the function that says how far it is."""

    def register(standing: Callable[[Actor, date], Standing]) -> Callable[[Actor, date], Standing]:
        if group not in GROUPS:
            raise ValueError(f"unknown group {group!r}; known: {sorted(GROUPS)}")
        _PARTS[code] = ReadinessPart(code, group, order, title, step, standing)
        return standing

    return register


def parts() -> list[ReadinessPart]:
    """Every part, group by group, in the order in which a province begins."""
    groups = list(GROUPS)
    return sorted(_PARTS.values(), key=lambda each: (groups.index(each.group), each.order, each.code))
