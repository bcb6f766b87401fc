"""Writes the example province, through the actions and never around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, Grant
from tanzhi.actions.perform import perform
from tanzhi.filings.models import Filing
from tanzhi.filings.standing import standing_of
from tanzhi.organisations.models import Organisation, Region
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.clocks import last_day
from tanzhi.rulebook.kernel import Text, evaluate

from .generate import Calibration, Plant, Record, calibrate, enterprise_year, months, plants, read
from .people import PEOPLE, SINCE, SignIn, employ, sign_ins
from .streams import STREAMS

Progress = Callable[[int, int, Text], None]
TARGET = 95_421_400
LIST_BASIS = "示例名录 / example list"
ANSWER = "示例数据，按随机种子生成，情况属实"
PLANTS = 2 + 24
STEPS = PLANTS + len(STREAMS)


@dataclass(slots=True)
class Loaded:
    """What was loaded: who can sign in, and whether it stood there already."""

    sign_ins: list[SignIn] = field(default_factory=sign_ins)
    again: bool = False


@dataclass(frozen=True, slots=True)
class Crew:
    """A plant with the two who act for it."""

    plant: Plant
    organisation: Organisation
    clerk: Actor
    head: Actor


def load(progress: Progress) -> Loaded:
    """The example province; a second call finds it there and changes nothing."""
    if Region.objects.filter(code=read("regions.yaml")["province"]["code"]).exists():
        return Loaded(again=True)
    progress(0, STEPS, Text("地区与单位", "regions and organisations"))
    with transaction.atomic():
        administrator = _regions_and_bodies()
        crews = _plants(administrator)
        _other_units(administrator)
    progress(1, STEPS, Text("校准排放量", "calibrating emissions"))
    calibration = calibrate(TARGET, enterprise_emission)
    for step, crew in enumerate(crews):
        progress(2 + step, STEPS, Text(f"{crew.plant.zh} 月度数据", f"{crew.plant.en}: monthly data"))
        with transaction.atomic():
            _file_year(crew, calibration, last=crew is crews[-1])
            _file_half_year(crew, calibration, step)
    for step, (title, stream) in enumerate(STREAMS):
        progress(PLANTS + step, STEPS, title)
        with transaction.atomic():
            stream()
    progress(STEPS, STEPS, Text("完成", "done"))
    return Loaded()


def enterprise_emission(_plant: Plant, record: Record) -> Decimal:
    """The rulebook's total of an enterprise, t."""
    return Decimal(evaluate(power, 2023, record).value("enterprise_emission").number or 0)


# --- regions, bodies, people ---------------------------------------------------------------------------


def _regions_and_bodies() -> Actor:
    """Region tree, department, city bureaus, other bodies and their people; gives the administrator."""
    platform = Actor.platform()
    told = read("regions.yaml")
    province = told["province"]
    _add(platform, "add_region", kind="province", **province)
    for row in told["regions"]:
        kind = "city" if row.get("counted", True) else "area"
        parent = row.get("within", province["code"])
        _add(platform, "add_region", kind=kind, parent=parent, **{k: v for k, v in row.items() if k != "within"})
    everything = Actor(
        None, "platform", [Grant("administrator"), Grant("provincial_officer", None, f"{province['code']}/")]
    )
    for code, zh, en, kind, region in _bodies(told):
        _add(everything, "register", code=code, zh=zh, en=en, kind=kind, region=region)
    for name, words, role, organisation in PEOPLE:
        employ(platform, name, words, role, organisation)
    return everything


def _bodies(told: Any) -> Iterator[tuple[str, str, str, str, str]]:
    province = told["province"]
    home = province["code"]
    yield (
        "DEE",
        f"{province['zh']}生态环境厅（示例）",
        f"{province['en']} Department (example)",
        "authority",
        home,
    )
    for row in told["regions"]:
        if row.get("counted", True):
            names = f"{row['zh']}生态环境局（示例）", f"{row['en']} Bureau (example)"
            yield f"B{row['code']}", *names, "authority", row["code"]
    yield "V1", "示例核查机构", "Verification body (example)", "verifier", home
    yield "K1", "示例银行", "Bank (example)", "bank", home
    yield "O1", "示例项目业主", "Project owner (example)", "project_owner", home


def _add(actor: Actor, action: str, **data: Any) -> Any:
    return perform(f"organisations.{action}", actor, data={**data, "since": SINCE.isoformat()}).result


def _enterprise(actor: Actor, row: dict[str, Any], sector: str) -> Organisation:
    named = {name: row[name] for name in ("code", "zh", "en", "region")}
    organisation: Organisation = _add(actor, "register", kind="enterprise", sector=sector, **named)
    listed = {"sector": sector, "since": "2023-01-01", "basis": LIST_BASIS}
    perform("organisations.enter_list", actor, organisation, listed)
    return organisation


