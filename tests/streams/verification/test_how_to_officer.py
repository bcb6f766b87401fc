"""docs/how-to/officer.md and .zh.md, followed: a clue, a penalty case to its publication.

Late surrender of 1,000 t at 90 yuan on 31 December 2024: 450,000 to 900,000 yuan by the Regulations, article 24.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tanzhi.actions.registry import perform
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.streams.verification.penalties.model import Penalty
from tests.how_to import Guide, Reader
from tests.streams.verification.conftest import day

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World

ROW = {"number": "GJ-1", "organisation": "PLANT", "parameter": "元素碳", "text": "检测报告编号不连续", "risk": "high"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_officer_and_a_director_go_by_the_page(
    language: str, world: World, officer: Actor, director: Actor, city_officer: Actor, approver: Actor
) -> None:
    guide = Guide("officer", language)
    with day(5, 6):
        clue: Clue = perform("verification.receive_clue", officer, data=ROW).result
        follow_clue(guide, clue, officer, director, city_officer, approver)
    follow_penalty(guide, officer, director, city_officer, approver)
    guide.end()


def follow_clue(
    guide: Guide, clue: Clue, officer: Actor, director: Actor, city_officer: Actor, approver: Actor
) -> None:
    desk = guide.reader(officer)
    guide.section("问题线索", "A clue")
    desk.step(
        "点“问题线索”，打开登记的线索（单条登记或按国家清单导入）。",
        "“Clues”, open one that was entered by hand or came by the nation's list.",
        opens=clue.get_absolute_url(),
    )
    desk.step(
        "“交办市局”，写核实要求，再按“交办市局”。",
        "“Hand to the city”, say what is to be verified, press “Hand to the city”.",
        {"交办市局": {"核实要求|Requirement": "请核对检测报告原件"}},
    )
    perform("verification.check_clue", city_officer, clue, {"outcome": "not_real", "result": "原件齐全"})
    desk.step(
        "市局反馈后，点“问题线索”，打开该线索。",
        "When the city has answered: “Clues”, open it.",
        opens=clue.get_absolute_url(),
    )
    desk.step(
        "“销号”，写意见，再按“销号”；核实不到位的，“退回市局再核”。",
        "“Close” with your opinion, press “Close”; where it was not verified well, “Return to the city”.",
        {"销号": {"意见|Opinion": "原件齐全，同意销号"}},
    )
    head = guide.reader(director)
    head.step(
        "另一人（省级负责人）点“待办事项”，“审批：销号”，“批准”。",
        "Another person, the director: “Task list”, “Decide: Close”, “Approve”.",
    )
    desk.open("/")
    desk.step(
        "国家级线索销号后还要反馈：点“问题线索”，打开该线索。",
        "The nation's clues are also answered: “Clues”, open it.",
        opens=clue.get_absolute_url(),
    )
    desk.step(
        "“反馈国家”，填反馈日和文号，再按“反馈国家”。",
        "“Answer the nation”, day and number of the document, press “Answer the nation”.",
        {"反馈国家": {"反馈日期|Day of the answer": "2024-05-06", "反馈文号|Letter": "甘环函〔2024〕1号"}},
    )
    clue.refresh_from_db()
    assert clue.state == "closed"


def follow_penalty(guide: Guide, officer: Actor, director: Actor, city_officer: Actor, approver: Actor) -> None:
    desk = guide.reader(officer)
    guide.section("行政处罚", "A penalty case")
    with day(3, 3, 2025):
        open_and_investigate(guide.reader(city_officer))
    case = Penalty.objects.get()
    with day(3, 5, 2025):
        give_notice(desk, case)
    case.refresh_from_db()
    with day(3, 6, 2025):
        perform("verification.defend_penalty", approver, case, {"statement": "正在补缴，请求从轻"})
    with day(3, 13, 2025):
        decide_by_two(desk, guide.reader(director), case)
    with day(3, 17, 2025):
        deliver_publish_and_close(desk, case)
    case.refresh_from_db()
    assert (case.state, case.fine, case.published_on) == ("closed", "480000", case.delivered_on)


def open_and_investigate(bureau: Reader) -> None:
    bureau.step(
        "市局或省级经办点“处罚案件”，“处罚立案”，选当事人、违法行为、行为日和发现日，再按“处罚立案”。",
        "The city or the province: “Penalty cases”, “Open a penalty case”: party, offence, day of the act, day it "
        "was found; press “Open a penalty case”.",
        {
            "处罚立案": {
                "当事人代码|Code of the party": "PLANT",
                "违法行为|Offence": "not_surrendered",
                "行为日|Day of the act": "2024-12-31",
                "发现日|Day on which": "2025-01-02",
                "立案事由|What is suspected": "清缴期限届满未足额清缴",
            }
        },
    )
    bureau.step(
        "“提交调查结果”，写明至少两名执法人员、事实、数量和均价，附材料，再按“提交调查结果”：页面列出法定幅度。",
        "“Report the investigation”: two investigators or more, facts, tonnes and mean price, files; press “Report "
        "the investigation”. The page then shows the range of the fine by the law of that day.",
        {
            "提交调查结果": {
                "执法人员|Investigators": "张三（A1）、李四（A2）",
                "查明的事实|Facts": "截至清缴期限尚缺 1000 吨",
                "未清缴配额量|Allowances missing": "1000",
                "清缴时限前一个月|Mean price": "90",
                "均价来源|Source of the price": "交易机构公布的 2024 年 12 月成交",
                "材料|Files": ("proof.pdf", b"proof"),
            }
        },
    )


def give_notice(desk: Reader, case: Penalty) -> None:
    desk.step(
        "省级经办点“处罚案件”，打开案件。", "The province: “Penalty cases”, open it.", opens=case.get_absolute_url()
    )
    desk.step(
        "“处罚事先告知”，填拟处罚款、责令改正事项、理由，再按“处罚事先告知”：告知书送当事人，陈述申辩期限开始计算。",
        "“Give notice of the penalty”: fine proposed, what is to be corrected, grounds; press “Give notice of the "
        "penalty”. The party gets the letter and its days begin.",
        {
            "处罚事先告知": {
                "拟处罚款|Fine proposed": "490000.00",
                "责令改正事项|What is to be corrected": "补足清缴",
                "理由和依据|Grounds and law": "暂行条例第二十四条",
            }
        },
    )


def decide_by_two(desk: Reader, head: Reader, case: Penalty) -> None:
    desk.open(case.get_absolute_url())
    desk.step(
        "当事人陈述申辩后或期满，“作出处罚决定”，选处理、填罚款（不得重于告知）和理由，再按“作出处罚决定”。"
        "低于幅度或不予处罚的，还要选法定情形。",
        "After the party's statement, or its days: “Decide on the penalty”, what and how much (never more than "
        "was proposed) and why; press “Decide on the penalty”. Below the range, or where there is none, the ground of "
        "the law is chosen, too.",
        {"作出处罚决定": {"决定|Decision": "fine", "罚款|Fine": "480000", "理由|Reason": "配合调查，从轻"}},
    )
    head.step(
        "省级负责人点“待办事项”，“审批：作出处罚决定”，“批准”。调查人员不能决定。",
        "The director: “Task list”, “Decide: Decide on the penalty”, “Approve”. Who investigated does not decide.",
    )


def deliver_publish_and_close(desk: Reader, case: Penalty) -> None:
    desk.open(case.get_absolute_url())
    desk.step(
        "“登记送达”，填送达日，再按“登记送达”：缴款和公开期限开始计算。",
        "“Note the delivery”, its day, press “Note the delivery”: the days to pay and to publish begin.",
        {"登记送达": {"送达日|Day of delivery": "2025-03-17"}},
    )
    desk.step(
        "“公开处罚决定”，再按“公开处罚决定”：公众在“处罚决定”看到。",
        "“Publish the decision”, press “Publish the decision”: the public reads it under “Penalty decisions”.",
    )
    desk.open(case.get_absolute_url())
    desk.step(
        "收到缴款凭证后“登记缴款”，填缴款日、金额、凭证号，再按“登记缴款”。",
        "When the receipt is there, “Record a payment”: day, amount, number of it; press “Record a payment”.",
        {
            "登记缴款": {
                "缴款日|Day of payment": "2025-03-17",
                "金额|Amount": "480000",
                "缴款凭证号|Number of the receipt": "R-1",
            }
        },
    )
    desk.step("缴清后“结案”，再按“结案”。", "Once all is paid “Close the case”, press “Close the case”.")
