"""What an expert scores: the criteria are data of this room, the most points of each stand in the tree of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tanzhi.law.evaluation import count
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

LABELS = {row["code"]: Text(row["zh"], row["en"]) for row in read_yaml(Path(__file__).with_name("criteria.yaml"))}
"""Every criterion in words, by its code."""


@dataclass(frozen=True, slots=True)
class ScoringCriterion:
    """Something that an expert scores, with its most points on a day."""

    code: str
    most: int
    label: Text


def criteria(on: date) -> tuple[ScoringCriterion, ...]:
    """Every criterion as it is scored on a day."""
    return tuple(
        ScoringCriterion(code, count("procedure.library_criterion_points", on=on, criterion=code), label)
        for code, label in LABELS.items()
    )