def _other_units(actor: Actor) -> None:
    for row in read("organisations.yaml")["others"]:
        _enterprise(actor, row, row["sector"])


def _plants(actor: Actor) -> list[Crew]:
    return [_crew(actor, plant) for plant in plants()]


def _crew(actor: Actor, plant: Plant) -> Crew:
    row = {"code": plant.code, "zh": plant.zh, "en": plant.en, "region": plant.region}
    organisation = _enterprise(actor, row, "power")
    site = {"code": f"{plant.code}-1", "zh": f"{plant.zh}发电设施", "en": f"{plant.en}: site", "region": plant.region}
    facility = perform("organisations.add_facility", actor, organisation, {**site, "since": SINCE.isoformat()}).result
    for number, rated in enumerate(plant.units, start=1):
        unit = {"number": str(number), "attributes": _attributes(plant, rated), "since": SINCE.isoformat()}
        perform("organisations.add_unit", actor, facility, unit)
    low = plant.code.lower()
    clerk = employ(Actor.platform(), f"{low}.clerk", f"{plant.zh}填报员（示例）", "enterprise_filer", plant.code)
    head = employ(Actor.platform(), f"{low}.head", f"{plant.zh}审核人（示例）", "enterprise_approver", plant.code)
    return Crew(plant, organisation, clerk, head)


def _attributes(plant: Plant, rated: int) -> dict[str, str]:
    return {
        "rated_power": str(rated),
        "main_fuel": "conventional_coal",
        "boiler_type": "pulverised",
        "heat_supply": "cogeneration" if plant.heat else "condensing",
        "cooling": "air",
    }


# --- filings ---------------------------------------------------------------------------------------------


def _file_year(crew: Crew, calibration: Calibration, last: bool) -> None:
    """Twelve months on time, and the annual report by the end of March."""
    whole = enterprise_year(crew.plant, months(2023), calibration.scale, calibration.more if last else Decimal(0))
    for month in months(2023):
        _deposit_month(crew, whole, month, days_after=24)
    with clock.at(_noon(date(2024, 3, 20))):
        report = _open(crew, "power.year", "2023")
        perform("filings.compose", crew.clerk, report)
        _check(crew, report)
        perform("filings.deposit", crew.head, report)


def _file_half_year(crew: Crew, calibration: Calibration, number: int) -> None:
    """Months of 2024 in every state: most on time, some late, in correction, checked, drafted or missing."""
    whole = enterprise_year(crew.plant, months(2024, 6), calibration.scale)
    for month in months(2024, 5):
        late = (number + int(month[5:])) % 17 == 0
        _deposit_month(crew, whole, month, days_after=46 if late else 24)
    if number % 8 == 2:
        with clock.at(_noon(date(2024, 7, 2))):
            reason = {"reason": "示例：化验单复核后更正元素碳"}
            perform("filings.correct", crew.clerk, _open(crew, "power.month", "2024-05"), reason)
    _leave_june(crew, whole, number % 4)


def _leave_june(crew: Crew, whole: Record, how: int) -> None:
    """June: deposited, checked, drafted, or not begun."""
    if how == 0:
        _deposit_month(crew, whole, "2024-06", days_after=15)
    elif how < 3:
        with clock.at(_noon(date(2024, 7, 15))):
            filing = _saved(crew, whole, "2024-06")
            if how == 2:
                _check(crew, filing)


def _deposit_month(crew: Crew, whole: Record, month: str, days_after: int) -> None:
    with clock.at(_noon(last_day(month) + timedelta(days=days_after))):
        filing = _saved(crew, whole, month)
        _check(crew, filing)
        perform("filings.deposit", crew.head, filing)


def _saved(crew: Crew, whole: Record, month: str) -> Filing:
    filing = _open(crew, "power.month", month)
    units = [{"unit": u["unit"], "months": [m for m in u["months"] if m["month"] == month]} for u in whole["units"]]
    perform("filings.save", crew.clerk, filing, {"record": {"units": units}})
    return filing


def _open(crew: Crew, form: str, period: str) -> Filing:
    asked = {"form_code": form, "organisation_id": crew.organisation.pk, "period": period}
    filing: Filing = perform("filings.open", crew.clerk, data=asked).result
    return filing


def _check(crew: Crew, filing: Filing) -> None:
    """Answer what the checks ask, then declare the values complete."""
    filing.refresh_from_db()
    asked = {(found.code, found.place) for found in standing_of(filing).unanswered}
    for code, place in sorted(asked):
        perform("filings.answer", crew.clerk, filing, {"code": code, "where": place, "text": ANSWER})
    perform("filings.check", crew.clerk, filing)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())
