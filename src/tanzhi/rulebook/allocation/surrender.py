"""Surrender of an emitter for a cycle (清缴): CCER within their limit, allowances for the rest, carry-over."""

from tanzhi.rulebook.checks.repeated import day_number
from tanzhi.rulebook.kernel import Guideline, Text, all_of, chosen, given, known, largest, smallest, where
from tanzhi.rulebook.kernel.rounding import FLOOR

MEASURES = "碳排放权交易管理办法（试行）, 第二十九条"
PLAN_2023 = "国环规气候〔2024〕1号"
FORM, CARRY_OVER = "surrender", "carry_over"

surrender = Guideline("surrender", title=Text("清缴", "Surrender"), levels={"enterprise": "enterprises"}, by_day=True)


@surrender.input(
    "tCO2", level="enterprise", decimals=0, label=Text("应清缴配额量", "Obligation"), form=FORM, minimum="0"
)
def obligation():
    """What is owed for the cycle (应清缴配额量), tCO2."""


@surrender.input(
    "tCO2", level="enterprise", decimals=0, label=Text("可用于清缴的配额", "Allowances held"), form=FORM, minimum="0"
)
def allowances_held():
    """Allowances that may be surrendered for the cycle (可用于清缴的配额量), tCO2."""


@surrender.input(
    "tCO2", level="enterprise", decimals=0, label=Text("持有的核证自愿减排量", "CCER held"), form=FORM, minimum="0"
)
def credits_held():
    """CCER that are at hand for offsetting (持有的CCER), tCO2; blank is none."""


@surrender.quantity(
    "tCO2", level="enterprise", decimals=0, rounding=FLOOR, label=Text("抵销上限", "Limit for CCER"), law=MEASURES
)
def offset_limit(obligation, offset_share):
    """At most 5 % of the obligation (抵销上限), tCO2, floor [INF]."""
    return obligation * offset_share


@surrender.quantity("tCO2", level="enterprise", decimals=0, label=Text("可抵销量", "CCER to use"), law=MEASURES)
def credits_to_use(offset_limit, credits_held=None):
    """CCER at hand, within the limit (可抵销量), tCO2."""
    return smallest(offset_limit, given(credits_held, 0))


@surrender.quantity(
    "tCO2", level="enterprise", decimals=0, label=Text("需以配额清缴", "Allowances to surrender"), law=MEASURES
)
def allowances_due(obligation, credits_to_use):
    """Obligation less CCER (需以配额清缴量), tCO2."""
    return obligation - credits_to_use


@surrender.quantity("tCO2", level="enterprise", decimals=0, label=Text("尚缺配额", "Allowances missing"), law=MEASURES)
def shortfall(allowances_due, allowances_held=None):
    """What must still be bought (尚缺配额量), tCO2; nil where holdings suffice."""
    return largest(allowances_due - given(allowances_held, 0), 0)


# Whatever the plan makes a carry-over depend on is asked for: a blank is no nil, and without it there is no number.


def _carried(name: str, label: Text, meaning: str) -> None:
    """An amount that the registry states of an emitter for its carry-over."""

    def amount() -> None: ...

    amount.__name__, amount.__doc__ = name, meaning
    surrender.input(
        "tCO2", level="enterprise", decimals=0, label=label, form=CARRY_OVER, since=2024, minimum="0", required=True
    )(amount)


_carried("sold", Text("卖出量", "Sold"), "Allowances of 2019 to 2024 sold in 2024 and 2025 (卖出量), tCO2.")
_carried("bought", Text("买入量", "Bought"), "Allowances of 2019 to 2024 bought in 2024 and 2025 (买入量), tCO2.")
_carried(
    "old_holdings",
    Text("期末持有量", "Held at the end"),
    "Holdings of vintages 2019 to 2024 at the end of 2025 (2019—2024年度配额持有量), tCO2.",
)
_carried(
    "pending_requests",
    Text("已提交未审核的业务申请量", "Requests pending"),
    "Of these in requests to surrender or cancel that are not decided yet (已提交未审核的业务申请量), tCO2.",
)


