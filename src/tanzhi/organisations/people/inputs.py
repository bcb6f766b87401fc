"""Input models of people, their rights and their ways in."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, SecretStr

from tanzhi.actions.registry import Input, Label
from tanzhi.organisations.register.inputs import Basis, KnownCode, Since
from tanzhi.presentation.forms.fields import Choices

from .choices import LANGUAGES, ROLES_TO_GRANT, employers

Password = Annotated[SecretStr, Label("密码", "Password")]
Secret = Annotated[SecretStr, Label("链接中的口令", "Secret of the link")]

FreeName = Annotated[str, Field(min_length=3, max_length=100, pattern=r"^[\w.@+-]+$"), Label("登录名", "Sign-in name")]
KnownName = Annotated[str, Field(min_length=1, max_length=100), Label("登录名", "Sign-in name")]
PersonName = Annotated[str, Field(min_length=1, max_length=100), Label("姓名", "Name")]
Mail = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$"), Label("邮箱", "E-mail")]


class NewAssignment(Input):
    holder: KnownCode
    since: Since
    until: Annotated[date | None, Label("截止日期", "Until")] = None
    basis: Basis = ""


class NewPerson(Input):
    sign_in_name: FreeName
    name: PersonName
    email: Mail = ""
    language: Annotated[str, Field(pattern="^(zh-hans|en)$"), Label("语言", "Language"), Choices(LANGUAGES)] = "zh-hans"


class NewGrant(Input):
    role: Annotated[str, Label("角色", "Role"), Choices(ROLES_TO_GRANT)]
    organisation: Annotated[str, Label("单位代码", "Organisation code"), Choices(employers)] = ""
    since: Since
    until: Annotated[date | None, Label("截止日期", "Until")] = None


class GrantEnd(Input):
    until: Annotated[date, Label("截止日期", "Until")]


class SecretAndPassword(Input):
    secret: Secret
    password: Password


class NewPassword(Input):
    password: Password


class NewMail(Input):
    email: Mail


class SignInName(Input):
    sign_in_name: KnownName


class FirstAdministrators(Input):
    """The two named people with whom an installation begins."""

    name: PersonName
    sign_in_name: FreeName
    email: Mail = ""
    second_name: PersonName
    second_sign_in_name: FreeName
    second_email: Mail = ""


class OneTimeCode(Input):
    code: Annotated[SecretStr, Label("动态码", "One-time code")]


class Preference(Input):
    language: Annotated[str, Field(pattern="^(zh-hans|en)$"), Label("语言", "Language"), Choices(LANGUAGES)]


class OrganisationReasonInput(Input):
    reason: Annotated[str, Field(min_length=1, max_length=300), Label("理由", "Reason")]
