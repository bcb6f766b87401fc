"""What every example province is made of: regions, bodies, enterprises, plants that file month by month.

A province's own data and names come from its folder; nothing here knows which province it writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, ActorRole
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import decide
from tanzhi.examples.generate import Plant, Record, tested_coal
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import standing_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.clocks import last_day

from .facts import ANSWER, LIST_BASIS, LISTED, SINCE, calibrations, site_of, unit_of
from .people import employ


@dataclass(frozen=True, slots=True)
class PlantActors:
    """A plant with the two who act for it."""

    plant: Plant
    organisation: Organisation
    clerk: Actor
    head: Actor


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())


# --- regions, bodies, people ---------------------------------------------------------------------------


def add_regions(spec: Mapping[str, Any]) -> Actor:
    """The region tree of a province's data; gives who may register bodies there."""
    platform, province = Actor.platform(), spec["province"]
    add(platform, "add_region", kind="province", **province)
    for row in spec["regions"]:
        kind = "city" if row.get("counted", True) else "area"
        parent = row.get("within", province["code"])
        add(platform, "add_region", kind=kind, parent=parent, **{k: v for k, v in row.items() if k != "within"})
    granted = [ActorRole("administrator"), ActorRole("provincial_officer", None, f"{province['code']}/")]
    return Actor(None, "platform", granted)


def add_authorities(actor: Actor, spec: Mapping[str, Any], department: str) -> None:
    """The province's department, and a bureau for every city."""
    province = spec["province"]
    named = f"{province['zh']}生态环境厅（示例）", f"{province['en']} Department (example)"
    add_body(actor, department, named, "authority", province["code"])
    for row in spec["regions"]:
        if row.get("counted", True):
            named = f"{row['zh']}生态环境局（示例）", f"{row['en']} Bureau (example)"
            add_body(actor, f"B{row['code']}", named, "authority", row["code"])


def add_body(actor: Actor, code: str, named: tuple[str, str], kind: str, region: str) -> None:
    add(actor, "register", code=code, zh=named[0], en=named[1], kind=kind, region=region)


def add_people(rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Each with sign-in name, name, role and organisation."""
    for name, words, role, organisation in rows:
        employ(Actor.platform(), name, words, role, organisation)


def add(actor: Actor, action: str, **data: Any) -> Any:
    return perform(f"organisations.{action}", actor, data={**data, "since": SINCE.isoformat()}).result


def add_enterprise(actor: Actor, row: Mapping[str, Any], sector: str, listed: str = LISTED) -> Organisation:
    """An enterprise on the list of key emission units."""
    named = {name: row[name] for name in ("code", "zh", "en", "region", "guideline") if name in row}
    organisation: Organisation = add(actor, "register", kind="enterprise", sector=sector, **named)
    entered = {"sector": sector, "since": listed, "basis": LIST_BASIS}
    perform("organisations.enter_list", actor, organisation, entered)
    return organisation


def add_plant(actor: Actor, plant: Plant, listed: str = LISTED) -> PlantActors:
    """A power enterprise with its site, its units and its two people."""
    row = {"code": plant.code, "zh": plant.zh, "en": plant.en, "region": plant.region}
    organisation = add_enterprise(actor, row, "power", listed)
    facility = perform("organisations.add_facility", actor, organisation, site_of(plant)).result
    for number in range(1, len(plant.units) + 1):
        added = perform("organisations.add_unit", actor, facility, unit_of(plant, number)).result
        for calibrated in calibrations():
            perform("organisations.change_unit", actor, added, calibrated)
    low = plant.code.lower()
    clerk = employ(Actor.platform(), f"{low}.clerk", f"{plant.zh}填报员（示例）", "enterprise_filer", plant.code)
    head = employ(Actor.platform(), f"{low}.head", f"{plant.zh}审核人（示例）", "enterprise_approver", plant.code)
    return PlantActors(plant, organisation, clerk, head)


def decide_members(region: str, year: int, officer: Actor, director: Actor, market: str = "power") -> None:
    """The year's list of a market, taken over whole: the officer proposes, the director decides."""
    data = {
        "region": region,
        "market": market,
        "year": year,
        "document": f"{year}年度重点排放单位名录（示例）",
        "source": LIST_BASIS,
        "decided_on": date(year, 1, 4).isoformat(),
        "whole_list": True,
    }
    with clock.at(noon(date(year, 1, 4))):
        proposal = perform("organisations.decide_membership", officer, data=data).proposal
        if proposal is None:
            raise ValueError("a year's members are decided by two")
        decide(proposal, director, True, "示例：同意")


# --- filings ---------------------------------------------------------------------------------------------


def deposit_month(crew: PlantActors, whole: Record, month: str, days_after: int) -> None:
    """A month filed, checked and deposited so many days after its end."""
    with clock.at(noon(last_day(month) + timedelta(days=days_after))):
        filing = save_month(crew, whole, month)
        declare_complete(crew.clerk, filing)
        perform("filings.deposit", crew.head, filing)


def report_year(crew: PlantActors, year: int, day: date) -> None:
    """The annual report composed of the deposited months."""
    with clock.at(noon(day)):
        report = open_filing(crew, "power.year", str(year))
        perform("filings.compose", crew.clerk, report)
        declare_complete(crew.clerk, report)
        perform("filings.deposit", crew.head, report)


def save_month(crew: PlantActors, whole: Record, month: str) -> Filing:
    """A month's values, once the laboratory's report on its coal is on record."""
    record_laboratory_report(crew, month)
    filing = open_filing(crew, "power.month", month)
    units = [{"unit": u["unit"], "months": [m for m in u["months"] if m["month"] == month]} for u in whole["units"]]
    perform("filings.save", crew.clerk, filing, {"record": {"units": units}})
    return filing


def record_laboratory_report(crew: PlantActors, month: str) -> None:
    """The report on the month's coal, which all units of the plant burn."""
    data = {"organisation_id": crew.organisation.pk, "report": tested_coal(crew.plant, month)}
    perform("filings.record_report", crew.clerk, data=data)


def open_filing(crew: PlantActors, form: str, period: str) -> Filing:
    data = {"form_code": form, "organisation_id": crew.organisation.pk, "period": period}
    filing: Filing = perform("filings.open", crew.clerk, data=data).result
    return filing


def declare_complete(clerk: Actor, filing: Filing) -> None:
    """Answer what the checks ask, then declare the values complete."""
    filing.refresh_from_db()
    questions = {(finding.code, finding.place) for finding in standing_of(filing).unanswered}
    if answers := [{"code": code, "where": place, "text": ANSWER} for code, place in sorted(questions)]:
        perform("filings.answer", clerk, filing, {"answers": answers})
    perform("filings.check", clerk, filing)
