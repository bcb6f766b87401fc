"""The published figure over the list of key emission units: whether everybody on it was made public."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from tanzhi.figures import (
    Fact,
    FigureAnswer,
    LineageNode,
    Part,
    Question,
    Ref,
    explains,
    figure,
    group,
    ratio,
)
from tanzhi.figures.answers import counted
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.places import region_of
from tanzhi.figures.records import record_of
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.register.model import KeyUnitStatus, ListDisclosure, names_of
from tanzhi.organisations.register.queries import disclosed_list, key_units
from tanzhi.organisations.sectors import sector_name
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .lineage import ref_of

ONE = Decimal(1)
LAW = "碳排放权交易管理暂行条例（国务院令第775号）"


@figure(
    "market.list_disclosed",
    title=Text("重点排放单位名录公开率", "Key units on the list made public"),
    unit="%",
    stream="market",
    row=16,
    law=LAW,
)
def list_disclosed(question: Question) -> FigureAnswer:
    """Key units at the period's end that stand on the year's list as made public ÷ key units then (名录公开率)."""
    region, last = region_of(question), question.span.last
    listed = list(key_units(last, region).order_by("code"))
    public = disclosed_list(question.span.year, region, last)
    codes = set(public.codes) if public else set()
    names = names_of(listed, last)
    ref = f"disclosure:{public.pk}" if public else ""
    done = [
        Part(names.get(organisation.pk, same(organisation.code)), ONE, "enterprises", ref)
        for organisation in listed
        if organisation.code in codes
    ]
    owed = [Part(names.get(organisation.pk, same(organisation.code)), ONE, "enterprises") for organisation in listed]
    return ratio(
        group(Text("已公开", "Made public"), done, "enterprises"),
        group(Text("名录内重点排放单位", "Key units on the list"), owed, "enterprises"),
        Text("已公开的单位 ÷ 名录内单位", "units made public ÷ units on the list"),
    )


@explains("disclosure", of="organisations.ListDisclosure")
def disclosure_step(ref: Ref) -> LineageNode:
    """A list as it was made public, with its evidence: everybody may see it, whoever he is."""
    disclosure = record_of(ListDisclosure.objects.all(), ref)
    label = Text("{y} 年重点排放单位名录", "List of key emission units {y}").format(y=disclosure.year)
    facts = (
        Fact(Text("公开日期", "Made public on"), same(disclosure.on.isoformat())),
        Fact(Text("公开文件", "Document"), same(disclosure.basis)),
    )
    count = Decimal(len(disclosure.codes))
    parts = entries_of(disclosure)
    return LineageNode(ref=str(ref), label=label, value=count, unit="enterprises", facts=facts, parts=parts)


@figure(
    "verification.key_units",
    title=Text("重点排放单位", "Key emission units"),
    unit="enterprises",
    stream="verification",
    row=17,
)
def key_emission_units(question: Question) -> FigureAnswer:
    """Organisations on the list of key emission units at the period's end, by sector (重点排放单位名录)."""
    day = question.span.last
    listed = key_units(day, region_of(question)).order_by("code")
    statuses = KeyUnitStatus.objects.filter(in_force(day), organisation__in=listed).order_by("sector", "pk")
    first = {status.organisation_id: status for status in reversed(statuses)}
    sector_code = question.filters.get("sector", "")
    names = names_of(listed, day)
    by_sector: dict[str, list[Part]] = defaultdict(list)
    for organisation in listed:
        code = same(organisation.code)
        if status := first.get(organisation.pk):
            # Each leads to the decision that put it on the list.
            name, ref = names.get(organisation.pk, code), ref_of(status)
            by_sector[status.sector].append(Part(name, ONE, "enterprises", ref, detail=code))
    parts = [
        group(sector_name(sector), members, "enterprises")
        for sector, members in sorted(by_sector.items())
        if sector_code in ("", sector)
    ]
    return counted(parts, Text("Σ 各行业名录内单位", "Σ listed units of each sector"))
