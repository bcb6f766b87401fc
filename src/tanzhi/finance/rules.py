"""Rules of the library that are data: days, experts, points, what is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tanzhi.rulebook.kernel.text import Text

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that an expert scores."""

    code: str
    most: int
    label: Text


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text("utf-8"))
    return found


@cache
def rule(code: str) -> int:
    """A figure by its code."""
    return int(next(row["value"] for row in _read("rules.yaml") if row["code"] == code))


@cache
def criteria() -> tuple[Criterion, ...]:
    return tuple(Criterion(row["code"], row["most"], Text(row["zh"], row["en"])) for row in _read("criteria.yaml"))
