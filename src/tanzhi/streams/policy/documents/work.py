"""Documents as work: entered with their issuers and clauses, brought into force, repealed or superseded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help, Refers
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import KINDS, LEVELS, TOPICS
from tanzhi.streams.policy.shared.inputs import (
    En,
    Files,
    Published,
    RegionCode,
    Topic,
    Zh,
    authorities,
    authority,
    place_of_region,
    require_code,
)
from tanzhi.streams.policy.shared.rules import in_order
from tanzhi.workflow.dossier.files import keep_files

from .inputs import document_of, documents
from .model import DRAFT, IN_FORCE, REPEALED, Clause, Document, Issuer

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

OFFICERS = {"provincial_officer", "city_officer"}
COPIED = {"number", "level", "kind", "topic", "issued_on", "valid_until", "source", "published"}


class OutsideIssuer(Input):
    zh: Annotated[str, Field(min_length=2, max_length=200), Label("中文名称", "Chinese name")]
    en: Annotated[str, Field(min_length=2, max_length=200), Label("英文名称", "English name")]


class DocumentRegisterInput(Input):
    region: RegionCode
    zh: Zh
    en: En
    number: Annotated[str, Field(max_length=100), Label("文号", "Number")] = ""
    level: Annotated[str, Label("层级", "Level"), Choices(LEVELS)]
    kind: Annotated[str, Label("文种", "Kind"), Choices(KINDS.offered)]
    topic: Topic
    issuers: Annotated[
        list[str], Label("发文单位", "Issuers"), Choices(authorities), Help("第一个为牵头单位", "the first one leads")
    ] = Field(default_factory=list)
    outside_issuers: Annotated[list[OutsideIssuer], Label("平台外发文单位", "Issuers outside the platform")] = Field(
        default_factory=list
    )
    issued_on: Annotated[date, Label("印发日期", "Issued on")]
    effective_on: Annotated[date | None, Label("施行日期", "In force from")] = None
    valid_until: Annotated[date | None, Label("有效期至", "Valid until")] = None
    supersedes: Annotated[int | None, Label("取代文件", "Supersedes"), Choices(documents), Refers(Document)] = None
    source: Annotated[str, Field(max_length=300), Label("来源", "Source")] = ""
    published: Published = False
    files: Files = Field(default_factory=list)


class ClauseRow(Input):
    number: Annotated[
        str, Field(min_length=1, max_length=20, pattern=r"^[0-9]+(\.[0-9]+)*$"), Label("条款号", "Number")
    ]
    zh: Annotated[str, Field(min_length=1, max_length=300), Label("中文标题", "Chinese title")]
    en: Annotated[str, Field(min_length=1, max_length=300), Label("英文标题", "English title")]
    assigns: Annotated[bool, Label("需落实任务", "Asks for a task")] = True


class ClausesInput(Input):
    clauses: Annotated[list[ClauseRow], Field(min_length=1), Label("条款", "Clauses")]


class RepealInput(Input):
    repealed_on: Annotated[date, Label("废止日期", "Repealed from")]
    reason: Reason


@Opening(
    "policy.register_document",
    Text("录入政策文件", "Enter a document"),
    by=OFFICERS,
    place=place_of_region,
    input=DocumentRegisterInput,
)
def register_document(call: Call) -> Document:
    """Enter a document; its full text comes along as a file or is attached later."""
    data: DocumentRegisterInput = call.data
    for field, words in (("level", LEVELS), ("kind", KINDS.offered), ("topic", TOPICS.offered)):
        require_code(field, getattr(data, field), words)
    effective = data.effective_on or data.issued_on
    in_order(Text("施行", "entry into force"), effective, data.issued_on)
    if data.valid_until is not None:
        in_order(Text("有效期", "validity"), data.valid_until, effective)
    named = [authority(code, "issuers") for code in data.issuers]
    # A number (文号) is given once.
    if data.number and Document.objects.filter(number=data.number).exists():
        raise refused("POL-TWICE", "number", data.number, Text("尚未录入的文号", "a number not entered yet"))
    document = Document(
        title_zh=data.zh, title_en=data.en, region=region_by_code(data.region), effective_on=effective,
        supersedes=document_of(data.supersedes), state=DRAFT, opened_at=call.now,
        **data.model_dump(include=COPIED),
    )  # fmt: skip
    document.save()
    rows = [Issuer(document=document, order=n, organisation=organisation) for n, organisation in enumerate(named)]
    rows += [
        Issuer(document=document, order=len(named) + n, outside_zh=issuer.zh, outside_en=issuer.en)
        for n, issuer in enumerate(data.outside_issuers)
    ]
    Issuer.objects.bulk_create(rows)
    keep_files(call, document, data.files, document.reference, document.title)
    return document


@Move(
    "policy.add_clauses",
    Text("录入条款", "Enter clauses"),
    leaves=(DRAFT, IN_FORCE),
    enters=None,
    by=OFFICERS,
    input=ClausesInput,
)
def add_clauses(call: Call, document: Document) -> None:
    """Clauses by their numbers; 2.1 needs 2 before it."""
    by_number = {clause.number: clause for clause in document.clauses.all()}
    for at, row in enumerate(call.data.clauses):
        above, cell = row.number.rpartition(".")[0], f"clauses.{at}.number"
        if row.number in by_number:
            raise refused("POL-CLAUSE", cell, row.number, Text("未使用的条款号", "a number not used yet"))
        if above and above not in by_number:
            expected = Text("先录入上级条款 {above}", "clause {above} before it").format(above=above)
            raise refused("POL-CLAUSE", cell, row.number, expected)
        by_number[row.number] = Clause.objects.create(
            document=document, parent=by_number.get(above), order=len(by_number) + 1,
            number=row.number, title_zh=row.zh, title_en=row.en, assigns=row.assigns,
        )  # fmt: skip


@Move(
    "policy.bring_into_force",
    Text("入库", "Put into the library"),
    leaves=(DRAFT,),
    enters=IN_FORCE,
    by=OFFICERS,
)
def bring_into_force(call: Call, document: Document) -> None:
    """It stands in the library; what it supersedes is repealed from the same day."""
    if not document.issuers.exists():
        raise Refused("POL-ISSUER", Text("文件至少有一个发文单位", "a document has at least one issuer"), 422)
    old = document.supersedes
    if old is not None and old.state == IN_FORCE:
        old.state, old.repealed_on = REPEALED, document.effective_on
        old.repeal_reason = document.title_zh
        old.closed_at = call.now
        old.save(update_fields=["state", "repealed_on", "repeal_reason", "closed_at"])
        call.attach("supersedes", old.reference)


@Move(
    "policy.repeal_document",
    Text("废止", "Repeal"),
    leaves=(IN_FORCE,),
    enters=REPEALED,
    by=OFFICERS,
    input=RepealInput,
    second_person=True,
    approvers={"provincial_officer", "provincial_director"},
    forward=False,
)
def repeal_document(call: Call, document: Document) -> None:
    in_order(Text("废止", "the repeal"), call.data.repealed_on, document.effective_on)
    document.repealed_on, document.repeal_reason = call.data.repealed_on, call.data.reason


DOCUMENT = CaseType(
    "policy.document",
    model=Document,
    title=Text("政策文件", "Policy document"),
    states=(
        State(DRAFT, Text("录入中", "Being entered"), tone="due"),
        State(IN_FORCE, Text("已入库", "In the library"), tone="ok"),
        State(REPEALED, Text("已废止", "Repealed"), end=True, aside=True),
    ),
    opening=register_document,
    moves=(add_clauses, bring_into_force, repeal_document),
)
