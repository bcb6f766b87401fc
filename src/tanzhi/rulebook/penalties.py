"""Penalties of the carbon market (行政处罚): the range of a fine out of facts, by the law of the day of the act.

Measures of the Ministry from 2021-02-01, Interim Regulations from 2024-05-01, Ecological and Environmental Code from
2026-08-15; for voluntary reductions (CCER) their own Measures from 2023-10-19. An offence that the law of the day does
not know has no range; whether a fixed sum, a multiple of the gains or of the price of what is missing counts follows
from the offence and the day. Whether rows of the Regulations that the Code does not repeat still apply beside it is
open: they go on with a mark.
"""

from datetime import date
from typing import Any

from tanzhi.rulebook.kernel import Guideline, Level, Text, chosen, smallest, total, where

MEASURES = "碳排放权交易管理办法（试行）, 第三十九、四十条"
REGULATIONS = "碳排放权交易管理暂行条例, 第二十一至二十六条"
CODE = "生态环境法典, 第一千一百一十、一千二百二十六、一千二百二十九、一千二百三十条"
PENALTY_LAW = "行政处罚法, 第七十二条"
FORM, ARREARS = "penalty", "arrears"

OFFENCES = {
    "no_control_plan": Text("未制定或执行数据质量控制方案", "Data quality control plan not made or not followed"),
    "not_reported": Text("未报送排放数据或年度报告", "Emission data or annual report not filed"),
    "not_disclosed": Text("未公开或不如实公开排放信息", "Emission not disclosed, or disclosed falsely"),
    "no_records": Text("未保存原始记录和台账", "Records not kept"),
    "wrong_accounting": Text("未按规定核算排放量", "Emission not accounted as prescribed"),
    "false_report": Text("年度报告重大缺陷或弄虚作假", "Annual report with grave defects, or falsified"),
    "bad_samples": Text("未按规定制作和送检样品", "Samples not made or sent as prescribed"),
    "not_surrendered": Text("未按期足额清缴配额", "Allowances not surrendered in time"),
    "still_not_surrendered": Text("责令限期后仍未完成清缴", "Allowances still not surrendered after the order's term"),
    "false_test": Text("出具不实或虚假检验检测报告", "False report of a testing body"),
    "false_service": Text("编制报告或技术审核弄虚作假", "Report or technical review of a body falsified"),
    "false_environmental_service": Text("生态环境服务弄虚作假（法典）", "Environmental service falsified, by the Code"),
    "false_environmental_service_grave": Text(
        "生态环境服务弄虚作假，情节严重（法典）", "Environmental service falsified, grave, by the Code"
    ),
    "manipulation": Text("操纵碳市场", "Manipulation of the carbon market"),
    "disturbance": Text("扰乱碳市场秩序", "Disturbance of the carbon market"),
    "inspection_refused": Text("拒绝、阻碍监督检查", "Inspection refused or obstructed"),
    "ccer_inspection_refused": Text(
        "自愿减排：拒绝、阻挠监督检查或弄虚作假", "CCER: inspection refused, obstructed or deceived"
    ),
    "ccer_false_papers": Text("自愿减排：申请材料弄虚作假", "CCER: false papers of a project"),
    "ccer_false_credits": Text("自愿减排：骗取核证减排量", "CCER: credits obtained by deceit"),
    "ccer_body_fault": Text("自愿减排：审定与核查机构违规", "CCER: validation or verification body at fault"),
    "ccer_manipulation": Text("自愿减排：操纵或扰乱交易", "CCER: trading manipulated or disturbed"),
}
GROUNDS = {
    "harm_removed": Text("主动消除或者减轻违法行为危害后果", "Removed or lessened the harm of its own accord"),
    "coerced": Text("受他人胁迫或者诱骗", "Coerced or enticed by others"),
    "confessed": Text("主动供述行政机关尚未掌握的违法行为", "Confessed what the authority did not know of"),
    "merit": Text("配合查处有立功表现", "Helped to investigate, with merit"),
    "other_rule": Text("法律、法规、规章规定的其他情形", "Another case that a law or rule names"),
    "minor_corrected": Text("违法行为轻微并及时改正，没有造成危害后果", "Slight, corrected in time, and without harm"),
    "first_minor": Text("初次违法且危害后果轻微并及时改正", "First offence, harm slight, and corrected in time"),
    "no_fault": Text("有证据足以证明没有主观过错", "Proved to be without fault"),
    "unproven": Text("违法事实不能成立", "The facts of an offence do not stand"),
}
"""Grounds of a lighter fine, one below the range, or none; which bears what stands in dated tables of `procedure`."""
OWING = ("not_surrendered", "still_not_surrendered")
FRAUD = ("wrong_accounting", "false_report", "bad_samples")
TRADING = ("manipulation", "disturbance")
BY_GAINS = (*FRAUD, "false_test", "false_service", *TRADING)
PERSONS_TOO = (*BY_GAINS, "inspection_refused", "false_environmental_service", "false_environmental_service_grave")
BY_THE_MINISTRY = (*TRADING, "ccer_manipulation")
BANNED_PERSONS = (
    "false_test", "false_service", "false_environmental_service", "false_environmental_service_grave",
)  # fmt: skip
BANNED_PERSONS_SINCE_REGULATIONS = ("false_test", "false_service")
CONSEQUENCES = {
    "none": Text("无", "nothing further"),
    "found_by_province": Text(
        "省级测算实际排放量作为清缴依据，虚报、瞒报部分等量核减下一年度配额",
        "the province finds the emission, which is then surrendered for; next year's quota falls by what was misstated",
    ),
    "deducted": Text("欠缴部分等量核减下一年度配额", "next year's quota falls by what is missing"),
    "may_stop": Text("可以责令停产整治", "production may be ordered to stop"),
    "deducted_may_stop": Text(
        "等量核减下一年度配额，可以责令停产整治",
        "next year's quota falls by what is missing; production may be ordered to stop",
    ),
    "share_may_stop": Text(
        "按比例核减下一年度配额，可以责令停产整治",
        "next year's quota falls by a share; production may be ordered to stop",
    ),
    "limited_or_stopped": Text(
        "责令限制生产、停产整治并公告信息", "production is limited or stopped, and the information announced"
    ),
}
LEAST, GREATEST = Text("罚款下限", "Least fine"), Text("罚款上限", "Greatest fine")
LEAST_PERSON = Text("责任人员罚款下限", "Least fine of a responsible person")
GREATEST_PERSON = Text("责任人员罚款上限", "Greatest fine of a responsible person")
REFUSAL = Text("拒不改正的后果", "What a refusal leads to")
LEAST_DEDUCTION = Text("拒不改正时核减配额下限", "Least deduction of quota after a refusal")
GREATEST_DEDUCTION = Text("拒不改正时核减配额上限", "Greatest deduction of quota after a refusal")

