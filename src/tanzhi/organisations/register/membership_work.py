"""The only writer of memberships: a year's list, decided by two, whole or enterprise by enterprise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.registry import Call, Input, Label, Place, Refused, action
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text

from .choices import organisations, regions
from .membership import (
    LEFT,
    MARKET_LABELS,
    MEMBER,
    REASON_LABELS,
    REASONS,
    STANDINGS,
    memberships,
    on_the_list,
    reason_label,
)
from .model import Membership, Organisation
from .queries import misfit, organisation_by_code, region_by_code

if TYPE_CHECKING:
    from .model import Region

LAW = "碳排放权交易管理办法（试行）第八至十二条"


class MembershipRow(Input):
    """One enterprise of a decision."""

    organisation: Annotated[
        str, Field(min_length=1, max_length=40), Label("单位", "Organisation"), Choices(organisations)
    ]
    standing: Annotated[str, Label("状态", "Standing"), Choices(STANDINGS)] = MEMBER
    reason: Annotated[str, Field(max_length=40), Label("原因", "Reason"), Choices(REASON_LABELS)] = ""


class MembershipInput(Input):
    """A year's list of a market, or a change in it."""

    region: Annotated[str, Field(min_length=1, max_length=12), Label("地区", "Region"), Choices(regions)]
    market: Annotated[str, Label("市场", "Market"), Choices(MARKET_LABELS)]
    year: Annotated[int, Field(ge=2019, le=2100), Label("年度", "Year")]
    document: Annotated[str, Field(min_length=4, max_length=300), Label("决定文件", "Decision")]
    source: Annotated[str, Field(min_length=4, max_length=300), Label("出处", "Where it can be read")]
    decided_on: Annotated[date, Label("决定日期", "Decided on")]
    whole_list: Annotated[
        bool,
        Label("采用当年名录", "Take over the year's list"),
        Help(
            "当年在重点排放单位名录内而下面未列出的单位，均纳入",
            "whoever stood on the list of key emission units in the year and is not named below is a member",
        ),
    ] = False
    rows: Annotated[list[MembershipRow], Label("单位", "Enterprises")] = Field(default_factory=list)


_ONCE = Text("每家单位一行", "one row an enterprise")
_WITHIN = Text("本地区内的单位", "an enterprise of this region")
_LISTED = Text("先列入重点排放单位名录", "entered on the list of key emission units first")
_REASON = Text("不纳入、移出须有相应原因，纳入则无", "a reason of its standing; none for a member")
_CHANGE = Text("与现有决定不同", "other than what stands")


AFTER_DECISION: list[Callable[[Call, list[Membership]], None]] = []
"""What a market does once its members of a year are decided."""


@action(
    "organisations.decide_membership",
    label=Text("确定年度纳入单位", "Decide a year's members"),
    by={"provincial_officer"},
    approvers={"provincial_director"},
    place=lambda data: Place(region_path=region_by_code(data.region).path),
    input=MembershipInput,
    second_person=True,
    law=LAW,
)
def decide_membership(call: Call) -> list[Membership]:
    """Who belongs to a market in a year, by a decision; of an enterprise that is decided already it is a change."""
    data: MembershipInput = call.data
    region = region_by_code(data.region)
    if data.decided_on > call.today:
        expected = Text("不晚于今天", "not after today")
        raise misfit("decided_on", Text("决定日期", "Decided on"), data.decided_on.isoformat(), expected)
    rows = _rows(call, data, region)
    before = {
        key: years[data.year] for key, years in memberships(data.market, [data.year], of=[o for o, _ in rows]).items()
    }
    # Every row that cannot be, all at once.
    on_list = set(on_the_list(data.year, data.market, region).values_list("pk", flat=True))
    times = Counter(organisation.pk for organisation, _ in rows)
    every = [_Candidate(who, row, before.get(who.pk), who.pk in on_list, times[who.pk]) for who, row in rows]
    faults = [fault for candidate in every if (fault := _fault_of(data, region, candidate))]
    if faults:
        message = Text("有 {n} 家单位不能这样确定", "{n} enterprises cannot be decided so").format(n=len(faults))
        raise Refused("ORG-MEMBERS", message, 422, faults)
    decided = [
        Membership.objects.create(
            organisation=organisation,
            market=data.market,
            year=data.year,
            standing=row.standing,
            reason=row.reason,
            document=data.document,
            source=data.source,
            decided_on=data.decided_on,
            replaces=before.get(organisation.pk),
            at=call.now,
        )
        for organisation, row in rows
    ]
    call.attach("year", data.year)
    call.attach("market", data.market)
    call.attach("members", [[row.organisation.code, row.standing, row.reason] for row in decided])
    for follow in AFTER_DECISION:
        follow(call, decided)
    return decided


def _rows(call: Call, data: MembershipInput, region: Region) -> list[tuple[Organisation, MembershipRow]]:
    """What is decided of whom: the rows, and with the whole list whoever else stood on it and is not decided yet."""
    rows = []
    for row in data.rows:
        organisation = organisation_by_code(row.organisation)
        call.require(organisation.place)
        rows.append((organisation, row))
    if data.whole_list:
        decided = memberships(data.market, [data.year], region=region)
        named = {organisation.pk for organisation, _ in rows} | decided.keys()
        others = on_the_list(data.year, data.market, region).exclude(pk__in=named)
        rows += [(other, MembershipRow(organisation=other.code)) for other in others]
    if not rows:
        message = Text("没有可确定的单位：名录内无未定单位", "nobody to decide on: the list has nobody left undecided")
        raise Refused("ORG-NOBODY", message, 422)
    return rows


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One enterprise of a decision, with what is known of it."""

    organisation: Organisation
    row: MembershipRow
    earlier: Membership | None
    on_list: bool
    times: int


def _fault_of(data: MembershipInput, region: Region, candidate: _Candidate) -> Finding | None:
    """The first thing that is wrong with a row."""
    organisation, row, earlier = candidate.organisation, candidate.row, candidate.earlier
    right_reason = REASONS[row.reason].standing == row.standing if row.reason else row.standing == MEMBER
    same_again = earlier is not None and (earlier.standing, earlier.reason) == (row.standing, row.reason)
    last_day = earlier.decided_on if earlier else data.decided_on
    not_before = Text("不早于 {day}", "not before {day}").format(day=last_day.isoformat())
    not_listed = Text("{year} 年不在名录内", "not on the list in {year}").format(year=data.year)
    checks: tuple[tuple[str, bool, str | Text, Text], ...] = (
        ("ORG-TWICE", candidate.times > 1, row.organisation, _ONCE),
        ("ORG-ELSEWHERE", not organisation.region.path.startswith(region.path), organisation.region.code, _WITHIN),
        ("ORG-LIST", row.standing != LEFT and not candidate.on_list, not_listed, _LISTED),
        ("ORG-REASON", not right_reason, reason_label(row.reason or "—"), _REASON),
        ("ORG-SAME", same_again, STANDINGS[row.standing], _CHANGE),
        ("ORG-EARLIER", data.decided_on < last_day, data.decided_on.isoformat(), not_before),
    )
    for code, wrong, actual, expected in checks:
        if wrong:
            words = Text("{who}：{found}；应为{expected}", "{who}: {found}; expected {expected}")
            message = words.format(who=organisation.code, found=actual, expected=expected)
            return Finding(code, ERROR, organisation.code, "rows", actual, expected, message, LAW)
    return None
