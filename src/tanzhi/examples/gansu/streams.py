"""The streams of the example province, in the order in which they build on each other: one step each."""

from __future__ import annotations

from collections.abc import Callable

from tanzhi.rulebook.kernel import Text

from . import (
    bulletin,
    ccer,
    cleaner,
    cross_checks,
    disclosure,
    energy,
    finance,
    industries,
    industry_verification,
    intensity,
    inventory,
    market,
    penalties,
    plans,
    policy,
    supervision,
    verification,
)

STREAMS: tuple[tuple[Text, Callable[[], None]], ...] = (
    (Text("其他行业年度报告", "annual reports of other industries"), industries.load),
    (Text("数据质量控制方案", "quality control plans"), plans.load),
    (Text("核查", "verification"), verification.load),
    (Text("能源账表与统计", "energy beside its statistics"), energy.load),
    (Text("交叉核对", "cross-checks"), cross_checks.load),
    (Text("其他行业核查", "verification of other industries"), industry_verification.load),
    (Text("核查机构监管", "supervision of verification bodies"), supervision.load),
    (Text("碳强度", "carbon intensity"), intensity.load),
    (Text("温室气体清单", "greenhouse gas inventories"), inventory.load),
    (Text("碳市场", "carbon market"), market.load),
    (Text("企业排放信息披露", "disclosures by enterprises"), disclosure.disclosed_by_plants),
    (Text("处罚案件", "penalty cases"), penalties.load),
    (Text("政策与活动", "policy and activities"), policy.load),
    (Text("清洁生产", "cleaner production"), cleaner.load),
    (Text("CCER 项目", "CCER projects"), ccer.load),
    (Text("气候投融资", "climate finance"), finance.load),
    (Text("发布稿", "bulletin"), bulletin.load),
)
