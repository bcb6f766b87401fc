"""Typed input of this room's actions, each field with its name in both languages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field, SecretStr

from tanzhi.actions.registry import Input, Label

Code = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z_.-]+$"), Label("代码", "Code")]
Zh = Annotated[str, Field(min_length=1, max_length=200), Label("中文名称", "Chinese name")]
En = Annotated[str, Field(min_length=1, max_length=200), Label("英文名称", "English name")]
RegionCode = Annotated[str, Field(min_length=1, max_length=12), Label("地区代码", "Region code")]
Since = Annotated[date, Label("起始日期", "Since")]
Basis = Annotated[str, Field(max_length=300), Label("依据", "Basis")]
CreditCode = Annotated[str | None, Label("统一社会信用代码", "Unified social credit code")]
Password = Annotated[SecretStr, Label("密码", "Password")]
Secret = Annotated[SecretStr, Label("链接中的口令", "Secret of the link")]


class NewRegion(Input):
    code: RegionCode
    zh: Zh
    en: En
    kind: Annotated[str, Label("类别", "Kind")] = "city"
    parent: Annotated[str, Label("上级地区", "Region above")] = ""
    row: Annotated[int | None, Label("行", "Row")] = None
    column: Annotated[int | None, Label("列", "Column")] = None
    counted: Annotated[bool, Label("计入合计", "Counted in totals")] = True
    since: Since


class NewOrganisation(Input):
    code: Code
    zh: Zh
    en: En
    kind: Annotated[str, Label("类别", "Kind")]
    region: RegionCode
    sector: Annotated[str, Field(max_length=40), Label("行业", "Sector")] = ""
    credit_code: CreditCode = None
    since: Since


class NewName(Input):
    zh: Zh
    en: En
    since: Since
    basis: Basis = ""


class Listing(Input):
    sector: Annotated[str, Field(min_length=1, max_length=40), Label("行业", "Sector")]
    since: Since
    basis: Annotated[str, Field(min_length=1, max_length=300), Label("依据", "Basis")]


class Delisting(Input):
    sector: Annotated[str, Field(min_length=1, max_length=40), Label("行业", "Sector")]
    until: Annotated[date, Label("移出日期", "Until")]
    basis: Annotated[str, Field(min_length=1, max_length=300), Label("依据", "Basis")]


class Merger(Input):
    into: Code
    on: Annotated[date, Label("日期", "Date")]
    basis: Basis = ""


class Part(Input):
    code: Code
    zh: Zh
    en: En
    credit_code: CreditCode = None
    facilities: Annotated[list[str], Label("设施代码", "Facility codes")]


class Division(Input):
    parts: Annotated[list[Part], Field(min_length=1), Label("分立单位", "Parts")]
    on: Annotated[date, Label("日期", "Date")]
    basis: Basis = ""


class Closure(Input):
    on: Annotated[date, Label("日期", "Date")]
    basis: Annotated[str, Field(min_length=1, max_length=300), Label("依据", "Basis")]


class NewFacility(Input):
    code: Code
    zh: Zh
    en: En
    region: RegionCode
    since: Since


class NewUnit(Input):
    number: Annotated[str, Field(min_length=1, max_length=40), Label("编号", "Number")]
    attributes: Annotated[dict[str, Any], Label("登记事项", "Attributes")] = Field(default_factory=dict)
    since: Since


class UnitChange(Input):
    attributes: Annotated[dict[str, Any], Field(min_length=1), Label("登记事项", "Attributes")]
    since: Since
    basis: Basis = ""


class UnitEnd(Input):
    until: Annotated[date, Label("停用日期", "Until")]
    basis: Basis = ""


class NewAssignment(Input):
    holder: Code
    since: Since
    until: Annotated[date | None, Label("截止日期", "Until")] = None
    basis: Basis = ""


class NewPerson(Input):
    sign_in_name: Annotated[
        str, Field(min_length=3, max_length=100, pattern=r"^[\w.@+-]+$"), Label("登录名", "Sign-in name")
    ]
    name: Annotated[str, Field(min_length=1, max_length=100), Label("姓名", "Name")]
    email: Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+$"), Label("邮箱", "E-mail")] = ""
    language: Annotated[str, Field(pattern="^(zh-hans|en)$"), Label("语言", "Language")] = "zh-hans"


class NewGrant(Input):
    role: Annotated[str, Label("角色", "Role")]
    organisation: Annotated[str, Label("单位代码", "Organisation code")] = ""
    since: Since
    until: Annotated[date | None, Label("截止日期", "Until")] = None


class GrantEnd(Input):
    until: Annotated[date, Label("截止日期", "Until")]


class SecretAndPassword(Input):
    secret: Secret
    password: Password


class PasswordChange(Input):
    present: Annotated[SecretStr, Label("现密码", "Present password")]
    password: Password


class OneTimeCode(Input):
    code: Annotated[SecretStr, Label("动态码", "One-time code")]


class Preference(Input):
    language: Annotated[str, Field(pattern="^(zh-hans|en)$"), Label("语言", "Language")]


class Reason(Input):
    reason: Annotated[str, Field(min_length=1, max_length=300), Label("理由", "Reason")]
