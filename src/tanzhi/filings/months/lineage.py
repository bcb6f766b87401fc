"""`result:…` and `filing:…`: from a computed number through its formulas down to cell, person and receipt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import reference
from tanzhi.evidence.models import Entry
from tanzhi.figures import Fact, Ref, Unanswerable, explains
from tanzhi.figures import LineageNode as Step
from tanzhi.figures.entry_nodes import node_of as entry_step
from tanzhi.figures.rule_nodes import rule_node
from tanzhi.filings.intake.location import place_words, steps_in
from tanzhi.filings.intake.mapping import CONVERSIONS
from tanzhi.filings.mappings.ledger import column_of
from tanzhi.filings.mappings.model import MappingVersion
from tanzhi.filings.shared.forms import guideline_of, is_regional
from tanzhi.law.evaluation import release, under_release
from tanzhi.rulebook.kernel import Guideline, Mark, RecordNode, Text, explain
from tanzhi.rulebook.kernel.text import same

from .model import Filing, Result, Version
from .results import as_computed, written
from .status import evaluated_beside

_MONTH = re.compile(r"months\[(\d{4}-\d{2})\]")
DEPOSIT = "filings.deposit"


_NO_PLACE = Text("没有 {place} 处的 {name}", "there is no {name} at {place}")


_NOT_FOR_YOU = Text(
    "明细不在您的权限之内；请登录后查看本单位或本辖区的数据",
    "details are outside your scope: sign in to see those of your organisation or region",
)


@explains("result", of="filings.Result")
def result_step(ref: Ref, viewer: Actor | None) -> Step:
    """A stored result; `at` and `name` lead to any value below it in the same version."""
    # A record outside the viewer's scope does not exist for him.
    seen = Result.objects.visible_to(viewer) if viewer else Result.objects.none()
    result: Result | None = seen.filter(pk=ref.key).select_related("filing__organisation", "version").first()
    if result is None:
        raise Unanswerable("ACT-SCOPE", _NOT_FOR_YOU)
    now = release_of(result.filing)
    root = root_of(result.version_id, result.release)
    place, name = ref.words.get("at", result.where), ref.words.get("name", result.quantity)
    node = next((n for n in root.walk() if n.path == place), None)
    if node is None or name not in node.assessment.edition:
        raise Unanswerable("FIG-PLACE", _NO_PLACE.format(place=place or "-", name=name))
    # The value with its direct parts; what lies below those is asked for by their refs.
    tree = explain(node.value(name), depth=2)
    own = rule_node(
        tree, lambda t: _ref_of(result, t), lambda t: facts_of_input(result.version, t["input"]) if "input" in t else ()
    )
    parts = tuple(_part(result, root.guideline, s, t) for s, t in zip(own.parts, tree["made_of"], strict=True))
    if "input" in tree:
        parts = receipts_of_input(result.version, tree["input"])
    detail = _place_words(root.guideline, tree["place"]) if tree["place"] else None
    step = replace(own, parts=parts, parts_count=len(parts), detail=detail)
    if (place, name) == (result.where, result.quantity):
        step = _under_release(step, result, now)
    return replace(step, ref=str(ref))


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


_OTHER_RELEASE = Text(
    "按规则版本 {then} 计算，现行为 {now}", "computed under rules release {then}; now in force: {now}"
)
_OTHER_VALUE = Text("；当时为 {then}，现为 {now}", "; {then} then, {now} now")


def _under_release(step: Step, result: Result, now: str) -> Step:
    """The stored value stands; other rules since then are said, with what they would give."""
    if result.release == now:
        return step
    again = next((n for n in root_of(result.version_id, now).walk() if n.path == result.where), None)
    there = again is not None and result.quantity in again.assessment.edition
    today = written(again.value(result.quantity).number) if again is not None and there else None
    text = _OTHER_RELEASE.format(then=result.release, now=now)
    if today != result.value:
        text = text + _OTHER_VALUE.format(then=result.value or "-", now=today or "-")
    return replace(step, marks=(*step.marks, Mark("release", text, result.release)))


# --- one value ------------------------------------------------------------------------------------


def _part(result: Result, guideline: Guideline, step: Step, tree: Mapping[str, Any]) -> Step:
    detail = _place_words(guideline, tree["place"]) if tree["place"] else None
    if tree["kind"] == "parameter":
        return replace(step, detail=detail, parts=(), parts_count=0)
    return replace(step, detail=detail, parts=(), parts_count=1 if "input" in tree else step.parts_count)


def _ref_of(result: Result, tree: Mapping[str, Any]) -> str:
    if tree["kind"] == "parameter":
        return ""
    return str(Ref("result", str(result.pk), {"at": tree["place"], "name": tree["name"]}))


def where_words(result: Result) -> Text:
    """Where a result stands, in words."""
    return _place_words(guideline_of(result.filing.form_code), result.where)


def _place_words(guideline: Guideline, place: str) -> Text:
    return place_words(guideline, place, Text(" · ", " · ")) or same(place or "-")


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


def receipts_of_input(version: Version, path: str) -> tuple[Step, ...]:
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
    if version.mapping_version:
        facts.append(_mapping(version.mapping_version, whole.filing, path))
    return (*facts, Fact(Text("填报人", "Filed by"), same(f"{version.person_name} · {_moment(version)}")))


def _mapping(version: MappingVersion, filing: Filing, path: str) -> Fact:
    """By which version of the plant's own mapping the value was read: sheet, column, declared conversion."""
    words = Text("{name} 第 {n} 版", "{name} version {n}").format(name=version.mapping.name, n=version.number)
    steps = steps_in(path)
    levels = {spec.plural: name for name, spec in guideline_of(filing.form_code).levels.items()}
    level = levels.get(steps[-1][0], "") if steps else ""
    if origin := column_of(version.parts, level, path.rpartition(".")[2]):
        sheet, column = origin
        where = Text("，{sheet} 列 {column}，{conversion}", ", {sheet} column {column}, {conversion}")
        words = words + where.format(
            sheet=sheet, column=column.column or column.constant, conversion=CONVERSIONS[column.conversion][1]
        )
    address = reverse("filings:mapping", kwargs={"pk": version.mapping_id})
    return Fact(Text("台账映射", "Ledger mapping"), words, f"{address}#version-{version.number}")


def _moment(version: Version) -> str:
    from django.utils import timezone

    return timezone.localtime(version.at).strftime("%Y-%m-%d %H:%M")


def receipts_of(version: Version) -> tuple[Step, ...]:
    """The evidence of the deposit: the last entry at or after the version was kept."""
    entries = Entry.objects.filter(kind=DEPOSIT, subject=reference(version.filing), at__gte=version.at)
    first = entries.order_by("pk").first()
    return (entry_step(first),) if first else ()


# --- a filing -------------------------------------------------------------------------------------


_LATE = Text("逾期存证", "deposited late")


@explains("filing", of="filings.Filing")
def filing_step(ref: Ref, viewer: Actor | None) -> Step:
    """A filing with its state, its versions and its entries in the log."""
    seen = Filing.objects.visible_to(viewer) if viewer else Filing.objects.none()
    filing = seen.filter(pk=ref.key).select_related("organisation").first()
    if filing is None:
        raise Unanswerable("ACT-SCOPE", _NOT_FOR_YOU)
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
    return Step(
        ref=str(ref),
        label=label,
        value=None,
        state="known",
        detail=filing.state_label,
        facts=(*late, *versions),
        parts=parts,
        parts_count=len(parts),
    )