penalties = Guideline(
    "penalties",
    title=Text("行政处罚", "Penalties"),
    levels={
        "party": Level("parties", Text("当事人", "Party")),
        "delay": Level("delays", Text("逾期时段", "Time overdue")),
    },
    by_day=True,
)


@penalties.choice(
    level="party", label=Text("违法行为", "Offence"), form=FORM, law=CODE, since=date(2021, 2, 1), options=OFFENCES
)
def offence() -> None:
    """The offence (违法行为); one that the law of the day does not know has no range on that day."""


@penalties.input(
    "CNY",
    level="party",
    decimals=2,
    label=Text("违法所得", "Illegal gain"),
    form=FORM,
    minimum="0",
    since=date(2024, 5, 1),
)
def illegal_gain() -> None:
    """What the act brought in (违法所得), CNY; where there is none, 0 is stated."""


@penalties.input(
    "tCO2",
    level="party",
    decimals=0,
    label=Text("未清缴配额量", "Allowances missing"),
    form=FORM,
    minimum="0",
    since=date(2021, 2, 1),
)
def missing() -> None:
    """Allowances not surrendered at the deadline, or emission misstated by the Measures (未清缴配额量), tCO2."""


@penalties.input(
    "CNY/tCO2",
    level="party",
    decimals=2,
    label=Text("清缴时限前一个月市场均价", "Mean price of the month before the deadline"),
    form=FORM,
    minimum="0",
    since=date(2024, 5, 1),
)
def mean_price() -> None:
    """Mean price of trades in the month before the deadline (市场交易平均成交价格), CNY/t; no text names the series."""


@penalties.input(
    "tCO2",
    level="party",
    decimals=0,
    label=Text("下一年度配额量", "Next year's quota"),
    form=FORM,
    minimum="0",
    since=date(2024, 5, 1),
)
def next_quota() -> None:
    """The quota from which a refusal is deducted (下一年度碳排放配额), tCO2; blank while nobody refused."""


@penalties.quantity(
    "CNY",
    level="party",
    decimals=2,
    label=Text("按均价计算的罚款下限", "Least fine by the price"),
    law=REGULATIONS,
    since=date(2024, 5, 1),
)
def least_by_price(offence: Any, missing: Any, mean_price: Any, price_least_multiple: Any) -> Any:
    """Missing tonnes × price × multiple (按均价计算的罚款下限), CNY."""
    return where(chosen(offence, *OWING), missing * mean_price * price_least_multiple, None)


