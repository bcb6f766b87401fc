"""Entries of the rooms that stood before the streams; a stream registers its own from `apps.ready`."""

from __future__ import annotations

from tanzhi.actions.roles import ADMINISTRATORS, HEAD, PLANT
from tanzhi.law.models import LAW_READERS
from tanzhi.organisations.people.roles import ROLES
from tanzhi.presentation.navigation import AUTHORITY, register
from tanzhi.rulebook.kernel.text import Text

SIGNED_IN = frozenset(ROLES) - {"public"}
READY_READERS = ADMINISTRATORS | {"provincial_officer", "provincial_director"}
READERS = PLANT | AUTHORITY | {"administrator"}


def register_all() -> None:
    """Called when the program starts."""
    register("top", Text("待办事项", "Task list"), "web:home", 10, SIGNED_IN)
    register("top", Text("发布稿", "Bulletin"), "bulletin:latest", 20)
    register("data", Text("月度数据", "Monthly data"), "filings:list", 10, PLANT)
    register("data", Text("数据质量控制方案", "Quality control plan"), "filings:plans", 20, PLANT | AUTHORITY)
    register("data", Text("自有台账", "Own ledgers"), "filings:mappings", 15, PLANT)
    register(
        "data",
        Text("检测报告", "Laboratory reports"),
        "filings:laboratory_reports",
        17,
        PLANT | AUTHORITY | {"verifier"},
    )
    register("data", Text("存证情况", "Deposits"), "filings:matrix", 30, AUTHORITY | {"administrator"})
    register("ground", Text("规则库", "Rulebook"), "web:rules", 10)
    register("ground", Text("尚缺参数", "Missing parameters"), "law:lacking", 15, AUTHORITY | {"administrator"})
    register("ground", Text("此前规则的结果", "Results of earlier rules"), "law:earlier", 16, LAW_READERS)
    register("ground", Text("存证", "Evidence"), "evidence:log", 20)
    register("ground", Text("地区", "Regions"), "organisations:regions", 29, AUTHORITY | {"administrator"})
    register("ground", Text("单位", "Organisations"), "organisations:list", 30, READERS)
    register("ground", Text("人员", "People"), "organisations:people", 40, set(ADMINISTRATORS))
    register("top", Text("准备情况", "Readiness"), "web:readiness", 11, READY_READERS)
    register("platform", Text("程序账户", "Service accounts"), "web:services", 70, READERS | {HEAD})
    register("platform", Text("任务进度", "Jobs"), "web:jobs", 80, SIGNED_IN)
    register("platform", Text("办理记录", "Activity record"), "web:audit", 90, SIGNED_IN)
    register("platform", Text("关于", "About"), "web:about", 99)
