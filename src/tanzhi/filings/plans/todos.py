"""Control plans that nobody has begun: of this year and of the next, by list and law."""

from __future__ import annotations

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.roles import PLANT
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.register.queries import reporters
from tanzhi.organisations.sectors import industries
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.todos.todo import WATCH, Todo, register

from .form import due_on, planned_guidelines
from .model import Plan

OWN = Text("编制 {year} 年数据质量控制方案：{name}", "Draft the quality control plan {year}: {name}")
MISSING = Text("{year} 年数据质量控制方案：{n} 家未编制", "Quality control plans {year}: {n} not begun")
OFFICERS = {"city_officer", "provincial_officer"}


@register
def plans_not_begun(actor: Actor) -> list[Todo]:
    """A plant's own, and for an officer how many of his region have none."""
    own = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    looks_after = bool(actor.roles & OFFICERS)
    if not (own or looks_after):
        return []
    visible = Organisation.objects.visible_to(actor) if looks_after else Organisation.objects.filter(pk__in=own)
    firms = visible.filter(state="active", kind="enterprise").order_by()
    keys, today = set(firms.values_list("pk", flat=True)), clock.today()
    years = (today.year, today.year + 1)
    plans = Plan.objects.filter(organisation__in=firms.values("pk"), year__in=years).order_by()
    begun = set(plans.values_list("organisation_id", "guideline", "year"))
    missing = [(key, year) for key, name, year in _owed(keys, years) if (key, name, year) not in begun]
    own_firms = {firm.pk: firm for firm in firms.filter(pk__in=own)} if own else {}
    names = names_of(own_firms.values(), today) if own else {}
    due = {year: due_on(year) for year in years}
    page = reverse("filings:plans")
    todos = []
    for key, year in missing:
        if key in own:
            words = OWN.format(year=year, name=names.get(key, same(own_firms[key].code)))
            subject = f"filings.plan_of:{key}:{year}"
            todos.append(Todo(words, subject, due[year], page, "filings.plan_unbegun"))
    for year in years if looks_after else ():
        if count := sum(each == year and key not in own for key, each in missing):
            words, subject = MISSING.format(year=year, n=count), f"filings.plans:{year}"
            todos.append(Todo(words, subject, due[year], page, "filings.plans_unbegun", WATCH))
    return todos


def _owed(firms: set[int], years: tuple[int, int]) -> list[tuple[int, str, int]]:
    """Enterprises on the list that have to say how they will measure in a year."""
    own = industries()
    planned = {year: [name for name in planned_guidelines(year) if name in own] for year in years}
    names = {name for every in planned.values() for name in every}
    reporting = reporters(dict.fromkeys(years, clock.today()), names, firms)
    return [
        (key, name, year)
        for year, names in planned.items()
        for name in names
        for key in sorted(reporting[year, name] & firms)
    ]
