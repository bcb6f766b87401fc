"""All late months of a region on one page: reminded of with one press, each plant an act of its own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.filings.months.model import Reminder
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.sectors import industries
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text, same

from .duties import FilingDuty, duties
from .work import OFFICERS, late_months

DONE = Text("已向 {plants} 家单位催报 {months} 个月", "{plants} plants were reminded of {months} months")
REFUSED = Text("{name}：{why}（{code}）", "{name}: {why} ({code})")


@dataclass(frozen=True, slots=True)
class LatePlant:
    """A plant with the months that it is late with, less those it was reminded of today."""

    firm: Organisation
    name: Text
    months: list[FilingDuty]
    reminded_on: date | None

    @property
    def periods(self) -> list[str]:
        return [duty.period for duty in self.months]


def late_plants(actor: Actor, today: date, month: str = "") -> list[LatePlant]:
    """Whoever is late in this reader's region, with all months or with one."""
    sectors = {industry.sector for industry in industries().values()}
    rows = Organisation.objects.visible_to(actor).filter(sector__in=sectors, state="active")
    firms = {firm.pk: firm for firm in rows.select_related("region").order_by("code")}
    last: dict[int, date] = {}
    of_today: dict[int, set[str]] = defaultdict(set)
    for reminder in Reminder.objects.filter(organisation__in=firms).order_by("on"):
        last[reminder.organisation_id] = reminder.on
        if reminder.on == today:
            of_today[reminder.organisation_id].add(reminder.period)
    late: dict[int, list[FilingDuty]] = defaultdict(list)
    for duty in late_months(duties(firms.values()), today):
        if month in ("", duty.period) and duty.period not in of_today[duty.organisation_id]:
            late[duty.organisation_id].append(duty)
    names = names_of([firms[key] for key in late], today)
    return [
        LatePlant(firm, names.get(key, same(firm.code)), late[key], last.get(key))
        for key, firm in firms.items()
        if key in late
    ]


@login_required
@takes_form
def reminders(request: HttpRequest) -> HttpResponse:
    """The late ones, all of them chosen; what is refused for one of them stops none of the others."""
    actor, today, month = actor_of(request), clock.today(), request.GET.get("month", "")
    if not actor.roles & OFFICERS:
        raise out_of_scope()
    plants = late_plants(actor, today, month)
    if request.method != "POST":
        count = sum(len(plant.months) for plant in plants)
        return render(request, "filings/reminders.html", {"plants": plants, "month": month, "count": count})
    chosen_keys = set(request.POST.getlist("plant"))
    reminded = [plant for plant in plants if str(plant.firm.pk) in chosen_keys]
    done: list[LatePlant] = []
    for plant in reminded:
        try:
            perform("filings.remind", actor, plant.firm, {"months": plant.periods})
            done.append(plant)
        except Refused as refused:
            words = REFUSED.format(name=plant.name, why=refused.message, code=refused.code)
            messages.error(request, say(words))
    if done:
        months = sum(len(plant.months) for plant in done)
        messages.success(request, say(DONE.format(plants=len(done), months=months)))
    return redirect(f"{reverse('filings:matrix')}?year={(month or f'{today:%Y}')[:4]}")
