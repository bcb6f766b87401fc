"""The example's verifications of report year 2023, and its clues in every state; nothing is about a real plant."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import Outcome, perform
from tanzhi.law.calendar.days import WORKING, due_after
from tanzhi.office.letters.model import Letter
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.clues.model import Clue

from .crew import acting, city_officer, head_of, leader_of
from .data import plants, read
from .disclosure import disclose_after
from .nonconformities import nonconformities, put_right
from .people import SINCE, employ
from .policy import sheet
from .redetermined import Planned, planned

YEAR = 2023
BODIES = {"V1": ("verifier", "v1.second", "v1.third"), "V3": ("v3.lead", "v3.second", "v3.third")}
REVIEW = "已评审排放报告、质量控制计划、生产台账、购销存台账和检测报告，各数据均与第二数据源核对（示例）"
SITE = "查看皮带秤校验记录；抽查全年元素碳检测报告原件；核对关口表读数；询问化验人员（示例）"
VISIT = "查阅台账和原始凭证，询问燃料、化验、运行人员，查看计量器具，重新计算入炉煤量和元素碳（示例）"
CORRECTED = "排放报告的边界、方法和数据经核查符合核算指南要求，不符合项均已整改并关闭（示例）"
REDETERMINED = "排放报告的边界、方法和数据经核查，除不符合项所涉数据外符合核算指南要求；不符合数据已保守核定（示例）"
CLEAN = "排放报告的边界、方法和数据经核查符合核算指南要求，无不符合项（示例）"
CLUES = (
    # number, plant, parameter, period, problem, risk, how far it is
    ("GJ-2024-001", "P03", "元素碳", "2023-04", "检测报告编号与同批次报告不连续", "high", "closed"),
    ("GJ-2024-002", "P04", "低位发热量", "2023-07", "月加权值与日检测记录相差超过 8%", "high", "closed"),
    ("GJ-2024-003", "P06", "供热量", "2023-01", "供热量与结算单相差 5%", "medium", "closed"),
    ("GJ-2024-004", "P09", "入炉煤量", "2023-12", "期末库存与盘点表不一致", "medium", "closed"),
    ("GJ-2024-005", "P13", "元素碳", "2023-09", "采样日期晚于检测日期", "high", "closed"),
    ("GJ-2024-006", "P15", "运行小时", "2023-05", "运行小时数超过当月日历小时", "low", "closed"),
    ("GJ-2024-007", "P17", "入炉煤量", "2023-10", "连续三个月数值末位相同", "medium", "confirmed"),
    ("GJ-2024-008", "P12", "发电量", "2023-06", "发电量与电网结算单相差 2.4%", "medium", "unfounded"),
    ("GJ-2024-009", "P20", "元素碳", "2023-11", "检测机构不具备 CNAS 认可项目", "high", "rectified"),
    ("GJ-2024-010", "P02", "低位发热量", "2023-03", "缺少三日检测记录且未说明", "medium", "rectifying"),
    ("GJ-2024-011", "P01", "入炉煤量", "2023-08", "皮带秤校验记录缺失", "high", "rectifying"),
    ("GJ-2024-012", "P22", "供热量", "2023-02", "蒸汽温度压力记录缺失", "medium", "dispatched"),
    ("GJ-2024-013", "P19", "元素碳", "2024-03", "存证报告缺少二维码", "high", "dispatched"),
    ("GJ-2024-014", "P24", "入炉煤量", "2024-04", "存证数据与上月完全相同", "medium", "received"),
    ("GJ-2024-015", "P21", "发电量", "2024-05", "存证照片无法辨认", "low", "received"),
)
LATER = (
    # of July, at every level: whose it is, plant, parameter, problem, how far it is
    ("nation", "P05", "元素碳", "两批次检测结果完全相同", "to_answer"),
    ("nation", "P07", "入炉煤量", "月末盘点缺少原始记录", "confirmed"),
    ("province", "P08", "供热量", "结算单与填报量不一致", "received"),
    ("province", "P10", "发电量", "上网电量抄表日期不一致", "closed"),
    ("city", "P11", "低位发热量", "化验室温湿度记录缺失", "dispatched"),
    ("city", "P14", "入炉煤量", "皮带秤停用期间未说明计量方法", "rectifying"),
    ("city", "P16", "元素碳", "留样时间不足", "rectified"),
    ("city", "P18", "运行小时", "台账与分散控制系统记录不一致", "unfounded"),
)
STAGES = ("received", "dispatched", "rectifying", "rectified", "confirmed", "closed")


def load() -> None:
    """Two bodies with their people, one verification for each power plant, fifteen clues."""
    # A second body, so that rules on conflicts of interest have something to say; one is declared.
    home = region_by_code(read("regions.yaml")["province"]["code"])
    platform = Actor.platform()
    second = {"code": "V3", "zh": "第二示例核查机构", "en": "Second verification body (example)"}
    perform(
        "organisations.register",
        platform,
        data={**second, "kind": "verifier", "region": home.code, "since": SINCE.isoformat()},
    )
    for body, names in BODIES.items():
        for at, name in enumerate(names, 1):
            if not Person.objects.filter(sign_in_name=name).exists():
                employ(platform, name, f"{body} 核查员{at}（示例）", "verifier", body)
    conflict = {"organisation": plants()[0].code, "body": "V3", "kind": "consulting", "since": "2023-01-01"}
    basis = "2023 年为该单位提供碳资产咨询（示例）"
    with clock.at(_noon(date(2024, 3, 28))):
        perform("verification.declare_conflict", acting("officer"), data={**conflict, "basis": basis})
    cases = [_arranged(plant.code, number) for number, plant in enumerate(plants())]
    for number, plan in enumerate(planned(cases)):
        _verified(plan, number)
        disclose_after(number)
    # The national list comes as a workbook; each clue goes as far as its row says.
    rows: list[list[str]] = [["线索编号", "单位代码", "涉及参数", "涉及期间", "问题描述", "风险等级", "来源"]]
    risks = {"high": "高", "medium": "中", "low": "低"}
    for clue_number, code, parameter, period, text, risk, _stage in CLUES:
        source = "月度存证审核" if period.startswith("2024") else "国家数据质量检查"
        rows.append([clue_number, code, parameter, period, f"{text}（示例）", risks[risk], source])
    with clock.at(_noon(date(2024, 5, 6))):
        file = sheet(rows, "国家数据质量检查问题线索清单（示例）.xlsx")
        perform("verification.clues_import", acting("officer"), data={"file": file})
    officers: dict[str, Actor] = {}
    for clue_number, code, *_rest, stage in CLUES:
        clue = Clue.objects.select_related("organisation__region").get(number=clue_number)
        place = clue.organisation.region.code
        officers.setdefault(place, city_officer(place))
        _worked(clue, officers[place], acting(f"{code.lower()}.clerk"), stage)
    _later(officers)


# --- verification --------------------------------------------------------------------------------


def _arranged(code: str, number: int) -> Verification:
    """Arranged in April with its group; the two bodies take turns, the first plant's conflict decides for V1."""
    body = "V1" if number == 0 or number % 2 else "V3"
    people = Person.objects.in_bulk(BODIES[body], field_name="sign_in_name")
    lead, *others = (people[name].pk for name in BODIES[body])
    with clock.at(_noon(date(2024, 4, 8))):
        case: Verification = perform(
            "verification.arrange", acting("officer"), data={"organisation": code, "year": YEAR}
        ).result
        member = others[number // 2 % len(others)]
        perform("verification.form_group", acting("officer"), case, {"leader": lead, "members": [member]})
    verifications = Verification.objects.select_related("organisation__region", "filing", "version", "body")
    verification: Verification = verifications.get(pk=case.pk)
    return verification


def _verified(plan: Planned, number: int) -> None:
    """From the papers to the archive, or to where the case still is."""
    case, seen = plan.case, date(2024, 4, 16) + timedelta(days=2 * number)
    leader = leader_of(case)
    with clock.at(_noon(seen - timedelta(days=4))):
        perform("verification.review", leader, case, {"review": REVIEW, "site_list": SITE})
    with clock.at(_noon(seen)):
        perform("verification.visit", leader, case, {"on": seen, "present": 2, "visit": VISIT})
    rows = nonconformities(plan, number)
    if rows:
        put_right(plan, rows, seen)
    # Where nothing was found there is nothing to wait for.
    concluded_on = due_after(seen, 10 if rows else 2, WORKING)
    with clock.at(_noon(concluded_on)):
        outcome, opinion = "conforms", CORRECTED if rows else CLEAN
        if plan.rejected:
            outcome, opinion = "does_not_conform", REDETERMINED
        perform("verification.conclude", leader, case, {"outcome": outcome, "opinion": opinion})
    # The notice by two, then agreement and archive; the last plants are still on their way.
    notified_on = due_after(concluded_on, 5, WORKING)
    with clock.at(_noon(notified_on)):
        _approve(perform("verification.notify", acting("officer"), case))
    if number == 22:
        with clock.at(_noon(due_after(notified_on, 7, WORKING))):
            reason = "对其中一个月皮带秤校准记录的认定有异议，随文附补充材料（示例）"
            perform("verification.object", head_of(case), case, {"reason": reason})
    if number < 21:
        with clock.at(_noon(due_after(notified_on, 3, WORKING))):
            for letter in Letter.objects.filter(case=case.reference, state="sent"):
                perform("cases.acknowledge", head_of(case), letter)
            perform("verification.settle", head_of(case), case)
    if number < 18:
        with clock.at(_noon(due_after(notified_on, 6, WORKING))):
            data = {"archive_number": f"HC-{YEAR}-{number + 1:03d}"}
            perform("verification.archive", acting("officer"), case, data)


# --- clues -----------------------------------------------------------------------------------------


def _later(officers: dict[str, Actor]) -> None:
    """The nation's second list, clues that the province enters, and those that cities report of their own."""
    rows = [["线索编号", "单位代码", "涉及参数", "涉及期间", "问题描述", "风险等级"]]
    listed = [row for row in LATER if row[0] == "nation"]
    rows += [
        [f"GJ-2024-{n:03}", code, parameter, "2023-11", f"{text}（示例）", "高"]
        for n, (_, code, parameter, text, _stage) in enumerate(listed, len(CLUES) + 1)
    ]
    begun = date(2024, 7, 1)
    with clock.at(_noon(begun)):
        perform(
            "verification.clues_import",
            acting("officer"),
            data={"file": sheet(rows, "国家数据质量检查问题线索清单第二批（示例）.xlsx")},
        )
    for number, (level, code, parameter, text, stage) in enumerate(LATER, 1):
        plant = Organisation.objects.select_related("region").get(code=code)
        city = officers.setdefault(plant.region.code, city_officer(plant.region.code))
        data = {"organisation": code, "parameter": parameter, "period": "2024-05", "text": f"{text}（示例）"}
        with clock.at(_noon(begun)):
            if level == "city":
                clue = perform("verification.report_clue", city, data=data).result
            elif level == "province":
                more = {"number": f"SJ-2024-{number:03}", "source": "supervision"}
                clue = perform("verification.receive_clue", acting("officer"), data=data | more).result
            else:
                clue = Clue.objects.get(organisation=plant, opened_at__date=begun)
        _worked(clue, city, acting(f"{code.lower()}.clerk"), stage, start=begun, pace=1)


def _worked(clue: Clue, city: Actor, clerk: Actor, stage: str, *, start: date | None = None, pace: int = 4) -> None:
    """Step by step, each `pace` working days after the last, to the state of its row."""
    officer = acting("officer")
    start = start or (date(2024, 7, 1) if stage in STAGES[:3] else date(2024, 5, 13))
    unfounded = stage == "unfounded"
    real = not unfounded
    words = "经现场核实，问题属实（示例）" if real else "经核对电网结算单原件，数据一致，线索不属实（示例）"
    steps: list[tuple[str, Actor, dict[str, Any]]] = [
        ("dispatch_clue", officer, {"requirement": "请核对原始凭证和台账，查明原因（示例）"}),
        ("check_clue", city, {"outcome": "real" if real else "not_real", "result": words}),
        ("rectify_clue", clerk, {"measures": "补充原始凭证，修订台账并完善内部审核（示例）"}),
        ("confirm_clue", city, {"opinion": "整改到位，建议销号（示例）"}),
    ]
    done = {"received": 0, "dispatched": 1, "rectifying": 2, "unfounded": 2, "rectified": 3}.get(stage, 4)
    begun = 1 if clue.state == "dispatched" else 0  # what a city reports is with the city already
    for number, (act, who, data) in list(enumerate(steps[:done]))[begun:]:
        with clock.at(_noon(due_after(start, pace * number, WORKING))):
            perform(f"verification.{act}", who, clue, data)
    if stage in ("closed", "to_answer"):
        with clock.at(_noon(due_after(start, 4 * pace + 2, WORKING))):
            _approve(perform("verification.close_clue", officer, clue, {"opinion": "同意销号（示例）"}))
        clue.refresh_from_db()
    if stage == "closed" and clue.state == "to_answer":
        with clock.at(_noon(due_after(start, 5 * pace, WORKING))):
            letter = {"on": clock.today(), "document": "甘环函〔2024〕示例1号"}
            perform("verification.answer_clue", officer, clue, letter)


def _approve(outcome: Outcome) -> None:
    if outcome.proposal is not None:
        decide(outcome.proposal, acting("director"))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_current_timezone())
