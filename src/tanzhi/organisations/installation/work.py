"""From draft to adoption: what a room lets change is a move of its own; two administrators adopt what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from django.contrib.auth import get_user_model
from pydantic import Field

from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input, anywhere
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Help, Long
from tanzhi.rulebook.kernel.text import Text, same

from .version import ADOPTED, DRAFTED, WITHDRAWN, DatedVersion

ADMINISTRATOR = {"administrator"}


class AdoptInput(Input):
    since: Annotated[date, Label("自何日起", "From")]
    remark: Annotated[str, Field(min_length=4, max_length=2000), Label("说明", "Remark"), Long()]


class VersionReasonInput(Input):
    remark: Reason


class EarlierVersionInput(Input):
    number: Annotated[
        int,
        Field(ge=0, le=1_000_000),
        Label("第几版", "Version"),
        Help("0 为随程序提供者；采用之前可再改", "0: as the program has it; it can be changed further until adopted"),
    ]


_OPEN_DRAFT = Text("第{n}版尚未采用，请先采用或撤回", "version {n} is still a draft: adopt or withdraw it first")


def opened_draft(model: type[DatedVersion]) -> Callable[[Call], DatedVersion]:
    """A draft that begins with what was adopted last; one at a time (INS-01)."""

    def open_draft(call: Call) -> DatedVersion:
        if waiting := model.objects.filter(state=DRAFTED).first():
            raise Refused("INS-01", _OPEN_DRAFT.format(n=waiting.number), 409)
        newest = model.objects.order_by("-number").first()
        return model(
            number=newest.number + 1 if newest else 1,
            overlay=model.latest().overlay,
            drafted_by=call.actor.name,
            opened_at=call.now,
        )

    return open_draft


_TOO_EARLY = Text("自{found}起采用：不得早于 {expected}", "in force from {found}: expected {expected} or a later day")
_UNCHANGED = Text("与现行内容相同，无可采用", "it says what is in force already: there is nothing to adopt")


def may_be_adopted(call: Call, version: DatedVersion) -> None:
    """From today on, not before the version before it (INS-02), and not if it changes nothing (INS-03)."""
    latest = type(version).latest()
    earliest = max(call.today, latest.since) if latest.since else call.today
    if call.data.since < earliest:
        words = _TOO_EARLY.format(found=same(call.data.since.isoformat()), expected=same(earliest.isoformat()))
        raise Refused("INS-02", words, 422)
    if version.says_as(latest):
        raise Refused("INS-03", _UNCHANGED, 409)


def adopt(call: Call, version: DatedVersion) -> None:
    """What is made from that day on goes by it; what was made before stays as it is."""
    proposer = get_user_model().objects.filter(pk=call.proposer or 0).first()
    version.proposed_by = proposer.name if proposer else ""
    version.signed_by = call.actor.name
    version.since, version.remark = call.data.since, call.data.remark


_NO_VERSION = Text("没有已采用的第{n}版", "there is no adopted version {n}")


def take_earlier(call: Call, version: DatedVersion) -> None:
    """An earlier version again, in a draft that is adopted as any other (INS-04 where there is none)."""
    number = call.data.number
    earlier = type(version).objects.filter(state=ADOPTED, number=number).first()
    if number and earlier is None:
        raise Refused("INS-04", _NO_VERSION.format(n=number), 422)
    version.overlay = version.taken_again(earlier.overlay if earlier else {})


def withdraw(call: Call, version: DatedVersion) -> None:
    """A draft that is not to be adopted."""
    version.remark = call.data.remark


@dataclass(frozen=True, slots=True)
class VersionActs:
    """What the acts of one kind of version are called."""

    draft: tuple[str, Text]
    adopt: tuple[str, Text]
    take_earlier: tuple[str, Text]
    withdraw: tuple[str, Text]


def version_case(name: str, model: type[DatedVersion], acts: VersionActs, *changes: Move) -> CaseType:
    """The table of a kind of version: `changes` are what a room lets change in a draft."""

    def move(act: tuple[str, Text], enters: str | None, input_of: type[Input], do: Callable[..., None]) -> Move:
        return Move(act[0], act[1], leaves=(DRAFTED,), enters=enters, by=ADMINISTRATOR, input=input_of, do=do)

    adoption = replace(move(acts.adopt, ADOPTED, AdoptInput, adopt), second_person=True, guard=may_be_adopted)
    opening = Opening(*acts.draft, by=ADMINISTRATOR, place=anywhere, do=opened_draft(model))
    return CaseType(
        name,
        model=model,
        title=model.title,
        start=DRAFTED,
        states=(
            State(DRAFTED, Text("草稿", "Draft"), tone="due"),
            State(ADOPTED, Text("已采用", "Adopted"), tone="ok", end=True),
            State(WITHDRAWN, Text("已撤回", "Withdrawn"), end=True, aside=True),
        ),
        opening=opening,
        moves=(
            adoption,
            *changes,
            replace(move(acts.take_earlier, None, EarlierVersionInput, take_earlier), forward=False),
            replace(move(acts.withdraw, WITHDRAWN, VersionReasonInput, withdraw), forward=False),
        ),
    )


def change(act: str, label: Text, input_of: type[Input], do: Callable[..., None], *, on_page: bool = True) -> Move:
    """A change of a draft; its form stands at what it changes, if `on_page`."""
    return Move(act, label, leaves=(DRAFTED,), enters=None, by=ADMINISTRATOR, input=input_of, do=do, on_page=on_page)
