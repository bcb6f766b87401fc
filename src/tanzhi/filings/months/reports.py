"""A report by rows beside the last version of its month: what the report does not say stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tanzhi.filings.intake import Expected, ReadResult
from tanzhi.filings.intake.grid import Builder
from tanzhi.filings.intake.records import merged
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.rulebook.kernel import Text

from .model import Filing
from .status import form_of


def read_report(filing: Filing, answer: ReadResult, expected: Expected) -> ReadResult:
    """The whole month, examined; a report of all months is taken as it is."""
    builder = Builder(form_of(filing), expected, answer)
    builder.seen = {("", path): cell for path, cell in answer.places.items()}
    latest = filing.latest if expected.period == filing.period else None
    if latest and answer.record:
        levels = set(guideline_of(filing.form_code).levels)
        whole = merged([latest.record, answer.record], levels)
        if count := values_in(whole) - values_in(answer.record):
            version = Text("第 {n} 版", "version {n}").format(n=latest.number)
            builder.tell("VAL-BESIDE", next(iter(answer.places.values())), found=str(count), expected=version)
        answer.record = whole
    return builder.finish()


def values_in(record: Mapping[str, Any]) -> int:
    """How many values a record states, its keys among them."""
    rows = [row for value in record.values() if isinstance(value, list) for row in value]
    return sum(not isinstance(value, list) for value in record.values()) + sum(values_in(row) for row in rows)