@penalties.quantity(
    "CNY",
    level="party",
    decimals=2,
    label=Text("按违法所得计算的罚款下限", "Least fine by the gains"),
    law=REGULATIONS,
    since=date(2024, 5, 1),
)
def least_by_gains(illegal_gain: Any, gain_threshold: Any, gain_least_multiple: Any, fixed_least_fine: Any) -> Any:
    """Gains × multiple from a sum on, a fixed sum below it (按违法所得计算的罚款下限), CNY."""
    return where(illegal_gain >= gain_threshold, illegal_gain * gain_least_multiple, fixed_least_fine)


@penalties.quantity(
    "CNY",
    level="party",
    decimals=2,
    label=Text("按均价计算的罚款上限", "Greatest fine by the price"),
    law=REGULATIONS,
    since=date(2024, 5, 1),
)
def greatest_by_price(offence: Any, missing: Any, mean_price: Any, price_greatest_multiple: Any) -> Any:
    """Missing tonnes × price × multiple (按均价计算的罚款上限), CNY."""
    return where(chosen(offence, *OWING), missing * mean_price * price_greatest_multiple, None)


@penalties.quantity(
    "CNY",
    level="party",
    decimals=2,
    label=Text("按违法所得计算的罚款上限", "Greatest fine by the gains"),
    law=REGULATIONS,
    since=date(2024, 5, 1),
)
def greatest_by_gains(
    illegal_gain: Any,
    gain_threshold: Any,
    gain_greatest_multiple: Any,
    fixed_greatest_fine: Any,
) -> Any:
    """Gains × multiple from a sum on, a fixed sum below it (按违法所得计算的罚款上限), CNY."""
    return where(illegal_gain >= gain_threshold, illegal_gain * gain_greatest_multiple, fixed_greatest_fine)


@penalties.quantity("CNY", level="party", decimals=2, label=LEAST, law=MEASURES, since=date(2021, 2, 1))
def least_fine(offence: Any, fixed_least_fine: Any) -> Any:
    """A fixed sum (罚款下限), CNY."""
    return where(chosen(offence, "still_not_surrendered"), None, fixed_least_fine)


@penalties.quantity("CNY", level="party", decimals=2, label=LEAST, law=REGULATIONS)
def least_fine_since_2024_05_01(
    offence: Any, least_by_price: Any = None, least_by_gains: Any = None, fixed_least_fine: Any = None
) -> Any:
    """By the price of what is missing, by the gains, or a fixed sum (罚款下限), CNY."""
    others = where(chosen(offence, *BY_GAINS), least_by_gains, fixed_least_fine)
    return where(chosen(offence, *OWING), least_by_price, others)


@penalties.quantity("CNY", level="party", decimals=2, label=LEAST, law=CODE)
def least_fine_since_2026_08_15(
    offence: Any, least_by_price: Any = None, least_by_gains: Any = None, fixed_least_fine: Any = None
) -> Any:
    """As before, but a fixed sum comes first and the price counts once the order's term passed (罚款下限), CNY."""
    others = where(chosen(offence, *BY_GAINS), least_by_gains, fixed_least_fine)
    return where(chosen(offence, "still_not_surrendered"), least_by_price, others)


@penalties.quantity("CNY", level="party", decimals=2, label=GREATEST, law=MEASURES, since=date(2021, 2, 1))
def greatest_fine(
    offence: Any,
    fixed_greatest_fine: Any,
) -> Any:
    """A fixed sum (罚款上限), CNY."""
    return where(chosen(offence, "still_not_surrendered"), None, fixed_greatest_fine)


@penalties.quantity("CNY", level="party", decimals=2, label=GREATEST, law=REGULATIONS)
def greatest_fine_since_2024_05_01(
    offence: Any, greatest_by_price: Any = None, greatest_by_gains: Any = None, fixed_greatest_fine: Any = None
) -> Any:
    """By the price of what is missing, by the gains, or a fixed sum (罚款上限), CNY."""
    others = where(chosen(offence, *BY_GAINS), greatest_by_gains, fixed_greatest_fine)
    return where(chosen(offence, *OWING), greatest_by_price, others)


@penalties.quantity("CNY", level="party", decimals=2, label=GREATEST, law=CODE)
def greatest_fine_since_2026_08_15(
    offence: Any, greatest_by_price: Any = None, greatest_by_gains: Any = None, fixed_greatest_fine: Any = None
) -> Any:
    """As before, but a fixed sum comes first and the price counts once the order's term passed (罚款上限), CNY."""
    others = where(chosen(offence, *BY_GAINS), greatest_by_gains, fixed_greatest_fine)
    return where(chosen(offence, "still_not_surrendered"), greatest_by_price, others)


