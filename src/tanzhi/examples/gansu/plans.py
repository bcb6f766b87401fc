"""Quality control plans of the example's power enterprises: every one approved before the year, some revised since."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.filings.plans.model import Plan
from tanzhi.filings.plans.status import first_record
from tanzhi.organisations.register.model import Organisation

from .crew import acting, home
from .data import plants

YEAR = 2024
# How the example's plants obtain each datum: method, frequency, instrument, accuracy, calibration, who answers for it.
WAYS: dict[str, tuple[str, str, str, str, str, str]] = {
    "fuel_consumption": ("measured", "continuous", "电子皮带秤 ICS-20B", "0.5 级", "每月实物校验", "燃料部"),
    "generation": ("measured", "continuous", "关口电能表 DSSD331", "0.2S 级", "每 6 年检定", "运行部"),
    "heat_supplied": ("measured", "continuous", "热量积算仪 XSR70", "0.5 级", "每年检定", "运行部"),
    "running_hours": ("calculated", "continuous", "", "", "", "运行部"),
    "purchased_electricity": ("settlement", "monthly", "", "", "", "财务部"),
}
# The plants report carbon on the air-dried basis; the other two bases are not used.
UNUSED = {"carbon_dry", "carbon_as_received"}
NOT_USED = ("none", "none", "", "", "", "化验班")
LABORATORY = ("own_laboratory", "daily", "", "", "", "化验班")
WHOLE = {
    "boundary": "锅炉、汽轮机、发电机及脱硫脱硝装置（示例）",
    "process": "燃煤发电，煤粉锅炉，空冷机组",
    "sampling": "入炉煤每班采样，混合为日综合样，月末缩分为月综合样送检",
    "assurance": "班组自查、部门复核、厂级审核，每季度内审一次",
    "records": "原始记录与台账电子、纸质双份，保存不少于五年",
}


def load() -> None:
    """The list made public; a plan for each plant: two are revised and approved again, one revision waits."""
    with clock.at(_noon(date(YEAR - 1, 12, 28))):
        public = {"region": home().code, "year": YEAR, "on": f"{YEAR - 1}-12-28", "basis": "示例公告 / example notice"}
        perform("organisations.disclose_list", acting("officer"), data=public)
    for number, plant in enumerate(plants()):
        clerk, head = acting(f"{plant.code.lower()}.clerk"), acting(f"{plant.code.lower()}.head")
        organisation = Organisation.objects.get(code=plant.code)
        with clock.at(_noon(date(YEAR - 1, 12, 1 + number))):
            data = {"organisation_id": organisation.pk, "guideline": organisation.sector, "year": YEAR}
            plan: Plan = perform("filings.open_plan", clerk, data=data).result
            draft = {"record": _content(plan), "reason": "首次编制（示例）"}
            perform("filings.draft_plan", clerk, plan, draft)
            perform("filings.submit_plan", head, plan)
        with clock.at(_noon(date(YEAR - 1, 12, 26))):
            perform("filings.approve_plan", acting("officer"), plan, {"reason": "审定通过（示例）"})
        if number % 10 == 1:
            # A new belt scale: the plan follows, and is approved again or still under way.
            with clock.at(_noon(date(YEAR, 5, 20))):
                perform("filings.revise_plan", clerk, plan, {"reason": "更换入炉煤皮带秤（示例）"})
                record = _content(plan, scale="电子皮带秤 ICS-30（0.25 级）")
                perform("filings.draft_plan", clerk, plan, {"record": record})
                perform("filings.submit_plan", head, plan)
        if number % 10 == 1 and number > 1:
            with clock.at(_noon(date(YEAR, 6, 3))):
                perform("filings.approve_plan", acting("officer"), plan, {"reason": "审定通过（示例）"})


def _content(plan: Plan, scale: str = "") -> dict[str, Any]:
    """What a new plan starts with, filled in."""
    units = []
    for unit in first_record(plan)["units"]:
        rows = []
        for parameter in (row["parameter"] for row in unit["parameters"]):
            way = WAYS.get(parameter, NOT_USED if parameter in UNUSED else LABORATORY)
            method, frequency, instrument, accuracy, calibration, responsible = way
            row = {
                "parameter": parameter,
                "method": method,
                "frequency": frequency,
                "description": "CETS-AG-01.01-V02-2022" if method == "own_laboratory" else "",
                "instrument": scale if scale and parameter == "fuel_consumption" else instrument,
                "accuracy": accuracy,
                "calibration": calibration,
                "missing_data": "按指南缺省值或保守值处理",
                "responsible": responsible,
            }
            rows.append({name: value for name, value in row.items() if value})
        units.append({**unit, "parameters": rows})
    return {**WHOLE, "units": units}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())
