"""Who must be audited (强制性清洁生产审核), by the law of the day, and what refusing it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tanzhi.rulebook.kernel import Text

CODE_IN_FORCE = date(2026, 8, 15)
"""The Ecological Environment Code (生态环境法典); it repealed the Cleaner Production Promotion Law (art. 1242)."""
ORDER_38 = "清洁生产审核办法（国家发展改革委、原环境保护部令第38号）"


@dataclass(frozen=True, slots=True)
class AuditGround:
    """A ground on which an enterprise must be audited, with its law and the days on which it is one."""

    code: str
    label: Text
    law: str
    since: date
    until: date | None = None  # the first day on which it is one no more
    repeats: bool = False  # whether an audit has to be repeated

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


_BEGAN = date(2016, 7, 1)
_OVER = Text("超标或超总量排放", "over the discharge standard or the total-amount control index")
_TOXIC = Text("使用或排放有毒有害物质", "uses toxic raw materials or discharges toxic substances")
_ENERGY = Text("超单位产品能耗限额", "over the energy limit of a product")
_OTHER = Text("国家规定的其他情形", "another case set by the State")
CRITERIA = (
    AuditGround("over_standard", _OVER, ORDER_38, _BEGAN, CODE_IN_FORCE),
    AuditGround("high_energy", _ENERGY, ORDER_38, _BEGAN, CODE_IN_FORCE),
    AuditGround("toxic", _TOXIC, ORDER_38, _BEGAN, CODE_IN_FORCE, repeats=True),
    AuditGround("over_standard", _OVER, "生态环境法典第九百六十七条第（一）项", CODE_IN_FORCE),
    AuditGround("toxic", _TOXIC, "生态环境法典第九百六十七条第（二）项", CODE_IN_FORCE, repeats=True),
    AuditGround("other_by_state", _OTHER, "生态环境法典第九百六十七条第（三）项", CODE_IN_FORCE),
)
GROUNDS = {criterion.code: criterion.label for criterion in CRITERIA}
"""Every ground that ever was one, in words."""


def criteria_on(day: date) -> dict[str, AuditGround]:
    """The grounds of the law in force on a day, by their codes (强制性审核情形)."""
    return {criterion.code: criterion for criterion in CRITERIA if criterion.holds_on(day)}


def must_be_repeated(grounds: list[str], day: date) -> bool:
    """Whether an audit on these grounds is to be repeated after some years (是否须定期再次审核)."""
    by_code = criteria_on(day)
    return any(by_code[code].repeats for code in grounds if code in by_code)


_PENALTY = Text(
    "不实施、弄虚作假或不如实报告审核结果的，责令限期改正；拒不改正的，处五万元以上五十万元以下罚款（生态环境法典第一千二百二十一条）",
    "Not auditing, cheating or reporting falsely: ordered to correct in time; on refusal a fine of 50,000 to 500,000 "
    "yuan (Ecological Environment Code, art. 1221)",
)
# [M-med]: amounts as in a second-hand reading of the law, which was not read in an official copy.
_PENALTY_BEFORE = Text(
    "不实施、弄虚作假或不如实报告审核结果的，责令限期改正；拒不改正的，处五万元以上五十万元以下罚款（清洁生产促进法第三十九条）",
    "Not auditing, cheating or reporting falsely: ordered to correct in time; on refusal a fine of 50,000 to 500,000 "
    "yuan (Cleaner Production Promotion Law, art. 39)",
)


def penalty_on(day: date) -> Text:
    """What not auditing or cheating brings, in words, by the law of the day (法律责任)."""
    return _PENALTY if day >= CODE_IN_FORCE else _PENALTY_BEFORE
