"""Input models of bindings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

from tanzhi.actions.registry import Input, Label
from tanzhi.presentation.forms.fields import Help

Identity = Annotated[
    str,
    Field(min_length=1, max_length=255),
    Label("统一身份标识", "Identity at the provider"),
    Help(
        "认证平台中该人员的 sub，登录被拒时页面会显示",
        "the person's `sub` at the provider; the page of a refused sign-in shows it",
    ),
]


class NewBinding(Input):
    identity: Identity


class StatementProof(Input):
    proof: Annotated[SecretStr, Label("认证凭据", "Proof of the provider's statement")]