@surrender.choice(
    level="enterprise",
    label=Text("2023、2024年度是否均按期足额清缴", "Whether both cycles were met in time"),
    form=CARRY_OVER,
    since=2024,
    required=True,
    law=PLAN_2023,
    options={"both": Text("均按期足额", "both in time"), "not_both": Text("未均按期足额", "not both in time")},
)
def cycles_met():
    """Whether 2023 was met by the end of 2024 and 2024 by the end of 2025 (2023、2024年度均按期足额清缴)."""


@surrender.choice(
    level="enterprise",
    label=Text("结转申请提交时间", "When it was applied for"),
    form=CARRY_OVER,
    since=2024,
    required=True,
    law=PLAN_2023,
    options={
        "in_window": Text("申请期内", "within the period for requests"),
        "released": Text("司法冻结，解冻后补交", "frozen by a court, handed in after the release"),
        "late": Text("逾期提交", "later"),
    },
)
def request_time():
    """When the carry-over was applied for (结转申请提交时间)."""


@surrender.date(
    level="enterprise",
    label=Text("结转申请提交日", "Day of the request"),
    form=CARRY_OVER,
    since=2024,
    required=True,
    law=PLAN_2023,
)
def requested_on():
    """The day on which the carry-over was applied for (结转申请提交日)."""


@surrender.check(
    "SUR-1",
    severity="error",
    level="enterprise",
    since=2024,
    fields=("requested_on",),
    message=Text(
        "提交日（{found}）已过申请期，却填为申请期内", "Requested on {found}, after the period, and stated within it"
    ),
    expected=Text("申请期内提交的，不晚于 {carry_over_last_day}", "within the period: not after {carry_over_last_day}"),
    law=PLAN_2023,
)
def requested_within_the_period(requested_on, request_time, carry_over_last_day):
    return all_of(chosen(request_time, "in_window"), day_number(requested_on) > carry_over_last_day)


@surrender.check(
    "SUR-2",
    severity="error",
    level="enterprise",
    since=2024,
    fields=("requested_on",),
    message=Text("提交日（{found}）在申请期内，却填为逾期", "Requested on {found}, within the period, and stated late"),
    expected=Text("逾期提交的，晚于 {carry_over_last_day}", "late: after {carry_over_last_day}"),
    law=PLAN_2023,
)
def requested_after_the_period(requested_on, request_time, carry_over_last_day):
    return all_of(chosen(request_time, "late"), day_number(requested_on) <= carry_over_last_day)


@surrender.quantity(
    "tCO2", level="enterprise", decimals=0, since=2024, label=Text("净卖出量", "Net sold"), law=PLAN_2023
)
def net_sold(sold, bought):
    """Sold less bought, not below nil (净卖出量), tCO2."""
    return largest(sold - bought, 0)


@surrender.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    rounding=FLOOR,
    since=2024,
    label=Text("最大可结转量", "Limit for carry-over"),
    law=PLAN_2023,
)
def carry_over_limit(net_sold, carry_over_base, carry_over_multiple):
    """10 000 + 1.5 × net sold (最大可结转量), tCO2, floor."""
    return carry_over_base + carry_over_multiple * net_sold


@surrender.quantity(
    "tCO2",
    level="enterprise",
    decimals=0,
    since=2024,
    label=Text("计入的期末持有量", "Holdings that count"),
    law=PLAN_2023,
)
def holdings_counted(old_holdings, pending_requests):
    """Holdings less what is in undecided requests, not below nil (计入的期末持有量), tCO2."""
    return largest(old_holdings - pending_requests, 0)


@surrender.quantity(
    "tCO2", level="enterprise", decimals=0, since=2024, label=Text("可结转量", "Carry-over"), law=PLAN_2023
)
def carry_over(carry_over_limit, holdings_counted, cycles_met, request_time, requested_on):
    """What may be carried over to 2025 (可结转量), tCO2: holdings within the limit; nil for who may not apply."""
    in_time = all_of(chosen(request_time, "in_window", "released"), known(requested_on))
    may_apply = all_of(chosen(cycles_met, "both"), in_time)
    return where(may_apply, smallest(carry_over_limit, holdings_counted), 0)


surrender.seal()
