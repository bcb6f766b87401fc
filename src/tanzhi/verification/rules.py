"""Figures of verification that are data: the size of a group, years of abstention, years of keeping."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tanzhi.rulebook.kernel.text import Text

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure with its source and how sure we are of it."""

    code: str
    value: int
    label: Text
    source: str
    confidence: str


@cache
def rules() -> dict[str, Rule]:
    """Every figure by its code."""
    told: list[dict[str, Any]] = yaml.safe_load((HERE / "rules.yaml").read_text("utf-8"))
    return {
        row["code"]: Rule(row["code"], row["value"], Text(row["zh"], row["en"]), row["source"], row["confidence"])
        for row in told
    }


def rule(code: str) -> int:
    return rules()[code].value
