"""From draft to publication: composed and kept by digest, proposed by one, signed by another, frozen from then on."""

from __future__ import annotations

import io
from typing import Annotated, Any

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Disturbed, Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.evidence.canonical import canonical
from tanzhi.evidence.files import store
from tanzhi.evidence.log import state_of_records
from tanzhi.figures import Span
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text

from .changes import changed_values
from .composition import compose
from .content import BulletinContent
from .models import DRAFTED, PUBLISHED, SUPERSEDED, WITHDRAWN, Edition
from .periods import months, period_of

Mark = tuple[str, str, bool, Any]
OFFICER, DIRECTOR = {"provincial_officer"}, {"provincial_director"}


def provinces(actor: Actor) -> list[tuple[str, Text]]:
    rows = Region.objects.filter(kind="province")
    return [(region.code, region.name) for region in rows if actor.reaches("provincial_officer", region.place)]


class DraftInput(Input):
    region: Annotated[str, Label("省份", "Province"), Choices(provinces)]
    since: Annotated[
        str,
        Label("起始月份", "First month"),
        Choices(months),
        Help("如 1 月至 9 月为前三季度", "January to September, for example, are the first three quarters"),
    ] = ""
    until: Annotated[str, Label("截止月份", "Last month"), Choices(months)] = ""
    period: Annotated[
        str,
        Field(max_length=10),
        Label("期间代码", "Code of the period"),
        Help(
            "不选月份时填写，如 2024H1、2023、2024M01-09",
            "instead of the months, for example 2024H1, 2023 or 2024M01-09",
        ),
    ] = ""
    english: Annotated[
        bool,
        Label("附英文版", "With an English version"),
        Help("不附时只有中文，各种文件亦同", "without it the edition is in Chinese alone, its files too"),
    ] = True


class EditionPublishInput(Input):
    remark: Annotated[
        str,
        Field(min_length=4, max_length=2000),
        Label("签发说明", "Remark"),
        Help("数据是否齐备；更正版写明更正内容", "whether every figure is settled; for a correction what is corrected"),
        Long(),
    ]


class EditionReasonInput(Input):
    remark: Reason


def place_of(data: DraftInput) -> Any:
    return region_by_code(data.region).place


def prepare(data: DraftInput | Input, edition: Edition | None) -> tuple[Mark, bytes]:
    """The content, composed before anything is locked, and the mark of what it stands on."""
    if edition is not None:
        return _composed(edition.period, edition.region.code, edition.english)
    drafted: Any = data
    region = region_by_code(drafted.region)
    return _composed(period_of(drafted.since, drafted.until, drafted.period), region.code, drafted.english)


def _composed(period: str, region: str, english: bool) -> tuple[Mark, bytes]:
    mark = (period, region, english, state_of_records())
    content = compose(period, region).content
    return mark, canonical((content if english else content.chinese()).as_dict())


_OPEN_DRAFT = Text(
    "{period} 已有一份草稿，请先送签或撤回", "{period} has a draft already: publish or withdraw it first"
)


def draft(call: Call) -> Edition:
    """Compose the bulletin of a period as it stands now and keep it as the next edition."""
    region = region_by_code(call.data.region)
    period = period_of(call.data.since, call.data.until, call.data.period)
    earlier = Edition.objects.filter(region=region, period=period)
    if earlier.filter(state=DRAFTED).exists():
        raise Refused("BUL-01", _OPEN_DRAFT.format(period=period), 409)
    last = earlier.order_by("-number").first()
    digest = _stored_content(call, period, region, call.data.english)
    return Edition(
        region=region,
        period=period,
        number=last.number + 1 if last else 1,
        digest=digest,
        english=call.data.english,
        drafted_by=call.actor.name,
        opened_at=call.now,
    )


def recompose(call: Call, edition: Edition) -> None:
    """Compose the draft again from what is known now."""
    edition.digest = _stored_content(call, edition.period, edition.region, edition.english)
    edition.drafted_by = call.actor.name


def _stored_content(call: Call, period: str, region: Region, english: bool) -> str:
    """The content as canonical bytes in the file store; its digest goes into the evidence."""
    stored = store(io.BytesIO(_as_of_now(call, period, region, english)))
    call.attach("content", stored.sha256)
    return str(stored.sha256)


