"""What an applicant states, and what whoever decides adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.roles import HEAD, ROLES, ROLES_OF_KIND
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.choices import LANGUAGES, employers
from tanzhi.organisations.people.inputs import FreeName, Mail, PersonName
from tanzhi.organisations.register.choices import regions
from tanzhi.organisations.register.model import KeyUnitStatus, Organisation, names_of
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Hidden, Long
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

APPLIED_FOR = {
    code: ROLES[code].label
    for code in dict.fromkeys([*(code for codes in ROLES_OF_KIND.values() for code in codes), HEAD])
}
"""Roles for which one may apply; officials are invited by their administrators."""


def public_list(_actor: Actor) -> list[tuple[str, Text]]:
    """Organisations that the public knows: those on the list of key emission units of today."""
    listed = KeyUnitStatus.objects.filter(in_force(clock.today())).values("organisation_id")
    rows = list(Organisation.objects.filter(pk__in=listed, state="active"))
    names = names_of(rows, clock.today())
    return [(row.code, names.get(row.pk, same(row.code))) for row in rows]


class PaperInput(Input):
    """A paper as it came in: its name, and its content as base64."""

    name: Annotated[str, Field(min_length=1, max_length=100), Label("文件名", "File name")]
    content: Annotated[str, Field(min_length=1), Label("内容", "Content")]


class AccountApplicationInput(Input):
    organisation: Annotated[
        str,
        Field(max_length=40),
        Label("单位", "Organisation"),
        Choices(public_list),
        Help(
            "重点排放单位名录内的单位；不在其中的，填下面三项",
            "on the list of key emission units; if yours is not, fill in the next three",
        ),
    ] = ""
    organisation_name: Annotated[str, Field(max_length=200), Label("单位名称", "Name of the organisation")] = ""
    credit_code: Annotated[
        str,
        Field(max_length=18),
        Label("统一社会信用代码", "Unified social credit code"),
        Help("18 位，末位为校验码（GB 32100-2015）", "18 characters, the last one checks the others (GB 32100-2015)"),
    ] = ""
    region: Annotated[str, Field(max_length=12), Label("地区", "Region"), Choices(regions)] = ""
    name: PersonName
    role: Annotated[str, Label("角色", "Role"), Choices(APPLIED_FOR)]
    email: Annotated[
        Mail, Field(min_length=6), Help("答复和登录链接发到此邮箱", "the answer and the link to sign in go there")
    ]
    phone: Annotated[
        str,
        Field(max_length=30, pattern=r"^[0-9+() -]{7,30}$"),
        Label("电话", "Phone"),
        Help("核实身份时联系", "called to confirm who you are"),
    ]
    remark: Annotated[str, Field(max_length=1000), Label("说明", "Remark"), Long()] = ""
    papers: Annotated[
        list[PaperInput],
        Field(min_length=1),
        Label("身份与授权证明", "Proof of identity and authority"),
        Attached(".pdf,.jpg,.jpeg,.png"),
        Help(
            "单位授权书和身份证明，PDF、JPG 或 PNG", "a letter of authority and proof of identity, as PDF, JPG or PNG"
        ),
    ]
    language: Annotated[str, Field(pattern="^(zh-hans|en)$"), Label("语言", "Language"), Choices(LANGUAGES)] = "zh-hans"
    # By chance, so that nobody can try from the digest in the log what was typed; the form gives it.
    nonce: Annotated[str, Field(max_length=64), Label("随机数", "Nonce"), Hidden()] = ""


class AcceptanceInput(Input):
    sign_in_name: FreeName
    organisation: Annotated[
        str,
        Field(max_length=40),
        Label("单位代码", "Organisation code"),
        Choices(employers),
        Help("申请中的单位尚未登记的，先登记单位", "an organisation that is not on the register is registered first"),
    ] = ""


class OwnAcceptanceInput(Input):
    sign_in_name: FreeName


class RefusalInput(Input):
    reason: Annotated[
        str,
        Field(min_length=2, max_length=300),
        Label("理由", "Reason"),
        Help("随答复发给申请人", "the applicant reads it in the answer"),
    ]


class ErasureInput(Input):
    reason: Annotated[str, Field(min_length=2, max_length=300), Label("依据与理由", "Law and reason")]
