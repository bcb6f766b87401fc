"""The page of a plant's desk: months, obligation and gap by cycle, holdings, price, next deadline, surrender."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import out_of_scope
from tanzhi.actions.roles import PLANT
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.filings.comparison.comparison import PlantYear, plant_year
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import deposited_by, is_deposited
from tanzhi.filings.shared.forms import ANNUAL_FORM, MONTH_FORM
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.clocks import MONTHS
from tanzhi.streams.market.allocation.computation import FORM
from tanzhi.streams.market.allocation.model import Cycle
from tanzhi.streams.market.ledger.model import ALLOWANCE, CREDIT, Account, UnitKind
from tanzhi.streams.market.ledger.queries import account_of, holdings
from tanzhi.streams.market.trading.lineage import trade_ref
from tanzhi.streams.market.trading.models import Trade
from tanzhi.workflow.todos.todo import todos

from .outlook import CycleOutlook, cycle_outlook

FIGURES = "registry/desk_figures.html"


@login_required
def own_desk(request: HttpRequest) -> HttpResponse:
    """To the desk of the plant for which somebody acts; an authority chooses one from the accounts."""
    own = [grant.organisation_id for grant in actor_of(request).grants if grant.role in PLANT and grant.organisation_id]
    plant = Organisation.objects.filter(pk__in=own).order_by("code").first()
    return redirect("registry:desk", code=plant.code) if plant else redirect("registry:accounts")


@dataclass(frozen=True, slots=True)
class PlantOutlook:
    """What the desk says of a plant to whoever may read it: its running cycles, holdings, and year so far."""

    cycles: list[CycleOutlook]
    units: dict[UnitKind, int]
    year: PlantYear


_OUTLOOKS: UntilNextAct[PlantOutlook] = UntilNextAct(300)


def plant_outlook(plant: Organisation, account: Account | None, month: Filing, today: date) -> PlantOutlook:
    """A plant on a day; `month`: any of the months of its year."""
    above = [code for code in plant.region.path.split("/") if code]
    running = [c for c in Cycle.objects.filter(region__code__in=above).order_by("deadline") if not c.ended]
    outlooks = [cycle_outlook(plant, account, cycle, today) for cycle in running]
    cycles = [outlook for outlook in outlooks if outlook is not None]
    return PlantOutlook(cycles, holdings(plant), plant_year(month))


@login_required
def desk(request: HttpRequest, code: str) -> HttpResponse:
    """A plant's desk, to whoever may see its filings and its account."""
    viewer, today = actor_of(request), clock.today()
    plant = Organisation.objects.select_related("region").filter(code=code).first()
    guideline = accounting(plant) if plant else None
    if plant is None or guideline is None:
        raise out_of_scope()
    month = Filing(
        form_code=f"{guideline.name}.{MONTH_FORM}",
        subject=f"organisation:{plant.pk}",
        organisation=plant,
        period=f"{today.year}-01",
    )
    account = account_of(plant)
    if not viewer.sees(month.place) or (account is not None and not viewer.sees(account.place)):
        raise out_of_scope()
    outlook = _OUTLOOKS.of((plant.pk, today), lambda: plant_outlook(plant, account, month, today))
    cycles, units, year = outlook.cycles, outlook.units, outlook.year
    open_cycles = [outlook for outlook in cycles if outlook.owed != 0]
    own_todos = [todo for todo in todos(viewer) if todo.due] if viewer.belongs_to(plant.pk) else []
    trade = Trade.objects.standing().visible_to(viewer).order_by("-day", "-pk").first()
    total = guideline.industry.total if guideline.industry else ""
    reports = Filing.objects.filter(form_code=f"{guideline.name}.{ANNUAL_FORM}", organisation=plant)
    context = {
        "plant": plant,
        "today": today,
        "months": _months(month, viewer, today),
        "total": year.sums.get(("", total)),
        "deposited": len(year.deposited),
        "cycles": open_cycles or cycles[-1:],
        "current": next(iter(open_cycles or cycles[-1:]), None),
        "account": account,
        "allowances": sum(tonnes for unit, tonnes in units.items() if unit.kind == ALLOWANCE),
        "credits": sum(tonnes for unit, tonnes in units.items() if unit.kind == CREDIT),
        "trade": trade,
        "price_ref": trade_ref(trade) if trade else "",
        "next": own_todos[0] if own_todos else None,
        "reports": reports.select_related("organisation__region").order_by("-period")[:5],
        "allocation_form": power_allocation.name,
        "without_data": _without_data(plant, open_cycles) if _files_for(viewer, plant) else [],
        "acts": "enterprise_approver" in viewer.roles and viewer.belongs_to(plant.pk),
    }
    # the figures alone stand on the plant's home page, which fetches them after its own tasks
    return render(request, FIGURES if request.GET.get("part") == "figures" else "registry/desk.html", context)


def _files_for(viewer: Actor, plant: Organisation) -> bool:
    return any(grant.role in PLANT and grant.organisation_id == plant.pk for grant in viewer.grants)


def _without_data(plant: Organisation, cycles: list[CycleOutlook]) -> list[int]:
    """Years of its open cycles, up to this one, of which the plant has not begun its allocation data."""
    years = sorted({year.year for cycle in cycles for year in cycle.years if year.year <= clock.today().year})
    begun = Filing.objects.filter(form_code=FORM, organisation=plant).values_list("period", flat=True)
    return [year for year in years if str(year) not in set(begun)]


@dataclass(frozen=True, slots=True)
class DeskMonth:
    """A month of the present year: its filing, or when it is due."""

    month: str
    filing: Filing | None
    due_on: date | None
    late: bool


def _months(month: Filing, viewer: Actor, today: date) -> list[DeskMonth]:
    filed = {
        filing.period: filing
        for filing in Filing.objects.visible_to(viewer)
        .filter(form_code=month.form_code, subject=month.subject, period__startswith=f"{today.year}-")
        .select_related("organisation__region")
    }
    months = []
    for number in range(1, MONTHS + 1):
        period = f"{today.year}-{number:02d}"
        due = deposited_by(period) if is_deposited(period) else None
        filing = filed.get(period)
        late = bool(due and due < today and (filing is None or filing.deposited_at is None))
        months.append(DeskMonth(period, filing, due, late))
    return months
