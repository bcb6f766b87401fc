"""The example's people: for every role somebody who can sign in."""

from __future__ import annotations

from tanzhi.examples.facts import SINCE
from tanzhi.examples.people import PASSWORD, SignIn, employ
from tanzhi.organisations.people.roles import ROLES

__all__ = ["HEADS", "PASSWORD", "PEOPLE", "SINCE", "SignIn", "employ", "sign_ins"]

PEOPLE = (
    ("admin", "系统管理员（示例）", "administrator", ""),
    ("security", "安全管理员（示例）", "security_administrator", ""),
    ("security2", "安全管理员二（示例）", "security_administrator", ""),
    ("officer", "省厅经办（示例）", "provincial_officer", "DEE"),
    ("director", "省厅处长（示例）", "provincial_director", "DEE"),
    ("city", "平凉市局（示例）", "city_officer", "B620800"),
    ("verifier", "核查员（示例）", "verifier", "V1"),
    ("bank", "银行经理（示例）", "bank", "K1"),
    ("owner", "项目业主（示例）", "project_owner", "O1"),
    ("auditor", "审计员（示例）", "auditor", "DEE"),
)
# Heads look after the people of their organisations; they come in once those stand.
HEADS = (
    ("p02.leader", "P02 单位负责人（示例）", "organisation_head", "P02"),
    ("verifier.leader", "核查机构负责人（示例）", "organisation_head", "V1"),
)


def sign_ins() -> list[SignIn]:
    """One for every role, with the plant's two people first."""
    named = [SignIn(ROLES[role].label, name) for name, _, role, _ in (HEADS[0], *PEOPLE)]
    plant = [
        SignIn(ROLES["enterprise_filer"].label, "p02.clerk"),
        SignIn(ROLES["enterprise_approver"].label, "p02.head"),
    ]
    return plant + named
