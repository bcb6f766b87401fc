"""Writes the example province, through the actions and never around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import transaction

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.examples.facts import LISTED
from tanzhi.examples.generate import Calibration, Plant, Record, calibrate, enterprise_year, months
from tanzhi.examples.people import LoadResult
from tanzhi.examples.plants import (
    PlantActors,
    add_authorities,
    add_body,
    add_enterprise,
    add_people,
    add_plant,
    add_regions,
    decide_members,
    declare_complete,
    deposit_month,
    noon,
    open_filing,
    report_year,
    save_month,
)
from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.register.model import Region
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel import Text

from .crew import acting, home
from .data import REPORTED, plants, read
from .market_units import YEARS, cycle_plants
from .misread import misread
from .people import HEADS, PEOPLE, sign_ins
from .streams import STREAMS

Progress = Callable[[int, int, Text], None]
PLANTS = 2 + 24
STEPS = PLANTS + len(STREAMS)
MEMBER_YEARS = range(YEARS[0], 2025)
"""From the first year of the compliance cycle to the year in which the example ends."""


def load(progress: Progress) -> LoadResult:
    """The example province; a second call finds it there and changes nothing."""
    if Region.objects.filter(code=read("regions.yaml")["province"]["code"]).exists():
        return LoadResult(sign_ins(), again=True)
    progress(0, STEPS, Text("地区与单位", "regions and organisations"))
    with transaction.atomic():
        administrator = _regions_and_bodies()
        # Plants of the compliance cycle were listed before it; the others later.
        early = {plant.code for plant in cycle_plants()}
        crews = [
            add_plant(administrator, plant, f"{YEARS[0]}-01-01" if plant.code in early else LISTED)
            for plant in plants()
        ]
        for row in read("organisations.yaml")["others"]:
            add_enterprise(administrator, row, row["sector"])
        for year in MEMBER_YEARS:
            decide_members(home().code, year, acting("officer"), acting("director"))
    progress(1, STEPS, Text("校准排放量", "calibrating emissions"))
    calibration = calibrate(plants(), REPORTED, enterprise_emission)
    for step, crew in enumerate(crews):
        progress(2 + step, STEPS, Text(f"{crew.plant.zh} 月度数据", f"{crew.plant.en}: monthly data"))
        with transaction.atomic():
            # Twelve months on time, and the annual report by the end of March.
            more = calibration.more if crew is crews[-1] else Decimal(0)
            whole = misread(crew.plant.code, enterprise_year(crew.plant, months(2023), calibration.scale, more))
            for month in months(2023):
                deposit_month(crew, whole, month, days_after=24)
            report_year(crew, 2023, date(2024, 3, 20))
            _file_half_year(crew, calibration, step)
    for step, (title, stream) in enumerate(STREAMS):
        progress(PLANTS + step, STEPS, title)
        with transaction.atomic():
            stream()
    with transaction.atomic():
        add_people(HEADS)
    progress(STEPS, STEPS, Text("完成", "done"))
    return LoadResult(sign_ins())


def enterprise_emission(_plant: Plant, record: Record) -> Decimal:
    """The rulebook's total of an enterprise, t."""
    return Decimal(evaluate(power, 2023, record).value("enterprise_emission").number or 0)


def _regions_and_bodies() -> Actor:
    """Region tree, department, city bureaus, other bodies and their people; gives the administrator."""
    spec = read("regions.yaml")
    home = spec["province"]["code"]
    administrator = add_regions(spec)
    add_authorities(administrator, spec, "DEE")
    add_body(administrator, "V1", ("示例核查机构", "Verification body (example)"), "verifier", home)
    add_body(administrator, "K1", ("示例银行", "Bank (example)"), "bank", home)
    add_body(administrator, "O1", ("示例项目业主", "Project owner (example)"), "project_owner", home)
    add_people(PEOPLE)
    return administrator


def _file_half_year(crew: PlantActors, calibration: Calibration, number: int) -> None:
    """Months of 2024 in every state: most on time, some late, in correction, checked, drafted or missing."""
    whole = enterprise_year(crew.plant, months(2024, 6), calibration.scale)
    for month in months(2024, 5):
        late = (number + int(month[5:])) % 17 == 0
        deposit_month(crew, whole, month, days_after=46 if late else 24)
    if number % 8 == 2:
        with clock.at(noon(date(2024, 7, 2))):
            reason = {"reason": "示例：化验单复核后更正元素碳"}
            perform("filings.correct", crew.clerk, open_filing(crew, "power.month", "2024-05"), reason)
    # June: deposited, checked, drafted, or not begun.
    how = number % 4
    if how == 0:
        deposit_month(crew, whole, "2024-06", days_after=15)
    elif how < 3:
        with clock.at(noon(date(2024, 7, 15))):
            filing = save_month(crew, whole, "2024-06")
            if how == 2:
                declare_complete(crew.clerk, filing)
