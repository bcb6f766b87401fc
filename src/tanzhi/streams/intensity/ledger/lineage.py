"""`intensity.change:region-base-end`: from a change of intensity to the rows of statistics and their entries."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tanzhi.actions.typed import LAST_YEAR, whole
from tanzhi.actions.visibility import sees
from tanzhi.figures import Fact, LineageNode, Ref, Unanswerable, explains
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.figures.rule_nodes import confidence
from tanzhi.law.citations.english import cited
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.rulebook.kernel.text import Text, same

from .change import IntensityChange, change
from .ledger import ledger_of
from .model import SCOPES, VINTAGES, EnergyBalance, ReferencePoint

KIND = "intensity.change"
_POINT = re.compile(r"^points\[\w+\]")


_NO_YEARS = Text("“{found}”应为 地区-基年-报告年", "“{found}”: expected region-base year-end year")


def _change(ref: Ref) -> IntensityChange:
    code, _, years = ref.name.partition("-")
    base, _, end = years.partition("-")
    first, last = whole(base, LAST_YEAR), whole(end, LAST_YEAR)
    if first is None or last is None:
        raise Unanswerable("FIG-REF", _NO_YEARS.format(found=ref.name))
    return change(ledger_of(region_by_code(code)), first, last)


@explains(KIND, rule=lambda ref, viewer: all(sees(viewer, row) for row in _change(ref).rows.values()))
def change_calculation(ref: Ref) -> Calculation:
    """The change between two years, for whoever may see every row that it rests on."""
    computed = _change(ref)

    def row_at(path: str) -> Any:
        point = _POINT.match(path)
        return computed.rows.get(point[0] if point else path)

    def facts(path: str) -> tuple[Fact, ...]:
        """What a row says of itself; who recorded it is for those who work with it."""
        row = row_at(path)
        if row is None:
            return ()
        # What else the row says of itself: a balance its scope, a level derived from an index that index.
        scope: tuple[Fact, ...]
        if isinstance(row, EnergyBalance):
            scope = (Fact(Text("核算口径", "Scope"), SCOPES[row.scope]),)
        else:
            scope = (Fact(Text("指数（上年=100）", "Index (year before = 100)"), same(row.index)),) if row.index else ()
        return (
            Fact(Text("年份", "Year"), same(str(row.year))),
            Fact(Text("数据口径", "Vintage"), VINTAGES[row.vintage]),
            *scope,
            Fact(Text("来源", "Source"), cited(row.source)),
            Fact(Text("录入", "Recorded"), same(f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}")),
            Fact(Text("录入人", "Recorded by"), same(row.person_name), inside=row.place),
        )

    return Calculation(
        computed.node, facts, sources=lambda path: () if (row := row_at(path)) is None else entries_of(row)
    )


@explains("intensity.reference", of="intensity.ReferencePoint")
def quoted(ref: Ref) -> LineageNode:
    """A figure that we quote: where it was published."""
    row = record_of(ReferencePoint.objects.all(), ref)
    facts = (
        Fact(Text("来源", "Source"), cited(row.source)),
        Fact(Text("可信度", "Confidence"), confidence(row.confidence)),
    )
    return leaf_node(ref, row, row.name, Decimal(row.change), facts)


def leaf_node(ref: Ref, row: Any, label: Text, value: Decimal | None, facts: tuple[Fact, ...]) -> LineageNode:
    return LineageNode(ref=str(ref), label=label, value=value, unit="%", facts=facts, parts=entries_of(row))
