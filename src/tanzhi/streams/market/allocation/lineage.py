"""`registry.allocation:LINE`: from allowances to filing and receipt."""

from __future__ import annotations

import json
from functools import lru_cache

from django.utils import timezone

from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.calculated import Calculation, calculation_ref
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.filings.months.model import Version
from tanzhi.filings.results.lineage import receipts_of
from tanzhi.law.evaluation import InForce, evaluate, under_release
from tanzhi.presentation.locations import place_words, steps_in
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel import Mark
from tanzhi.rulebook.kernel import RecordNode as Evaluated
from tanzhi.rulebook.kernel.reading import number
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.verification.cases.queries import Verified, verified

from . import computation, lowered_share
from .model import AllocationLine

KIND = "registry.allocation"
REGISTERED = ("cooling", "heat_supply", "unit_class", "special_kind", "began_in_year", "closed_before_allocation")
"""Inputs of an allocation that nobody states: the register of units has them."""


def line_ref(line: AllocationLine, quantity: str) -> str:
    """The reference of one of a plant's totals in a run."""
    return calculation_ref(KIND, line.pk, quantity)


@lru_cache(maxsize=1024)
def root_of(year: int, record: str, rules: InForce) -> Evaluated:
    """A line's record by this law; issued lines do not change, so it is kept."""
    return evaluate(power_allocation, year, json.loads(record), under=rules)


def evaluated(line: AllocationLine, rules: InForce | None = None) -> Evaluated:
    """A line's record by the law of its run, or by today's where that cannot be had any more.

    One that may still be computed anew is not kept. For many lines, say the rules of today once.
    """
    today = rules or computation.rules_of_today()
    law = today if line.run.release in ("", today.release) else law_of(line.run.release) or today
    if line.run.issued_on is None:
        return evaluate(power_allocation, line.run.year, line.inputs, under=law)
    return root_of(line.run.year, line.record, law)


def law_of(release: str) -> InForce | None:
    """The plan as it was in force when a run was computed; None where another package computed it."""
    return under_release(power_allocation, release)


@explains(KIND, of="registry.AllocationLine")
def allocation_line(ref: Ref) -> Calculation:
    """A plant's line of a run, for whoever may see the plant."""
    line = record_of(AllocationLine.objects.select_related("run", "organisation__region", "lowered"), ref)
    version = version_of(line)

    def facts(path: str) -> tuple[Fact, ...]:
        if path == lowered_share.INPUT:
            return lowered_share.facts(line)
        if _of_run(path):
            note = same(line.note or line.run.name.zh)
            return (Fact(Text("来源", "Source"), line.run.name), Fact(Text("说明", "Note"), note))
        if _of_register(path):
            return (Fact(Text("来源", "Source"), Text("机组登记", "register of units")),)
        if match := _verified_input(line, path):
            return (Fact(Text("来源", "Source"), Text("核查结果", "verified"), match[0].case.get_absolute_url()),)
        if version is None:
            return (Fact(Text("来源", "Source"), same(line.source)),)
        words = Text("{period} 第 {n} 版", "{period} version {n}")
        author = f"{version.person_name} · {timezone.localtime(version.at):%Y-%m-%d %H:%M}"
        return (
            Fact(
                Text("填报", "Filing"),
                words.format(period=version.filing.period, n=version.number),
                f"/filings/{version.filing_id}/",
            ),
            Fact(Text("填报人", "Filed by"), same(author)),
        )

    return Calculation(
        evaluated(line),
        facts=facts,
        sources=lambda path: _sources(line, version, path),
        stored_release=line.run.release,
        today=lambda: evaluate(power_allocation, line.run.year, line.inputs),
    )


def version_of(line: AllocationLine) -> Version | None:
    """The filed version that a line rests on."""
    label, _, key = line.source.partition(":")
    versions = Version.objects.select_related("filing", "mapping_version__mapping")
    return versions.filter(pk=key).first() if label == "filings.version" else None


def _of_register(path: str) -> bool:
    return path.rsplit(".", 1)[-1] in REGISTERED


def _of_run(path: str) -> bool:
    return "[" not in path


def _verified_input(line: AllocationLine, path: str) -> tuple[Verified, str, str] | None:
    """The verified year behind an input of a line, with its place and its quantity; None where it was stated."""
    place, _, name = path.rpartition(".")
    values = verified(line.organisation, line.run.year) if line.verified else None
    return (values, place, name) if values is not None and name in values.units.get(_unit(place), {}) else None


def _unit(place: str) -> str:
    """1 of units[1]; of the enterprise's own values none."""
    return next((key for _, key in steps_in(place)), "")


_VERIFIED_SINCE = Text(
    "核查结果现为 {now}，本次分配仍按所取数值", "now verified as {now}; the run keeps the value it took"
)


def _sources(line: AllocationLine, version: Version | None, path: str) -> tuple[LineageNode, ...]:
    """The evidence of what stands there: the deposit, the verified report, or the acts of the run."""
    if path == lowered_share.INPUT and line.lowered:
        return entries_of(line)
    if _of_run(path) or version is None:
        return entries_of(line.run)
    if _of_register(path):
        return ()
    match = _verified_input(line, path)
    if match is None:
        return receipts_of(version)
    # The value that the run took leads to the verified report; where verification has found another one since, the
    # line keeps its own and says so.
    values, place, name = match
    now = values.units[_unit(place)][name]
    rows = line.inputs.get("units", [])
    taken = next((row.get(name) for row in rows if str(row.get("unit", "")) == _unit(place)), None)
    changed = Mark("verified_since", _VERIFIED_SINCE.format(now=plain(now)), values.case.reference)
    value = number(taken) if taken is not None else None
    step = LineageNode(
        ref=values.ref(name, place),
        label=values.case.name,
        value=value,
        unit=power_allocation.edition(line.run.year)[name].unit,
        detail=place_words(power_allocation, place),
        marks=(changed,) if value != now else (),
        parts_count=1,
    )
    return (step,)
