"""Writes the second province out of `province.yaml`, through the same actions and the same parts as the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, ActorRole
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import decide
from tanzhi.examples.gansu.crew import acting
from tanzhi.examples.gansu.policy import paper as paper_of
from tanzhi.examples.generate import Plant, enterprise_year, months
from tanzhi.examples.people import LoadResult, SignIn
from tanzhi.examples.plants import (
    add_authorities,
    add_body,
    add_enterprise,
    add_people,
    add_plant,
    add_regions,
    decide_members,
    deposit_month,
    noon,
    report_year,
)
from tanzhi.examples.publishing import publish
from tanzhi.organisations.people.roles import ROLES
from tanzhi.organisations.register.model import Region
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.yaml_files import read_yaml

Progress = Callable[[int, int, Text], None]
Spec = Mapping[str, Any]
SOURCE = "示例统计资料（合成） / synthetic statistics"
AGREED = "示例：同意"


def load(progress: Progress) -> LoadResult:
    """The second province; a second call finds it there and changes nothing."""
    spec = province_spec()
    people = [SignIn(ROLES[role].label, name) for name, _, role, _ in spec["people"]]
    if Region.objects.filter(code=spec["province"]["code"]).exists():
        return LoadResult(people, again=True)
    steps = (_ground, _filings, _intensity, _policy, _credit, _bulletin)
    with transaction.atomic():
        for done, step in enumerate(steps):
            progress(done, len(steps), Text(spec["province"]["zh"], spec["province"]["en"]))
            step(spec)
    progress(len(steps), len(steps), Text("完成", "done"))
    return LoadResult(people)


@cache
def province_spec() -> Spec:
    spec: Spec = read_yaml(Path(__file__).with_name("province.yaml"))
    return spec


def _ground(spec: Spec) -> None:
    """Regions, bodies, people, enterprises."""
    administrator = add_regions(spec)
    add_authorities(administrator, spec, spec["department"])
    owner = spec["owner"]
    add_body(administrator, owner["code"], (owner["zh"], owner["en"]), "project_owner", owner["region"])
    add_people(tuple(row) for row in spec["people"])
    for row in spec["others"]:
        add_enterprise(administrator, row, row["sector"], spec["listed"])


def _filings(spec: Spec) -> None:
    """A year of months and its report, and the first months of the next."""
    province = f"{spec['province']['code']}/"
    administrator = Actor(
        None, "platform", [ActorRole("administrator"), ActorRole("provincial_officer", None, province)]
    )
    year = int(spec["report_year"])
    for row in spec["plants"]:
        crew = add_plant(administrator, Plant(**{**row, "units": tuple(row["units"])}), spec["listed"])
        for of in (months(year), months(year + 1, spec["months_after"])):
            whole = enterprise_year(crew.plant, of, Decimal(1))
            for month in of:
                deposit_month(crew, whole, month, days_after=24)
        report_year(crew, year, spec["reported_on"])
    for of_year in (year, year + 1):
        officer, director = acting("second.officer"), acting("second.director")
        decide_members(spec["province"]["code"], of_year, officer, director)


def _intensity(spec: Spec) -> None:
    """Ledger, targets and a signed decomposition."""
    officer, director = acting("second.officer"), acting("second.director")
    plan = spec["intensity"]
    with clock.at(noon(plan["recorded_on"])):
        for act, data in _ledger(spec, plan):
            common = {"vintage": "annual", "source": SOURCE, "published": True}
            perform(f"intensity.{act}", officer, data=common | data)
        for base, end, decline in plan["targets"]:
            span = {"region": spec["province"]["code"], "base_year": base, "end_year": end, "decline": decline}
            source = {"source": "示例规划文件（合成） / synthetic plan", "published": True}
            target = perform("intensity.set_target", officer, data=span | source).result
    with clock.at(noon(plan["signed_on"])):
        named = {"zh": "云岭省五年目标分解（示例）", "en": "Five-year target by city (example)", "growth": "6"}
        opened = perform("intensity.open_decomposition", officer, data={"target": target.pk, **named}).result
        rows = [{"region": code, "growth": row[-1]} for code, row in plan["cities"].items()]
        perform("intensity.compute", officer, opened, {"method": "equal", "cities": rows})
        proposal = perform("intensity.sign_off", officer, opened).proposal
        if proposal is not None:
            decide(proposal, director, True, AGREED)


def _ledger(spec: Spec, plan: Spec) -> Iterator[tuple[str, dict[str, Any]]]:
    home = spec["province"]["code"]
    for base, levels in plan["gdp"].items():
        for year, value in levels.items():
            yield "record_gdp", {"region": home, "price_base": base, "year": year, "value": value}
    for year, fuels in plan["energy"].items():
        yield "record_energy", {"region": home, "year": year, **_fuels(fuels)}
    for code, row in plan["cities"].items():
        yield "record_gdp", {"region": code, "price_base": 2020, "year": 2020, "value": row[0]}
        yield "record_energy", {"region": code, "year": 2020, **_fuels(row[1:4])}


def _fuels(amounts: list[str]) -> dict[str, str]:
    return dict(zip(("coal", "oil", "gas"), amounts, strict=True))


def _policy(spec: Spec) -> None:
    """A document of the province, and a day that it held."""
    officer, home = acting("second.officer"), spec["province"]["code"]
    paper = dict(spec["document"])
    with clock.at(noon(paper["issued_on"])):
        more = {
            "region": home,
            "outside_issuers": [{"zh": "云岭省人民政府", "en": "Government of Yunling"}],
            "source": "示例",
            "published": True,
        }
        more["files"] = [paper_of(paper["zh"])]
        document = perform("policy.register_document", officer, data=paper | more).result
        perform("policy.bring_into_force", officer, document)
    day = dict(spec["day"])
    held_on, (zh, en) = day.pop("held"), day.pop("theme")
    more = {"region": home, "on": held_on, "theme_zh": zh, "theme_en": en, "kind": "low_carbon_day", "published": True}
    with clock.at(noon(held_on)):
        event = perform("policy.plan_event", officer, data=day | more).result
        perform(
            "policy.hold_event",
            officer,
            event,
            {"attended": 120, "outcome": "活动按计划举办（示例）。", "files": [paper_of(day["zh"])]},
        )


def _credit(spec: Spec) -> None:
    """One project in the province's library of voluntary reductions."""
    row, officer, director = dict(spec["credit"]), acting("second.officer"), acting("second.director")
    proposed, admitted = row.pop("proposed_on"), row.pop("admitted_on")
    with clock.at(noon(proposed)):
        project = perform("ccer.propose", acting("second.owner"), data=row | {"owner": spec["owner"]["code"]}).result
    with clock.at(noon(admitted)):
        proposal = perform("ccer.admit", officer, project, {"batch": "第一批", "words": AGREED}).proposal
        if proposal is not None:
            decide(proposal, director, True, AGREED)


def _bulletin(spec: Spec) -> None:
    day: date = spec["published_on"]
    people = acting("second.officer"), acting("second.director")
    publish(spec["province"]["code"], spec["period"], day, people)
