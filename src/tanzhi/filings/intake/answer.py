"""What the intake answers, and what it expects to find."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tanzhi.presentation.intake.limits import Limits
from tanzhi.rulebook.kernel.finding import ERROR, Finding

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose filing for which period it should be: period "2023-06" or "2023"; no units means: any."""

    period: str = ""
    enterprise: str = ""
    units: frozenset[str] = frozenset()
    unit_level: str = ""  # what the guideline calls them: a unit, a line, a process
    limits: Limits = field(default_factory=Limits)
    rounds: bool = False  # of a file: what has more decimals than the form keeps is rounded and told, not refused


@dataclass(slots=True)
class ReadResult:
    """The record, where each of its values stood, and everything found."""

    record: Record = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # units[1].months[2023-06].generation -> 生产!D5
    findings: list[Finding] = field(default_factory=list)
    accepted_formulas: bool = False

    @property
    def errors(self) -> list[Finding]:
        return [f for f in self.findings if f.severity == ERROR]
