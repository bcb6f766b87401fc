"""The rulebook as it was shipped, without a database and without what anybody entered: for `tanzhi calc`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tanzhi.rulebook.kernel import Guideline, RecordNode
from tanzhi.rulebook.kernel.evaluation import evaluate as by_parameters
from tanzhi.rulebook.kernel.release import release as release_of

__all__ = ["evaluate", "release"]


def evaluate(guideline: Guideline, year: int, record: Mapping[str, Any]) -> RecordNode:
    """The record by the rules and parameters of the package alone."""
    return by_parameters(guideline, year, record, release=release())


def release() -> str:
    """Package version and digest of the rules and parameters of the package."""
    return str(release_of())
