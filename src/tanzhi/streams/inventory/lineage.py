"""`inventory.run:…`: from a total through gases and categories to a filing's computed result, its cell and receipt."""

from __future__ import annotations

import re
from decimal import Decimal

from tanzhi.actions.actor import Place
from tanzhi.actions.typed import whole
from tanzhi.actions.visibility import may_see
from tanzhi.figures import Fact, LineageNode, Ref, Unanswerable, explains
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.rulebook.inventory.categories import CATEGORIES, EDITIONS, GASES
from tanzhi.rulebook.kernel.text import Text, same

from .disclosure import hidden_rows, is_hidden
from .models import Cell, Notation, Run
from .queries import summary_of_run

KIND = "inventory.run"
_CELL = re.compile(r"gases\[([^\]]+)\]\.categories\[([^\]]+)\]")
_AT = re.compile(r"gases\[([^\]]+)\](?:\.categories\[([^\]]+)\])?")


_NO_RUN = Text("没有汇总 {found}", "there is no run {found}")


@explains(KIND, rule=lambda ref, viewer: may_see(viewer, f"inventory.run:{ref.name.partition('-')[0]}"))
def summary_calculation(ref: Ref) -> Calculation:
    """The summary of a run, for whoever may see the inventory; `run` may be named with another set: 12-AR5."""
    name, _, gwp_set = ref.name.partition("-")
    run = Run.objects.select_related("inventory__region").filter(pk=whole(name) or 0).first()
    if run is None:
        raise Unanswerable("FIG-REF", _NO_RUN.format(found=ref.name))
    root = summary_of_run(run.pk, gwp_set or run.inventory.gwp_set)

    hidden = hidden_rows(run, gwp_set)

    def inside(path: str, name: str) -> Place | None:
        at = _AT.match(path)
        gas, category = (at[1] or "", at[2] or "") if at else ("", "")
        return run.inventory.place if is_hidden(hidden, name, gas, category) else None

    def facts(path: str) -> tuple[Fact, ...]:
        """Of a mass its category and its compilation, for who works with it also whose; of the set its edition."""
        cell = _cell(run, path)
        if cell is None or not path.endswith(".mass"):
            return (Fact(Text("依据", "Basis"), EDITIONS[run.inventory.edition]),)
        category = CATEGORIES[cell.category]
        ipcc = (Fact(Text("IPCC 编码", "IPCC code"), same(category.ipcc)),) if category.ipcc else ()
        return (
            *ipcc,
            Fact(Text("汇总", "Compiled in"), Text("第 {n} 次汇总", "run {n}").format(n=run.number)),
            Fact(Text("汇总人", "Compiled by"), same(run.person_name), inside=run.inventory.place),
        )

    def sources(path: str) -> tuple[LineageNode, ...]:
        """A mass leads to the stored result of the deposited filing; anything else to the inventory's evidence."""
        cell = _cell(run, path)
        if cell is None or cell.result is None or not path.endswith(".mass"):
            return entries_of(run.inventory)
        result = cell.result
        label = guideline_of(result.filing.form_code).label(result.quantity)
        value = Decimal(result.value) if result.value is not None else None
        return (LineageNode(ref=f"result:{result.pk}", label=label, value=value, unit=result.unit, parts_count=1),)

    return Calculation(
        root, facts, sources, run.release, inside=inside, numbers_inside=run.inventory.place if hidden else None
    )


@explains("inventory.notation")
def notation(ref: Ref) -> LineageNode:
    """A notation key: which category and gas, why, who said so."""
    row = record_of(Notation.objects.select_related("inventory__region"), ref)
    facts = (
        Fact(Text("气体", "Gas"), GASES[row.gas].label),
        Fact(Text("标注", "Notation key"), row.label),
        Fact(Text("理由", "Reason"), same(row.reason or "—")),
        Fact(Text("标注人", "By"), same(row.person_name), inside=row.inventory.place),
    )
    entries = entries_of(row) or entries_of(row.inventory)
    label = CATEGORIES[row.category].label
    return LineageNode(ref=str(ref), label=label, value=None, facts=facts, parts=entries)


def _cell(run: Run, path: str) -> Cell | None:
    at = _CELL.search(path)
    cells = run.cells.filter(gas=at[1], category=at[2]).select_related("result__filing") if at else None
    return cells.first() if cells else None
