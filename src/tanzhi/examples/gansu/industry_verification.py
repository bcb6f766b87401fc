"""The example's verifications outside power, begun in June 2024 and in every stage by the middle of July."""

from __future__ import annotations

from datetime import date
from typing import Any

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.four_eyes import decide
from tanzhi.actions.perform import perform
from tanzhi.examples.plants import noon
from tanzhi.law.calendar.days import WORKING, due_after
from tanzhi.organisations.people.model import Person
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.review.model import ReviewLine

from .crew import acting
from .verification import BODIES, CLEAN, REVIEW, YEAR

STAGES = ("arranged", "formed", "reviewed", "visited", "concluded", "notified", "final", "archived")
AFTER = {"reviewed": 4, "visited": 7, "concluded": 9, "notified": 13, "final": 16, "archived": 18}
"""Working days after the arrangement on which each stage is reached."""
ARRANGED = {
    "archived": date(2024, 6, 13), "final": date(2024, 6, 13), "notified": date(2024, 6, 21),
    "concluded": date(2024, 6, 27), "rectifying": date(2024, 6, 28), "visited": date(2024, 7, 4),
    "reviewed": date(2024, 7, 4), "formed": date(2024, 7, 10), "arranged": date(2024, 7, 10),
}  # fmt: skip
"""When a case was arranged that is at a stage by the middle of July, with its days kept."""
CASES = {
    "P001": "concluded", "P002": "visited", "P003": "arranged",  # petrochemical
    "C004": "archived", "C006": "concluded", "C008": "reviewed", "C009": "formed",
    "B024": "final", "B027": "rectifying", "B029": "reviewed", "B030": "formed",  # cement
    "B028": "visited",  # glass
    "S069": "notified", "S071": "rectifying", "S072": "formed", "S073": "arranged",
    "N079": "archived", "N083": "formed",  # aluminium
    "N086": "notified", "N090": "arranged",
    "P095": "visited", "P097": "formed", "P098": "arranged",  # paper
    "N081": "reviewed",
}  # fmt: skip
IN_MID_WORK = "N081"
"""The group is on the spot, with a review list of which a part is noted."""
SITE = "查看计量器具和检定证书；抽查生产、能源台账和结算单原件；询问统计人员（示例）"
VISIT = "查阅生产和能源台账，核对结算单，查看计量器具，重新计算主要活动数据（示例）"
FINDINGS = {
    "B027": ("生料中非碳酸盐来源氧化钙无检测记录", "抽查的三个月无检测原始记录（示例）"),
    "S071": ("外购焦炭收支存台账缺页", "2023 年 9 月收支存台账缺两页，与财务明细无法核对（示例）"),
}
SEEN = "已查阅原始记录，与填报一致（示例）"
DIFFERS = "电网结算单电量多于报告 2.6%，企业称含生活区用电，未提供分表记录（示例）"


def load() -> None:
    """Each case as far as its row says; the two bodies take turns."""
    for number, (code, stage) in enumerate(CASES.items()):
        _verified(code, stage, tuple(BODIES)[(number + 1) % 2])
    _on_the_spot(Verification.objects.get(organisation__code=IN_MID_WORK, year=YEAR))


def _verified(code: str, stage: str, body: str) -> None:
    lead, *others = (Person.objects.get(sign_in_name=name) for name in BODIES[body])
    case: Verification
    begun = ARRANGED[stage]
    with clock.at(noon(begun)):
        arranged = {"organisation": code, "year": YEAR}
        case = perform("verification.arrange", acting("officer"), data=arranged).result
        if stage == "arranged":
            return
        group = {"leader": lead.pk, "members": [other.pk for other in others]}
        perform("verification.form_group", acting("officer"), case, group)
    leader, head = acting(lead.sign_in_name), acting(f"{code.lower()}.head")
    last = "visited" if stage == "rectifying" else stage
    visited_on = due_after(begun, AFTER["visited"], WORKING)
    steps: dict[str, tuple[str, Actor, dict[str, Any]]] = {
        "reviewed": ("review", leader, {"review": REVIEW, "site_list": SITE}),
        "visited": ("visit", leader, {"on": visited_on, "present": 2, "visit": VISIT}),
        "concluded": ("conclude", leader, {"outcome": "conforms", "opinion": CLEAN}),
        "notified": ("notify", acting("officer"), {}),
        "final": ("settle", head, {}),
        "archived": ("archive", acting("officer"), {"archive_number": f"HC-{YEAR}-{code}"}),
    }
    for reached in STAGES[2 : STAGES.index(last) + 1]:
        act, actor, data = steps[reached]
        with clock.at(noon(due_after(begun, AFTER[reached], WORKING))):
            outcome = perform(f"verification.{act}", actor, case, data)
            if outcome.proposal is not None:
                decide(outcome.proposal, acting("director"))
    if stage == "rectifying":
        with clock.at(noon(due_after(visited_on, 1, WORKING))):
            title, text = FINDINGS[code]
            raised = {"case": case.reference, "title": title, "text": text, "law": "企业温室气体排放核算与报告要求"}
            perform("cases.raise_finding", leader, data=raised)
            perform("verification.issue_list", leader, case)


def _on_the_spot(case: Verification) -> None:
    """Two inspectors note what they see: most lines conform, one is noted differently, the grid's bills do not fit."""
    leader, member = (acting(member.person.sign_in_name) for member in case.members.order_by("-leader", "pk")[:2])
    with clock.at(noon(date(2024, 7, 15))):
        lines: list[ReviewLine] = perform("verification.draw_review_list", leader, case).result
        good = {"result": "conforms", "evidence": SEEN}
        for line in lines[:6]:
            perform("verification.note_line", leader, line, good)
        doubt = {"result": "not_checked", "reason": "统计人员不在岗，改日再核（示例）"}
        perform("verification.note_line", member, lines[5], doubt)
        for line in case.review_lines.filter(kind="cross_check"):
            perform("verification.note_line", leader, line, {"result": "does_not_conform", "remark": DIFFERS})
