"""Deposited versions and their results beside what the evidence log says of them: who altered a row is found out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from tanzhi.actions.references import reference
from tanzhi.evidence.canonical import canonical
from tanzhi.evidence.checking import Fault, compares
from tanzhi.evidence.log import particulars
from tanzhi.evidence.models import Entry
from tanzhi.rulebook.kernel.text import Text

from .models import Filing, Result, Version

DEPOSIT = "filings.deposit"
GONE = Text("{name} 第 {n} 版已存证，现已不在", "{name}: version {n} was deposited and is gone")
ALTERED = Text(
    "{name} 第 {n} 版的数据与存证时不符", "{name}: the values of version {n} are not those that were deposited"
)
RESULTS = Text(
    "{name} 第 {n} 版的计算结果与存证时不符（改动、删除或插入）",
    "{name}: the results of version {n} are not those of the deposit (altered, deleted or inserted)",
)
UNSAID = Text(
    "{name} 第 {n} 版标为已存证，存证记录中却没有",
    "{name}: version {n} is marked as deposited, and the log knows of no deposit",
)


def digest_of(results: Iterable[Result]) -> str:
    """What was computed, as one digest: place, quantity, value and state of every result."""
    told = sorted([r.where, r.quantity, r.value or "", r.state] for r in results)
    return hashlib.sha256(canonical(told)).hexdigest()


@compares
def deposits_stand() -> Iterator[Fault]:
    """Every deposit of the log against its version and results, and every deposited version against the log."""
    said: set[tuple[int, int]] = set()
    filings = Filing.objects.select_related("organisation").in_bulk()
    for entry in Entry.objects.filter(kind=DEPOSIT).order_by("pk").iterator(chunk_size=500):
        body, number = particulars(entry), int(entry.subject.rpartition(":")[2])
        if body is None:
            continue  # erased, or named by the log's own check
        said.add((number, body["version"]))
        yield from _compared(filings.get(number), number, body)
    for version in Version.objects.filter(deposited=True).order_by("pk"):
        if (version.filing_id, version.number) not in said:
            yield _fault("EVD-13", UNSAID, filings.get(version.filing_id), version.filing_id, version.number)


def _compared(filing: Filing | None, number: int, body: dict[str, Any]) -> Iterator[Fault]:
    version = Version.objects.filter(filing_id=number, number=body["version"]).first()
    if version is None:
        yield _fault("EVD-10", GONE, filing, number, body["version"])
        return
    if hashlib.sha256(version.values.encode()).hexdigest() != body["values"]:
        yield _fault("EVD-11", ALTERED, filing, number, body["version"])
    kept = Result.objects.filter(version=version, release=body.get("release", ""))
    if "results" in body and digest_of(kept) != body["results"]:
        yield _fault("EVD-12", RESULTS, filing, number, body["version"])


def _fault(code: str, message: Text, filing: Filing | None, number: int, version: int) -> Fault:
    name = f"{filing.organisation.code} {filing.period}" if filing else str(number)
    place = f"{reference(filing) or f'filings.filing:{number}'} v{version}"
    return Fault(code, place, message.format(name=name, n=version))
