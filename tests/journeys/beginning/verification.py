"""A report is verified: arranged, reviewed line by line, visited, put right, concluded, told, filed away."""

from __future__ import annotations

from .people import Fill, Tutorial
from .rows import NEXT_DAY
from .setting_up import Province, present

PLANT = "示例贵阳热电厂"


def verify(tutorial: Tutorial, province: Province) -> None:
    tutorial.chapter("核查", "Verification")
    arrange(tutorial, province)
    look(tutorial, province)
    put_right(tutorial, province)
    conclude(tutorial, province)


def arrange(tutorial: Tutorial, province: Province) -> None:
    officer = present(tutorial, province, "officer")
    officer.step(
        f"省级经办点“核查”，“批量安排”，勾选已交报告的单位，“为所选单位安排核查”，“{PLANT}”。",
        f"The province’s officer: “Verification”, “Arrange many”, tick whoever has submitted a report, “Arrange for "
        f"those chosen”, “{PLANT}”.",
        {"为所选单位安排核查": Fill(every=True)},
    )
    officer.step(
        "“组成核查组”，选组长和组员，再按“组成核查组”。",
        "“Form the group”, leader and members, press “Form the group”.",
        {"组成核查组": Fill({"组长|Leader": "示例核查员甲", "组员|Members": "示例核查员乙"})},
    )


def look(tutorial: Tutorial, province: Province) -> None:
    leader = present(tutorial, province, "v01.a")
    leader.step(
        f"核查组组长点“核查”，“{PLANT}”，“完成文件评审”，写评审意见和现场要看什么，再按“完成文件评审”。",
        f"The leader of the group: “Verification”, “{PLANT}”, “Review the papers”, what they show and what to look at "
        "on site, press “Review the papers”.",
        {
            "完成文件评审": Fill(
                {"文件评审意见|Document review": "报告与台账一致", "现场核查清单|What to look at": "皮带秤"}
            )
        },
    )
    leader.step(
        "“生成核查清单”，再按“生成核查清单”；逐行记录，结果相同的“批量记录”。",
        "“Draw up the review list”, press “Draw up the review list”; each line is noted, those with the "
        "same result by “Note many”.",
    )
    leader.step(
        "勾选各行，写查阅的证据，“记录所选各行”。",
        "Tick the lines, write what was seen, “Note those chosen”.",
        {"记录所选各行": Fill({"符合|Conforms": True, "查阅的证据|Evidence seen": "原始记录与台账"}, every=True)},
    )
    leader.step(
        "回到案卷：“核查”，“示例贵阳热电厂”，“完成现场核查”，填日期、到场人数和查、问、看、验情况，再按“完成现场核查”。",
        "Back at the case: “Verification”, “示例贵阳热电厂”, “Visit”, the day, how many were there and what was seen, "
        "press “Visit”.",
        {
            "完成现场核查": Fill(
                {
                    "现场核查日期|Day of the visit": NEXT_DAY,
                    "到场核查组人数|Members present": "2",
                    "查、问、看、验情况|What was seen": "核对计量器具和校准记录",
                }
            )
        },
    )


def put_right(tutorial: Tutorial, province: Province) -> None:
    leader, head = province.people["v01.a"], present(tutorial, province, "p01.head")
    leader.step(
        "有不符合的，“开具不符合项”，写事实，再按“开具不符合项”；“下发不符合项清单”，再按“下发不符合项清单”。",
        "For what does not conform “Raise a finding”, what was found, press “Raise a finding”; “Send the list of "
        "findings”, press “Send the list of findings”.",
        {
            "开具不符合项": Fill(
                {"不符合项|Finding": "皮带秤校准记录缺一次", "事实描述|What was found": "11 月无校准记录"}
            )
        },
    )
    head.step(
        "电厂审批人点“待办事项”，打开“整改”，“提交整改”，写整改情况，再按“提交整改”。",
        "The plant’s approver: “Task list”, open “Answer”, “Answer”, what was done, press “Answer”.",
        {"提交整改": Fill({"整改说明|Answer": "已补做校准并附记录"})},
    )


def conclude(tutorial: Tutorial, province: Province) -> None:
    leader, head, officer = (province.people[name] for name in ("v01.a", "p01.head", "officer"))
    leader.step(
        f"组长点“核查”，“{PLANT}”，“关闭不符合项”，写意见，再按“关闭不符合项”。",
        f"The leader: “Verification”, “{PLANT}”, “Close” the finding, your opinion, press “Close”.",
        {"关闭不符合项": Fill({"意见|Opinion": "已核对校准记录"})},
    )
    leader.step(
        "“出具核查结论”，选符合性，写结论，再按“出具核查结论”。",
        "“Conclude”: conformity and conclusion, press “Conclude”.",
        {"出具核查结论": Fill({"符合|Conforms": True, "核查结论|Conclusion": "缺的校准已补，符合核算指南"})},
    )
    officer.step(
        f"省级经办点“核查”，“{PLANT}”，“告知核查结果”，再按“告知核查结果”。",
        f"The province’s officer: “Verification”, “{PLANT}”, “Notify the result”, press “Notify the result”.",
    )
    present(tutorial, province, "director").step(
        "省级负责人点“待办事项”，“告知核查结果”，“批准”。", "The director: “Task list”, “Notify the result”, “Approve”."
    )
    head.step(
        f"电厂审批人点“核查”，“{PLANT}”，“确认核查结果”，再按“确认核查结果”。",
        f"The plant’s approver: “Verification”, “{PLANT}”, “Agree with the result”, press “Agree with the result”.",
    )
    officer.step(
        f"省级经办点“核查”，“{PLANT}”，“归档”，填档案号，再按“归档”。",
        f"The officer: “Verification”, “{PLANT}”, “Archive”, its number, press “Archive”.",
        {"归档": Fill({"档案号|Archive number": "HC-2026-01"})},
    )