@penalties.quantity("CNY", level="party", decimals=2, label=LEAST_PERSON, law=REGULATIONS, since=date(2024, 5, 1))
def least_person_fine(offence: Any, person_least_fine: Any = None) -> Any:
    """Of whoever was in charge, beside the unit (直接负责的主管人员和其他直接责任人员), CNY; blank where none is."""
    return where(chosen(offence, *BY_GAINS), person_least_fine, None)


@penalties.quantity("CNY", level="party", decimals=2, label=GREATEST_PERSON, law=REGULATIONS, since=date(2024, 5, 1))
def greatest_person_fine(offence: Any, person_greatest_fine: Any = None) -> Any:
    """Of whoever was in charge, beside the unit (直接负责的主管人员和其他直接责任人员), CNY; blank where none is."""
    return where(chosen(offence, *BY_GAINS), person_greatest_fine, None)


@penalties.quantity("CNY", level="party", decimals=2, label=LEAST_PERSON, law=CODE)
def least_person_fine_since_2026_08_15(offence: Any, person_least_fine: Any = None) -> Any:
    """As before, and for refused inspections and false environmental services (责任人员罚款下限), CNY."""
    return where(chosen(offence, *PERSONS_TOO), person_least_fine, None)


@penalties.quantity("CNY", level="party", decimals=2, label=GREATEST_PERSON, law=CODE)
def greatest_person_fine_since_2026_08_15(offence: Any, person_greatest_fine: Any = None) -> Any:
    """As before, and for refused inspections and false environmental services (责任人员罚款上限), CNY."""
    return where(chosen(offence, *PERSONS_TOO), person_greatest_fine, None)


@penalties.quantity(
    "1", level="party", decimals=0, label=Text("责任人员禁业年数", "Years of a person's ban"), law=REGULATIONS,
    since=date(2024, 5, 1),
)  # fmt: skip
def person_ban(offence: Any, person_ban_years: Any = None) -> Any:
    """Years for which persons of a body may not work in its field (禁止从业年数); a life-long ban is no number."""
    return where(chosen(offence, *BANNED_PERSONS_SINCE_REGULATIONS), person_ban_years, None)


@penalties.quantity("1", level="party", decimals=0, label=Text("责任人员禁业年数", "Years of a person's ban"), law=CODE)
def person_ban_since_2026_08_15(offence: Any, person_ban_years: Any = None) -> Any:
    """As before, and for false environmental services: five years, ten where it is grave (禁止从业年数)."""
    return where(chosen(offence, *BANNED_PERSONS), person_ban_years, None)


@penalties.choice(level="party", label=REFUSAL, options=CONSEQUENCES, law=MEASURES, since=date(2021, 2, 1))
def refusal(offence: Any) -> Any:
    """What follows where the order to correct is not obeyed in time (逾期未改正的后果)."""
    owed = where(chosen(offence, "not_surrendered"), "deducted", "none")
    return where(chosen(offence, "not_reported", "false_report"), "found_by_province", owed)


@penalties.choice(level="party", label=REFUSAL, options=CONSEQUENCES, law=REGULATIONS)
def refusal_since_2024_05_01(offence: Any) -> Any:
    """What follows where the order to correct is not obeyed (拒不改正的后果)."""
    owed = where(chosen(offence, "not_surrendered"), "deducted_may_stop", "none")
    reported = where(
        chosen(offence, "no_control_plan", "not_reported", "not_disclosed", "no_records"), "may_stop", owed
    )
    return where(chosen(offence, *FRAUD), "share_may_stop", reported)


@penalties.choice(level="party", label=REFUSAL, options=CONSEQUENCES, law=CODE)
def refusal_since_2026_08_15(offence: Any) -> Any:
    """As before, but nothing more is deducted for unpaid allowances (拒不改正的后果)."""
    hidden = where(chosen(offence, "not_disclosed"), "limited_or_stopped", "none")
    reported = where(
        chosen(offence, "no_control_plan", "not_reported", "no_records", "still_not_surrendered"), "may_stop", hidden
    )
    return where(chosen(offence, *FRAUD), "share_may_stop", reported)


@penalties.quantity("tCO2", level="party", decimals=0, label=LEAST_DEDUCTION, law=MEASURES, since=date(2021, 2, 1))
def least_deduction(offence: Any, missing: Any) -> Any:
    """Equal to what is missing or was misstated (等量核减), tCO2; blank where nothing is deducted."""
    return where(chosen(offence, "false_report", "not_surrendered"), missing, None)