_DISTURBED = Text(
    "生成期间有其他业务办理，数据可能已变，请再试一次",
    "something was done while the figures were composed, they may have moved: try again",
)


def _as_of_now(call: Call, period: str, region: Region, english: bool) -> bytes:
    """What was composed before anything was locked; refused where something was done since (BUL-05).

    Composing takes seconds, and inside the lock nobody else could write meanwhile.
    """
    mark, content = call.prepared or (None, b"")
    if mark != (period, region.code, english, state_of_records()):
        raise Disturbed("BUL-05", _DISTURBED, 409)
    return content


_NOT_ENDED = Text(
    "{period} 到 {last} 才结束，此后方可发布", "{period} ends on {last}; it may be published from the day after"
)
_MOVED = Text(
    "起草后有 {n} 项数据变动（如“{title}”），请重新生成草稿",
    "{n} figures have moved since the draft, for example “{title}”: compose it again",
)


def may_be_published(call: Call, edition: Edition) -> None:
    """A period that has ended (BUL-04), and figures that stand as they were read (BUL-02)."""
    last = Span.parse(edition.period).last
    if call.today <= last:
        raise Refused("BUL-04", _NOT_ENDED.format(period=edition.period, last=last.isoformat()), 409)
    now = BulletinContent.model_validate_json(_as_of_now(call, edition.period, edition.region, edition.english))
    moved = changed_values(edition.content, now)
    if moved:
        raise Refused("BUL-02", _MOVED.format(n=len(moved), title=moved[0].title), 409)


def publish(call: Call, edition: Edition) -> None:
    """The second signature: the edition is frozen, public, and takes the place of the one before."""
    proposer = Person.objects.filter(pk=call.proposer or 0).first()
    edition.proposed_by = proposer.name if proposer else ""
    edition.signed_by, edition.published_at, edition.public = call.actor.name, call.now, True
    edition.remark = call.data.remark
    earlier = Edition.objects.filter(region=edition.region, period=edition.period, state=PUBLISHED)
    replaced = list(earlier.exclude(pk=edition.pk).values_list("number", flat=True))
    earlier.exclude(pk=edition.pk).update(state=SUPERSEDED, closed_at=call.now)
    call.attach("content", edition.digest)
    call.attach("replaces", replaced)


def withdraw(call: Call, edition: Edition) -> None:
    """A draft that is not to be published."""
    edition.remark = call.data.remark


EDITION = CaseType(
    "bulletin.edition",
    model=Edition,
    title=Text("发布稿", "Edition of the bulletin"),
    start=DRAFTED,
    states=(
        State(DRAFTED, Text("草稿", "Draft"), tone="due"),
        State(PUBLISHED, Text("已发布", "Published"), tone="ok"),
        State(SUPERSEDED, Text("已由新版取代", "Superseded"), tone="info", end=True, aside=True),
        State(WITHDRAWN, Text("已撤回", "Withdrawn"), end=True, aside=True),
    ),
    opening=Opening(
        "bulletin.draft",
        Text("起草发布稿", "Draft an edition"),
        by=OFFICER,
        input=DraftInput,
        place=place_of,
        do=draft,
        prepare=prepare,
    ),
    moves=(
        Move(
            "bulletin.publish",
            Text("送签发布", "Propose for publication"),
            leaves=(DRAFTED,),
            enters=PUBLISHED,
            by=OFFICER,
            approvers=DIRECTOR,
            second_person=True,
            input=EditionPublishInput,
            guard=may_be_published,
            do=publish,
            prepare=prepare,
        ),
        Move(
            "bulletin.recompose",
            Text("重新生成", "Compose again"),
            leaves=(DRAFTED,),
            enters=None,
            by=OFFICER,
            do=recompose,
            prepare=prepare,
        ),
        Move(
            "bulletin.withdraw",
            Text("撤回草稿", "Withdraw the draft"),
            leaves=(DRAFTED,),
            enters=WITHDRAWN,
            by=OFFICER,
            input=EditionReasonInput,
            do=withdraw,
            forward=False,
        ),
        Move(
            "bulletin.supersede",
            Text("停用本版", "Withdraw this edition"),
            leaves=(PUBLISHED,),
            enters=SUPERSEDED,
            by=OFFICER,
            approvers=DIRECTOR,
            second_person=True,
            input=EditionReasonInput,
            do=withdraw,
            forward=False,
        ),
    ),
)
