"""Roles and how far each reaches; a role without a reach cannot be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tanzhi.rulebook.kernel.text import Text

Reach = Literal["own", "region", "assigned", "consented", "published", "platform", "people", "self"]

REACHES: dict[str, Text] = {
    "own": Text("本单位", "own organisation"),
    "region": Text("本辖区", "own region"),
    "assigned": Text("受托事项", "what it was assigned"),
    "consented": Text("经同意的单位", "organisations that agreed"),
    "published": Text("已公开", "what is published"),
    "platform": Text("全平台", "whole platform"),
    "people": Text("全部人员", "all people"),
    "self": Text("本人", "oneself"),
}


@dataclass(frozen=True, slots=True)
class Role:
    """A role: its code, its name in both languages, how far it reaches."""

    code: str
    label: Text
    reach: Reach


# What of an organisation an assignment opens, and by what more than the assignment: nothing, the year of a report
# that the holder's body verifies, or the body that the record itself names. What stands in no room stays closed.
REGISTER, REPORTS, VERIFICATION, CREDITS = "register", "reports", "verification", "credits"
BY_ASSIGNMENT, BY_YEAR, BY_BODY = "assignment", "year", "body"
ROOMS: dict[str, dict[str, str]] = {
    "verifier": {REGISTER: BY_ASSIGNMENT, REPORTS: BY_YEAR, VERIFICATION: BY_BODY, CREDITS: BY_ASSIGNMENT},
    "bank": {},  # its own links, and the projects they lead to
    "service": {REGISTER: BY_ASSIGNMENT, REPORTS: BY_ASSIGNMENT},
}

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role("enterprise_filer", Text("企业填报人", "Enterprise filer"), "own"),
        Role("enterprise_approver", Text("企业审批人", "Enterprise approver"), "own"),
        Role("organisation_head", Text("单位负责人", "Head of an organisation"), "own"),
        Role("city_officer", Text("市级经办", "City officer"), "region"),
        Role("provincial_officer", Text("省级经办", "Provincial officer"), "region"),
        Role("provincial_director", Text("省级负责人", "Provincial director"), "region"),
        Role("verifier", Text("核查员", "Verifier"), "assigned"),
        Role("expert", Text("评审专家", "Expert"), "own"),
        Role("project_owner", Text("项目业主", "Project owner"), "own"),
        Role("bank", Text("金融机构", "Bank"), "assigned"),
        Role("auditor", Text("审计人员", "Auditor"), "region"),
        Role("administrator", Text("系统管理员", "System administrator"), "platform"),
        Role("security_administrator", Text("安全管理员", "Security administrator"), "people"),
        Role("public", Text("社会公众", "Public"), "published"),
    )
}

# The three duties apart (三员分立): the platform's data, people and their rights, the eye on both. Nobody holds two.
DUTIES = frozenset({"administrator", "security_administrator", "auditor"})
ADMINISTRATORS = frozenset({"administrator", "security_administrator"})
PLANT = frozenset({"enterprise_filer", "enterprise_approver"})  # whoever acts for an enterprise
HEAD = "organisation_head"
# What an organisation of a kind has people for, and its head gives; officials' roles are given by two administrators.
ROLES_OF_KIND: dict[str, tuple[str, ...]] = {
    "enterprise": ("enterprise_filer", "enterprise_approver", "project_owner"),
    "project_owner": ("project_owner",),
    "verifier": ("verifier",),
    "bank": ("bank",),
    "institute": ("expert",),
}
TIME_CODE_ROLES = ADMINISTRATORS | {"provincial_director"}  # sign in with a time code, or not at all

# Everybody who can sign in may do this with what is his own: his password, his language.
PERSON = Role("person", Text("本人", "The person concerned"), "self")
# A program in its own name, for organisations that agreed: granted to nobody. It prepares and checks, and that is all.
SERVICE = Role("service", Text("程序账户", "Service account"), "consented")
KNOWN_ROLES: dict[str, Role] = {**ROLES, PERSON.code: PERSON, SERVICE.code: SERVICE}