@penalties.quantity("tCO2", level="party", decimals=0, label=GREATEST_DEDUCTION, law=MEASURES, since=date(2021, 2, 1))
def greatest_deduction(offence: Any, missing: Any) -> Any:
    """Equal to what is missing or was misstated (等量核减), tCO2; blank where nothing is deducted."""
    return where(chosen(offence, "false_report", "not_surrendered"), missing, None)


@penalties.quantity("tCO2", level="party", decimals=0, label=LEAST_DEDUCTION, law=REGULATIONS)
def least_deduction_since_2024_05_01(
    offence: Any,
    missing: Any = None,
    next_quota: Any = None,
    deduction_least_share: Any = None,
) -> Any:
    """What is missing, or a share of next year's quota for fraud (核减配额下限), tCO2."""
    owed = where(chosen(offence, "not_surrendered"), missing, None)
    return where(chosen(offence, *FRAUD), next_quota * deduction_least_share, owed)


@penalties.quantity("tCO2", level="party", decimals=0, label=GREATEST_DEDUCTION, law=REGULATIONS)
def greatest_deduction_since_2024_05_01(
    offence: Any, missing: Any = None, next_quota: Any = None, deduction_greatest_share: Any = None
) -> Any:
    """What is missing, or a share of next year's quota for fraud (核减配额上限), tCO2."""
    owed = where(chosen(offence, "not_surrendered"), missing, None)
    return where(chosen(offence, *FRAUD), next_quota * deduction_greatest_share, owed)


@penalties.quantity("tCO2", level="party", decimals=0, label=LEAST_DEDUCTION, law=REGULATIONS, confidence="M-med")
def least_deduction_since_2026_08_15(
    offence: Any,
    next_quota: Any = None,
    deduction_least_share: Any = None,
) -> Any:
    """A share of next year's quota for fraud; none any more for unpaid allowances (核减配额下限), tCO2."""
    return where(chosen(offence, *FRAUD), next_quota * deduction_least_share, None)


@penalties.quantity("tCO2", level="party", decimals=0, label=GREATEST_DEDUCTION, law=REGULATIONS, confidence="M-med")
def greatest_deduction_since_2026_08_15(
    offence: Any,
    next_quota: Any = None,
    deduction_greatest_share: Any = None,
) -> Any:
    """A share of next year's quota for fraud; none any more for unpaid allowances (核减配额上限), tCO2."""
    return where(chosen(offence, *FRAUD), next_quota * deduction_greatest_share, None)


# Late payment: a share of what is unpaid for each day, never more than the fine.


@penalties.input(
    "CNY", level="party", decimals=2, label=Text("罚款数额", "Fine"), form=ARREARS, minimum="0", since=date(2021, 7, 15)
)
def fine() -> None:
    """The fine that was decided (罚款数额), CNY."""


@penalties.input(
    "CNY",
    level="delay",
    decimals=2,
    label=Text("尚未缴纳的罚款", "Fine still unpaid"),
    form=ARREARS,
    minimum="0",
    since=date(2021, 7, 15),
)
def unpaid() -> None:
    """What was unpaid during these days (尚未缴纳的罚款), CNY."""


@penalties.input(
    "1",
    level="delay",
    decimals=0,
    label=Text("逾期天数", "Days overdue"),
    form=ARREARS,
    minimum="0",
    since=date(2021, 7, 15),
)
def days_overdue() -> None:
    """Natural days after the last day to pay, without those of a reconsideration or a suit (逾期天数)."""


@penalties.quantity(
    "CNY",
    level="delay",
    decimals=2,
    label=Text("时段加处罚款", "Surcharge of these days"),
    law=PENALTY_LAW,
    confidence="INF",
    since=date(2021, 7, 15),
)
def surcharge_of_days(unpaid: Any, days_overdue: Any, daily_surcharge: Any) -> Any:
    """Unpaid × 3 % × days (加处罚款), CNY; that a paid part no longer counts is inferred."""
    return unpaid * daily_surcharge * days_overdue


@penalties.quantity(
    "CNY",
    level="party",
    decimals=2,
    label=Text("加处罚款", "Surcharge"),
    law=PENALTY_LAW,
    since=date(2021, 7, 15),
)
def surcharge(surcharge_of_days: Any, fine: Any) -> Any:
    """All days together, at most the fine itself (加处罚款不超出罚款数额), CNY."""
    return smallest(total(surcharge_of_days), fine)


penalties.seal()
