"""What the example's verifications find: most is put right before the conclusion, some values are redetermined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.examples.plants import noon
from tanzhi.law.calendar.days import WORKING, due_after
from tanzhi.office.letters.model import Letter
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.workflow.findings.model import CaseFinding

from .crew import acting, head_of, leader_of
from .misread import DIESEL, correct_misread
from .redetermined import Planned, Rejected

QUIET_EVERY = 6  # every sixth plant is in perfect order
TWO_EVERY = 5  # every fifth has two


@dataclass(frozen=True, slots=True)
class NonConformity:
    """One that is found, the plant's answer to it, and with what words it is closed."""

    title: str
    text: str
    law: str
    answer: str
    verdict: str
    where: str = ""


VALUES_STAND = "补充材料真实有效，不影响排放量，整改到位，同意关闭（示例）"
PUT_RIGHT = (
    NonConformity(
        "煤炭盘点表签字不全",
        "抽查的两个月盘点表缺少监盘人签字，数量与购销存台账一致（示例）",
        "CETS-AG-01.01-V02-2022，燃料消耗量",
        "已由监盘人补签并附当月盘点照片和测量记录，盘点表增加签字必填项（示例）",
        VALUES_STAND,
    ),
    NonConformity(
        "煤样交接记录填写不完整",
        "抽查的三个月缩分样交接记录未写明送样时间，检测报告编号与样品编号一致（示例）",
        "CETS-AG-01.01-V02-2022，元素碳含量测定",
        "已按快递单和检测机构收样登记补齐，并修订交接记录格式（示例）",
        VALUES_STAND,
    ),
    NonConformity(
        "关口电能表检定证书未随台账归档",
        "计量器具台账登记了检定日期，现场未能出示证书原件（示例）",
        "CETS-VG-01.01-V02-2026，计量器具",
        "已从电网企业调取检定证书复印件，证书在有效期内，已归档（示例）",
        VALUES_STAND,
    ),
    NonConformity(
        "质量控制计划未写明备用皮带秤",
        "备用皮带秤全年未投用，但质量控制计划未列入（示例）",
        "CETS-AG-01.01-V02-2022，数据质量控制",
        "已将备用皮带秤及其校验要求写入质量控制计划的修订稿（示例）",
        VALUES_STAND,
    ),
)
MISREAD = NonConformity(
    "柴油消耗量填报有误",
    "一个月的柴油消耗量与领料单相差十倍，小数点错位（示例）",
    "CETS-AG-01.01-V02-2022，燃料消耗量",
    "经核对领料单，系录入时小数点错位，已更正该月数据和年度报告并重新存证（示例）",
    "更正后的数值与领料单一致，整改到位，同意关闭（示例）",
)
NOT_PUT_RIGHT = {
    "default_carbon": {
        "title": "元素碳检测报告不符合要求",
        "text": "抽查的元素碳检测报告未在采样后四十个自然日内出具，且未加盖 CMA 章（示例）",
        "law": "CETS-AG-01.01-V02-2022，元素碳含量测定",
    },
    "uncalibrated": {
        "title": "入炉煤皮带秤未按计划校准",
        "text": "现场查看校准台账，该月皮带秤无实物校验或链码校验记录（示例）",
        "law": "CETS-VG-01.01-V02-2026，计量器具",
    },
    "worse_meter": {
        "title": "皮带秤实际准确度低于质量控制计划要求",
        "text": "链码校验示值误差大于计划规定的 0.5 级（示例）",
        "law": "CETS-VG-01.01-V02-2026，计量器具",
    },
}
BASIS = {
    "default_carbon": "该月元素碳检测报告无效，按指南改用单位热值含碳量缺省值",
    "uncalibrated": "未校准，按要求准确度 0.5 级作保守处理",
    "worse_meter": "按实际准确度与要求准确度之差作保守处理",
}
AGREED = "情况属实，原始凭证无法补齐，同意按保守原则核定，并已完善内部管理（示例）"


def nonconformities(plan: Planned, number: int) -> list[NonConformity]:
    """What is found in the report of the plant of this number: what cannot be put right first."""
    if plan.rejected:
        return [
            NonConformity(
                **NOT_PUT_RIGHT[rejected.method],
                answer=AGREED,
                verdict="未能整改，数据已保守核定（示例）",
                where="；".join(plan.cells[path].words.zh for path in rejected.paths)[:300],
            )
            for rejected in plan.rejected
        ]
    if number % QUIET_EVERY == QUIET_EVERY - 1:
        return []
    first = MISREAD if plan.case.organisation.code in DIESEL else PUT_RIGHT[number % len(PUT_RIGHT)]
    return [first, PUT_RIGHT[(number + 1) % len(PUT_RIGHT)]] if number % TWO_EVERY == 0 else [first]


def put_right(plan: Planned, rows: list[NonConformity], seen: date) -> None:
    """Listed, answered within five working days, closed: values that cannot be put right are redetermined."""
    case, leader, head = plan.case, leader_of(plan.case), head_of(plan.case)
    clerk = acting(f"{case.organisation.code.lower()}.clerk")
    with clock.at(noon(due_after(seen, 1, WORKING))):
        findings: list[CaseFinding] = []
        for row in rows:
            raised = {"case": case.reference, "title": row.title, "text": row.text, "law": row.law, "where": row.where}
            findings.append(perform("cases.raise_finding", leader, data=raised).result)
        perform("verification.issue_list", leader, case)
    with clock.at(noon(due_after(seen, 5, WORKING))):
        for letter in Letter.objects.filter(case=case.reference):
            perform("cases.acknowledge", head, letter)
        if MISREAD in rows:
            correct_misread(case, clerk, head)
        for row, finding in zip(rows, findings, strict=True):
            perform("cases.answer_finding", clerk, finding, {"text": row.answer})
    with clock.at(noon(due_after(seen, 8, WORKING))):
        for rejected, finding in zip(plan.rejected, findings, strict=False):
            redetermine(case, rejected, finding)
        for row, finding in zip(rows, findings, strict=True):
            perform("cases.close_finding", leader, finding, {"text": row.verdict})


def redetermine(case: Verification, rejected: Rejected, finding: CaseFinding) -> None:
    """By a member who does not conclude."""
    data: dict[str, Any] = {
        "cells": rejected.paths,
        "method": rejected.method,
        "finding": finding.number,
        "basis": BASIS[rejected.method],
    }
    if rejected.method != "default_carbon":
        data["required"] = "0.5"
    if rejected.actual:
        data["actual"] = rejected.actual
    member = case.members.filter(leader=False).order_by("pk")[0].person
    perform("verification.redetermine", acting(member.sign_in_name), case, data)
