"""`result:…` and `filing:…`: from a computed number through its formulas down to cell, person and receipt."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse

from tanzhi.actions.references import reference
from tanzhi.evidence.models import Entry
from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import node_of as entry_step
from tanzhi.figures.records import record_of
from tanzhi.filings.intake.mapping import CONVERSIONS
from tanzhi.filings.intake.turned import turned_of
from tanzhi.filings.mappings.ledger import column_of
from tanzhi.filings.mappings.rows import item_of
from tanzhi.filings.months.model import Filing, Result, Version
from tanzhi.filings.months.status import evaluated_beside
from tanzhi.filings.shared.forms import guideline_of, is_regional
from tanzhi.law.evaluation import release, under_release
from tanzhi.presentation.locations import place_words, steps_in
from tanzhi.rulebook.kernel import RecordNode, Text
from tanzhi.rulebook.kernel.text import same

from .results import as_computed

_MONTH = re.compile(r"months\[(\d{4}-\d{2})\]")
DEPOSIT = "filings.deposit"


@explains("result", of="filings.Result")
def stored_result(ref: Ref) -> Calculation:
    """A stored result; `at` and `name` lead to any value below it in the same version."""
    result = record_of(Result.objects.select_related("filing__organisation", "version"), ref)
    version, now = result.version, release_of(result.filing)
    return Calculation(
        root_of(result.version_id, result.release),
        facts=lambda path: facts_of_input(version, path),
        sources=lambda path: receipts_of_input(version, path),
        stored_release=result.release,
        today=lambda: root_of(result.version_id, now),
        results={(result.where, result.quantity): result.value},
        place=result.where,
        name=result.quantity,
    )


def release_of(filing: Filing) -> str:
    """The release that would compute the filing today."""
    return release(guideline_of(filing.form_code))


def root_of(version_id: int, release: str) -> RecordNode:
    """A version by the law of a release and the register as its computation took it.

    By today's law where that release cannot be had any more.
    """
    version = Version.objects.select_related("filing__organisation").get(pk=version_id)
    guideline = guideline_of(version.filing.form_code)
    return evaluated_beside(version.filing, as_computed(version, release), under_release(guideline, release))


def where_words(result: Result) -> Text:
    """Where a result stands, in words."""
    guideline = guideline_of(result.filing.form_code)
    return place_words(guideline, result.where, Text(" · ", " · ")) or same(result.where or "-")


# --- an input -------------------------------------------------------------------------------------


def source_of(version: Version, path: str) -> Version:
    """The version that somebody filed: for an annual report the month's that it was composed of."""
    month = _MONTH.search(path)
    if not version.filing.is_annual or month is None:
        return version
    filed = Version.objects.filter(
        filing__form_code=f"{version.filing.guideline_name}.month",
        filing__subject=version.filing.subject,
        filing__period=month[1],
        deposited=True,
        at__lte=version.at,
    )
    return filed.select_related("filing", "mapping_version__mapping").order_by("-number").first() or version


def receipts_of_input(version: Version, path: str) -> tuple[LineageNode, ...]:
    """The evidence of the deposit of an input of a version, also where that was composed of others."""
    return receipts_of(source_of(version, path))


_REGISTER = Text("机组登记", "register of units")
_NOT_STATED = Text("表中未填", "not stated in the form")


def facts_of_input(whole: Version, path: str) -> tuple[Fact, ...]:
    """Which version and cell an input came from, who filed it and when, and its receipts' numbers."""
    version = source_of(whole, path)
    # Whether the version itself holds the value; what it does not hold came from the register.
    record: Any = version.record
    for plural, key in steps_in(path):
        rows = record.get(plural, [])
        record = next((row for row in rows if key in row.values()), {})
    if path.rsplit(".", 1)[-1] not in record:
        elsewhere = _NOT_STATED if is_regional(version.filing.form_code) else _REGISTER
        return (Fact(Text("来源", "Source"), elsewhere),)
    filed = Text("{period} 第 {n} 版", "{period} version {n}").format(period=version.filing.period, n=version.number)
    facts = [Fact(Text("填报", "Filing"), filed)]
    if cell := version.places.get(path):
        facts.append(Fact(Text("单元格", "Cell"), same(cell)))
    if version.file_name:
        facts.append(Fact(Text("文件", "File"), same(version.file_name)))
    if by := version.mapping_version:
        # By which version of the plant's own mapping the value was read: sheet, column, declared conversion.
        words = Text("{name} 第 {n} 版", "{name} version {n}").format(name=by.mapping.name, n=by.number)
        steps = steps_in(path)
        levels = {spec.plural: name for name, spec in guideline_of(whole.filing.form_code).levels.items()}
        level = levels.get(steps[-1][0], "") if steps else ""
        if origin := column_of(by.parts, level, path.rpartition(".")[2]):
            sheet, column = origin
            where = Text("，{sheet} 列 {column}，{conversion}", ", {sheet} column {column}, {conversion}")
            conversion = CONVERSIONS[column.conversion][1]
            words += where.format(sheet=sheet, column=column.column or column.constant, conversion=conversion)
        for part in turned_of(by.parts):
            item = item_of(part, level, path.rpartition(".")[2], [key for _, key in steps])
            if item is not None:
                where = Text("，{sheet} 项目 {item}，{conversion}", ", {sheet} item {item}, {conversion}")
                named = f"{item.words}（{item.unit}）" if item.unit else item.words
                words += where.format(sheet=part.sheet, item=named, conversion=CONVERSIONS[item.conversion][1])
        address = reverse("filings:mapping", kwargs={"pk": by.mapping_id})
        facts.append(Fact(Text("台账映射", "Ledger mapping"), words, f"{address}#version-{by.number}"))
    return (*facts, Fact(Text("填报人", "Filed by"), same(f"{version.person_name} · {_moment(version)}")))


def _moment(version: Version) -> str:
    from django.utils import timezone

    return timezone.localtime(version.at).strftime("%Y-%m-%d %H:%M")


def receipts_of(version: Version) -> tuple[LineageNode, ...]:
    """The evidence of the deposit: the last entry at or after the version was kept."""
    entries = Entry.objects.filter(kind=DEPOSIT, subject=reference(version.filing), at__gte=version.at)
    first = entries.order_by("pk").first()
    return (entry_step(first),) if first else ()


# --- a filing -------------------------------------------------------------------------------------


_LATE = Text("逾期存证", "deposited late")


@explains("filing", of="filings.Filing")
def filing_step(ref: Ref) -> LineageNode:
    """A filing with its state, its versions and its entries in the log."""
    filing = record_of(Filing.objects.select_related("organisation"), ref)
    entries = Entry.objects.filter(subject=reference(filing)).order_by("pk")
    parts = tuple(map(entry_step, entries))
    late = (Fact(Text("期限", "Deadline"), _LATE),) if filing.late else ()
    versions = [
        Fact(
            Text("第 {n} 版", "Version {n}").format(n=v.number),
            same(f"{v.person_name} · {_moment(v)} · {v.digest[:12]}"),
        )
        for v in filing.versions.all()
    ]
    label = Text("{name} {period} 填报", "{name}, filing for {period}").format(
        name=filing.organisation.name, period=filing.period
    )
    return LineageNode(
        ref=str(ref),
        label=label,
        value=None,
        detail=filing.state_label,
        facts=(*late, *versions),
        parts=parts,
    )
