"""An enterprise records that it disclosed a year's emission, and withdraws a record that was wrong."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.dossier.files import keep_files

from .duties import duties
from .model import CHANNELS, RECORDED, WITHDRAWN, OwnDisclosure

LAW = "碳排放权交易管理暂行条例第十一条；企业环境信息依法披露管理办法第十九条"
PROOF = Text("披露内容存档", "Copy of what was disclosed")


def own_enterprises(actor: Actor) -> list[tuple[str, Text]]:
    """The enterprises for which a reader acts."""
    keys = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    rows = Organisation.objects.filter(pk__in=keys).prefetch_related("names")
    return [(organisation.code, organisation.name) for organisation in rows]


class OwnDisclosureInput(Input):
    """Where, at which address and on which day an enterprise disclosed a year."""

    organisation: Annotated[
        str, Field(min_length=1, max_length=40), Label("单位", "Organisation"), Choices(own_enterprises)
    ]
    year: Annotated[int, Field(ge=2013, le=2100), Label("数据年度", "Data year")]
    channel: Annotated[
        Literal["environment", "market", "website", "other"], Label("披露平台", "Where"), Choices(CHANNELS)
    ]
    address: Annotated[
        str,
        Field(min_length=1, max_length=500),
        Label("地址", "Address"),
        Help("公众可打开的页面，以 https:// 开头", "a page that everybody opens, beginning with https://"),
    ]
    disclosed_on: Annotated[date, Label("披露日期", "Disclosed on")]
    files: Annotated[list[str], Label("披露内容存档", "Copy of what was disclosed"), Attached()] = Field(
        default_factory=list
    )


class OwnWithdrawalInput(Input):
    reason: Annotated[Reason, Long()]


_NOT_OWED = Text(
    "已存证年度排放报告、当年纳入配额管理的年度",
    "a year whose report is deposited and in which the enterprise belongs to a market",
)
_DAY = Text("{first} 至 {last} 之间的日期", "a day from {first} to {last}")
_ADDRESS = Text("以 http:// 或 https:// 开头的完整地址", "a whole address that begins with http:// or https://")
_RECORDED = Text("该地址的披露已登记", "the disclosure at this address is recorded already")


def record(call: Call) -> OwnDisclosure:
    """What was disclosed, with a copy of it; another address or a corrected page is a further record."""
    data: OwnDisclosureInput = call.data
    organisation = organisation_by_code(data.organisation)
    if not any(duty.year == data.year for duty in duties([organisation])):
        raise refused("OWN-YEAR", "year", data.year, _NOT_OWED)
    first = date(data.year + 1, 1, 1)
    if not first <= data.disclosed_on <= call.today:
        expected = _DAY.format(first=first.isoformat(), last=call.today.isoformat())
        raise refused("OWN-DAY", "disclosed_on", data.disclosed_on.isoformat(), expected)
    address = data.address.strip()
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or "." not in parts.netloc:
        raise refused("OWN-ADDRESS", "address", address, _ADDRESS)
    if OwnDisclosure.objects.filter(
        organisation=organisation, year=data.year, address=address, state=RECORDED
    ).exists():
        raise Refused("OWN-TWICE", _RECORDED, 409)
    row: OwnDisclosure = OwnDisclosure.objects.create(
        organisation=organisation, year=data.year, channel=data.channel, address=address,
        disclosed_on=data.disclosed_on, state=RECORDED,
    )  # fmt: skip
    call.attach("disclosed_on", data.disclosed_on.isoformat())
    keep_files(call, row, data.files, row.reference, PROOF)
    return row


def withdraw(call: Call, row: OwnDisclosure) -> None:
    """The record was wrong; it stays and counts no longer."""
    row.withdrawal = call.data.reason


CaseType(
    "verification.own_disclosure",
    model=OwnDisclosure,
    title=Text("企业排放信息披露", "Disclosure by an enterprise"),
    law=LAW,
    states=(
        State(RECORDED, Text("已登记", "Recorded"), tone="ok"),
        State(WITHDRAWN, Text("已撤回", "Withdrawn"), end=True),
    ),
    opening=Opening(
        "verification.record_own_disclosure",
        Text("登记已披露", "Record a disclosure"),
        by=PLANT,
        do=record,
        place=lambda data: organisation_by_code(data.organisation).place,
        input=OwnDisclosureInput,
    ),
    moves=(
        Move(
            "verification.withdraw_own_disclosure", Text("撤回登记", "Withdraw the record"), leaves=(RECORDED,),
            enters=WITHDRAWN, by={"enterprise_approver"}, input=OwnWithdrawalInput, do=withdraw, forward=False,
        ),
    ),
)  # fmt: skip
