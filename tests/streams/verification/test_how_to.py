"""docs/how-to/verifier.md and .zh.md, followed: from the papers to the conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tanzhi.actions.registry import perform
from tanzhi.workflow.findings.model import CaseFinding
from tests.how_to import Guide

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.streams.verification.cases.model import Verification


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_verifier_goes_by_the_page(language: str, formed: Verification, verifier: Actor, approver: Actor) -> None:
    guide, case = Guide("verifier", language), formed.get_absolute_url()
    leader = guide.reader(verifier)
    guide.section("案卷", "The case")
    leader.step(
        "点“核查”，打开分派给本机构的企业年度。",
        "“Verification”, open the year of the plant that was assigned.",
        opens=case,
    )
    guide.section("文件评审", "The papers")
    leader.step(
        "“完成文件评审”，写评审意见和现场要看什么，再按“完成文件评审”。",
        "“Review the papers”, write what they show and what to look at on site, press “Review the papers”.",
        {"完成文件评审": {"文件评审意见|Document review": "报告与台账一致", "现场核查清单|What to look at": "皮带秤"}},
    )
    guide.section("现场核查", "The visit")
    leader.step(
        "“完成现场核查”，填日期、到场人数和查、问、看、验情况，再按“完成现场核查”。",
        "“Visit”, the day, how many of you were there and what was seen, press “Visit”.",
        {
            "完成现场核查": {
                "现场核查日期|Day of the visit": "2024-04-18",
                "到场核查组人数|Members present": "2",
                "查、问、看、验情况|What was seen": "核对计量器具",
            }
        },
    )
    guide.section("不符合项", "Findings")
    leader.step(
        "有不符合的，“开具不符合项”，写事实、位置和依据，再按“开具不符合项”。",
        "For what does not conform “Raise a finding”: fact, place and law; press “Raise a finding”.",
        {"开具不符合项": {"不符合项|Finding": "皮带秤未校准", "事实描述|What was found": "无校准记录"}},
    )
    leader.step(
        "全部开具后“下发不符合项清单”，再按“下发不符合项清单”：企业收到清单，整改期限开始计算。",
        "Once all are raised “Send the list of findings”, press “Send the list of findings”: the plant gets it as a"
        " letter, and its days begin.",
    )
    finding = CaseFinding.objects.get()
    perform("cases.answer_finding", approver, finding, {"text": "已校准，附记录"})
    leader.step(
        "企业提交整改后，点“核查”，打开案卷。",
        "When the plant has answered: “Verification”, open the case.",
        opens=case,
    )
    leader.step(
        "在该不符合项下“关闭不符合项”，写意见，再按“关闭不符合项”；整改不到位的退回企业。",
        "Beside the finding “Close”, with your opinion, press “Close”; what is not put right goes back to the plant.",
        {"关闭不符合项": {"意见|Opinion": "已核对校准记录"}},
    )
    guide.section("结论", "The conclusion")
    leader.step(
        "“出具核查结论”，选符合性，写结论，再按“出具核查结论”。设定保守数值的人不能出具结论。",
        "“Conclude”: conformity and conclusion, press “Conclude”. Whoever set a conservative value does not conclude.",
        {"出具核查结论": {"符合|Conforms": True, "核查结论|Conclusion": "符合核算指南"}},
    )
    formed.refresh_from_db()
    assert (formed.state, formed.conclusions.get().conforms) == ("concluded", True)
    guide.end()
