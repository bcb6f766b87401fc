"""Input models of bindings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

from tanzhi.actions.registry import Input, Label
from tanzhi.actions.roles import DUTIES
from tanzhi.organisations.people.choices import ROLES_TO_GRANT, employers
from tanzhi.presentation.forms.fields import Choices, Help

ROLES_TO_MAP = {code: label for code, label in ROLES_TO_GRANT.items() if code not in DUTIES}
Identity = Annotated[
    str,
    Field(min_length=1, max_length=255),
    Label("统一身份标识", "Identity at the provider"),
    Help(
        "认证平台中该人员的标识（sub），登录被拒时页面会显示",
        "the person's identifier (sub) at the provider; the page shows it when a sign-in is refused",
    ),
]


class NewBinding(Input):
    identity: Identity


class NewRoleMapping(Input):
    claim: Annotated[
        str,
        Field(min_length=1, max_length=200),
        Label("统一身份角色", "Role at the provider"),
        Help("认证平台角色声明中的原文", "letter by letter as the provider's claim has it"),
    ]
    role: Annotated[str, Label("角色", "Role"), Choices(ROLES_TO_MAP)]
    organisation: Annotated[str, Label("单位代码", "Organisation code"), Choices(employers)] = ""


class StatementProof(Input):
    proof: Annotated[SecretStr, Label("认证凭据", "Proof of the provider's statement")]
