"""Inventories of the example province: 2005, 2020 to 2022 published, 2023 in compilation; all activity data synthetic.

The magnitudes follow the province's series of energy CO2 in `intensity.py`: fuel burnt in a year is that of
`inventory.yaml` times the year's emission over that of 2022, drawn apart by a seed. Two people file
and deposit, one compiles, another reviews, the director publishes.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import standing_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.inventory.categories import GUIDELINES
from tanzhi.streams.inventory.models import Inventory

from .crew import acting, home
from .data import read
from .people import employ

NOTE = "示例活动水平数据（合成） / synthetic activity data"
ANSWER = "示例数据，情况属实 / example data"


@dataclass(frozen=True, slots=True)
class InventoryActors:
    """Who files, deposits, compiles, reviews and publishes."""

    clerk: Actor
    head: Actor
    officer: Actor
    reviewer: Actor
    director: Actor


def load() -> None:
    """Every year's data, notations, compilation and, where it is done, review and publication."""
    spec = read("inventory.yaml")
    platform = Actor.platform()
    department = "DEE"
    clerk = employ(platform, "inventory.clerk", "清单填报员（示例）", "provincial_officer", department)
    head = employ(platform, "inventory.head", "清单数据负责人（示例）", "provincial_officer", department)
    reviewer = employ(platform, "inventory.reviewer", "清单审核员（示例）", "provincial_officer", department)
    crew = InventoryActors(clerk, head, acting("officer"), reviewer, acting("director"))
    for year, plan in spec["years"].items():
        with clock.at(_noon(plan["filed"])):
            data = {"region": home().code, "year": int(year), "edition": spec["edition"], "gwp_set": spec["gwp_set"]}
            inventory: Inventory = perform("inventory.open", crew.officer, data=data).result
            _file(crew, int(year), spec, plan["scale"])
        with clock.at(_noon(plan["compiled"])):
            # What the province does not have or did not estimate; the year in compilation leaves some cells open.
            for row in spec["notations"]:
                for gas in row["gases"] if row["category"] not in plan.get("open", ()) else ():
                    note = {"category": row["category"], "gas": gas, "key": row["key"]}
                    perform("inventory.note", crew.officer, inventory, note | {"reason": row.get("reason", "")})
            perform("inventory.compile", crew.officer, inventory)
        if "published" in plan:
            with clock.at(_noon(plan["published"])):
                perform("inventory.submit", crew.officer, inventory)
                perform("inventory.approve", crew.reviewer, inventory, {"remark": "示例：数据与因子已复核"})
                perform("inventory.publish", crew.director, inventory)


def _file(crew: InventoryActors, year: int, spec: Mapping[str, Any], scales: Mapping[str, str]) -> None:
    """One filing a sector, deposited by the second person."""
    department = Organisation.objects.get(code="DEE")
    for sector, guideline in GUIDELINES.items():
        draw = random.Random(f"{year} {sector}")
        data = {"form_code": f"{guideline}.year", "organisation_id": department.pk, "period": str(year)}
        filing: Filing = perform("filings.open", crew.clerk, data=data).result
        record = _drawn(spec[sector], Decimal(scales[sector]), draw)
        perform("filings.save", crew.clerk, filing, {"record": record, "reason": NOTE})
        filing.refresh_from_db()
        questions = {(finding.code, finding.place) for finding in standing_of(filing).unanswered}
        if answers := [{"code": code, "where": place, "text": ANSWER} for code, place in sorted(questions)]:
            perform("filings.answer", crew.clerk, filing, {"answers": answers})
        perform("filings.check", crew.clerk, filing)
        perform("filings.deposit", crew.head, filing)


def _drawn(value: Any, scale: Decimal, draw: random.Random) -> Any:
    """The record of the base year, every amount scaled to the year and drawn apart by up to two per cent."""
    if isinstance(value, list):
        return [_drawn(part, scale, draw) for part in value]
    if isinstance(value, dict):
        return {name: _drawn(part, scale, draw) for name, part in value.items()}
    if not isinstance(value, int):
        return value
    return str((value * scale * Decimal(draw.randrange(980, 1021)) / 1000).quantize(Decimal(1)))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())
