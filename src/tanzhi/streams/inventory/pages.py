"""The pages of inventories: all of them, one with its tables, its factors, and the comparison over years."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.figures import Question
from tanzhi.figures.calculated import calculation_ref
from tanzhi.figures.places import region_of
from tanzhi.organisations.people.requests import region_asked
from tanzhi.presentation.charts.chart import download
from tanzhi.presentation.lists.listing import alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.inventory.categories import GUIDELINES, SECTORS, WARMING_SETS
from tanzhi.rulebook.kernel import Text
from tanzhi.workflow.case.pages import case_page

from .charts import gas_chart, gases_chart, sector_chart, years_chart
from .disclosure import WITHOUT_LAND, hidden_rows, is_hidden
from .figures import wan
from .lineage import KIND
from .lists import INVENTORIES, YEARS, years_of
from .models import OPEN_STATES, Inventory, Run
from .queries import filings_of, latest_runs, series, summary_of_run
from .tables import COMPLETENESS, FACTORS, SECTOR_CODES, SUMMARY, completeness, factors, summary_lines


def listing(request: HttpRequest) -> HttpResponse:
    """All inventories that the reader may see, the newest year first."""
    seen = Inventory.objects.visible_to(actor_of(request)).select_related("region")
    region = region_of(Question(str(clock.today().year), region_asked(request)))
    return INVENTORIES.respond(request, seen, "inventory/list.html", {"region": region})


def _inventory(request: HttpRequest, pk: int) -> Inventory:
    record: Inventory = get_object_or_404(Inventory.objects.select_related("region"), pk=pk)
    if not record.seen_by(actor_of(request)):
        raise Http404
    return record


def inventory(request: HttpRequest, pk: int) -> HttpResponse:
    """One inventory: totals, charts, data filed, what is blank, and the work on it."""
    record = _inventory(request, pk)
    run = record.latest_run
    if run is None or not run.cells.exclude(mass=None).exists():
        charts = []
    else:
        node = summary_of_run(run.pk, record.gwp_set)
        hidden = hidden_rows(run)
        charts = [sector_chart(node, basis(record), hidden)]
        charts += [gas_chart(node, basis(record))] if WITHOUT_LAND not in hidden else []
    if file := download(request, *charts):
        return file
    rows = completeness(record, run)
    if part := alone(request, (COMPLETENESS, rows)):
        return part
    # The five forms of the year: their filing, or the way to begin it for who may.
    viewer = actor_of(request)
    by_guideline = filings_of(record)
    own = [
        g.organisation_id
        for g in viewer.grants
        if g.role in ("city_officer", "provincial_officer") and g.region_path == record.region.path
    ]
    context = {
        "run": run,
        "charts": charts,
        "totals": _totals(run) if run else [],
        "filings": [
            {
                "sector": SECTORS[sector],
                "guideline": name,
                "filing": by_guideline.get(name),
                "opens": name in by_guideline and by_guideline[name].seen_by(viewer),
                "organisation": own[0] if own else None,
            }
            for sector, name in GUIDELINES.items()
        ],
        "completeness": list_context(COMPLETENESS, request, rows),
        "blank": sum(1 for row in rows if row.mass is None and not row.notation),
        "open": record.state in OPEN_STATES,
        "found": record,
    }
    return case_page(request, record, "inventory/inventory.html", context)


def basis(inventory: Inventory) -> Text:
    """What a chart rests on: year, state, potentials."""
    words = Text("{name}（{state}），{gwp}", "{name} ({state}), {gwp}")
    return words.format(name=inventory.name, state=inventory.state_label, gwp=inventory.gwp_label)


def _totals(run: Run) -> list[dict[str, Any]]:
    """The totals of the run with the way down to each."""
    root = summary_of_run(run.pk, run.inventory.gwp_set)
    names = ["total_equivalent", "net_equivalent", *(f"{code}_equivalent" for code in SECTOR_CODES), "memo_equivalent"]
    values = [root.value(name) for name in names]
    hidden = hidden_rows(run)
    return [
        {
            "label": v.label,
            "number": wan(v.number) if isinstance(v.number, Decimal) else None,
            "hidden": is_hidden(hidden, v.name),
            "ref": calculation_ref(KIND, run.pk, v),
        }
        for v in values
    ]


def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The standard summary table (T1), categories by gases."""
    record = _inventory(request, pk)
    run = record.latest_run
    if run is None:
        raise Http404
    return SUMMARY.respond(request, summary_lines(run), "inventory/table.html", {"found": record, "run": run})


def factor_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The factors that the inventory was computed with (T12)."""
    record = _inventory(request, pk)
    run = record.latest_run
    if run is None:
        raise Http404
    return FACTORS.respond(request, factors(run), "inventory/factors.html", {"found": record, "run": run})


def compare(request: HttpRequest) -> HttpResponse:
    """The years side by side, every one recalculated from its masses in one set of potentials."""
    viewer = actor_of(request)
    region = region_of(Question(str(clock.today().year), region_asked(request)))
    inventories = series(region, viewer)
    gwp_set = request.GET.get("gwp", "")
    if gwp_set not in WARMING_SETS:
        gwp_set = inventories[-1].gwp_set if inventories else next(iter(WARMING_SETS))
    runs = latest_runs(inventories)
    nodes = {row.year: summary_of_run(runs[row.pk].pk, gwp_set) for row in inventories}
    note = Text("各年按 {gwp} 由气体质量重算", "every year from its masses in {gwp}").format(gwp=WARMING_SETS[gwp_set])
    hidden = {row.year: hidden_rows(runs[row.pk], gwp_set) for row in inventories}
    whole = {year: node for year, node in nodes.items() if WITHOUT_LAND not in hidden[year]}
    drawn = (years_chart(whole, note, hidden), gases_chart(whole, note)) if whole else ()
    charts = [chart for chart in drawn if chart.rows]
    if file := download(request, *charts):
        return file
    context = {"region": region, "charts": charts, "sets": WARMING_SETS, "chosen": gwp_set}
    return YEARS.respond(request, years_of(inventories, runs, nodes, gwp_set), "inventory/compare.html", context)
