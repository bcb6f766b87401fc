"""Keeping a version: canonical bytes, digest, where each value stood."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.filings.intake.records import bytes_of, months_in
from tanzhi.filings.mappings.model import MappingVersion
from tanzhi.rulebook.kernel.text import Text

from .model import Filing, Version


@dataclass(frozen=True, slots=True)
class Source:
    """Where the values came from: a stored file, the cells, the mapping, and why."""

    sha256: str = ""
    name: str = ""
    places: dict[str, str] = field(default_factory=dict)
    mapping: MappingVersion | None = None
    reason: str = ""


def keep(call: Call, filing: Filing, record: dict[str, Any], source: Source) -> Version:
    """The next version of the filing; the same values again are refused, and told which version has them."""
    other = [month for month in months_in(record) if not month.startswith(filing.period)]
    if other:
        message = Text("数据中的月份 {found} 不在本期 {period}", "month {found} lies outside the period {period}")
        raise Refused("FIL-PERIOD", message.format(found=", ".join(other), period=filing.period), 422)
    data = bytes_of(record)
    digest = hashlib.sha256(data).hexdigest()
    latest = filing.latest
    if latest and latest.digest == digest:
        message = Text(
            "这些数据与第 {n} 版完全相同，未另存", "These values are those of version {n}; nothing was saved"
        )
        raise Refused("FIL-SAME", message.format(n=latest.number), 409)
    return Version.objects.create(
        filing=filing,
        number=latest.number + 1 if latest else 1,
        values=data.decode(),
        digest=digest,
        places=source.places,
        file_sha256=source.sha256,
        file_name=source.name,
        mapping_version=source.mapping,
        reason=source.reason or filing.correction_reason,
        person_id=call.actor.person_id or 0,
        person_name=call.actor.name,
        at=call.now,
    )
