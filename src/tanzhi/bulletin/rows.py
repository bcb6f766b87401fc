"""The bulletin's lines as data: which figures each line prints, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tanzhi.figures import Span
from tanzhi.figures.amounts import BY_ITSELF, Manner
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

ROWS = Path(__file__).with_name("rows")
REPORT_YEAR = "report_year"
SAME = "same"
A_YEAR_AGO = "a_year_ago"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One figure of a row: for which period it is asked, what it is compared with, and its sentence."""

    code: str
    period: str
    sentence: Text
    compare: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    manner: Manner = BY_ITSELF
    headline: bool = False  # one of the few that stand at the top of everybody's day

    def __post_init__(self) -> None:
        if self.period not in (REPORT_YEAR, SAME):
            raise ValueError(f"{self.code}: period {self.period!r} is neither {REPORT_YEAR} nor {SAME}")

    @property
    def name(self) -> tuple[str, str]:
        """What makes it the same figure in whichever period: its code and how it is narrowed."""
        return self.code, "&".join(f"{name}={value}" for name, value in sorted(self.filters.items()))

    def span(self, bulletin: Span) -> Span:
        return bulletin.year_before if self.period == REPORT_YEAR else bulletin


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A numbered row; without lines it is still to come, with its stream."""

    number: int
    stream: str
    title: Text
    lines: tuple[PlannedLine, ...] = ()

    def key(self, line: PlannedLine) -> str:
        """By which a line of this row is named for good."""
        return f"{self.number}/{line.code}"


@dataclass(frozen=True, slots=True)
class BulletinPlan:
    """All rows, and the streams that they belong to."""

    streams: dict[str, Text]
    rows: tuple[PlannedRow, ...]


@cache
def plan(folder: Path = ROWS) -> BulletinPlan:
    """All streams' files together, the rows by their numbers."""
    streams = {path.stem: read_yaml(path) for path in folder.glob("*.yaml")}
    ordered = sorted(streams, key=lambda stream: int(streams[stream]["order"]))
    rows = [
        PlannedRow(
            raw["row"],
            stream,
            Text(**raw["title"]),
            tuple(PlannedLine(**line | {"sentence": Text(**line["sentence"])}) for line in raw.get("figures", ())),
        )
        for stream in ordered
        for raw in streams[stream]["rows"]
    ]
    numbers = [row.number for row in rows]
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"a row stands twice: {sorted(n for n in set(numbers) if numbers.count(n) > 1)}")
    titles = {stream: Text(**streams[stream]["title"]) for stream in ordered}
    return BulletinPlan(titles, tuple(sorted(rows, key=lambda row: row.number)))
