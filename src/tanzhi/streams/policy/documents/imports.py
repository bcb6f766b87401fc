"""Clauses of documents out of a sheet: a row a clause, above before below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer, remove
from tanzhi.office.imports.work import stands as stands_as
from tanzhi.presentation.forms.fields import Choices, Help
from tanzhi.rulebook.kernel.text import Text

from .model import DRAFT, IN_FORCE, Clause, Document
from .work import OFFICERS

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def numbered(actor: Actor) -> list[tuple[str, Text]]:
    """Documents by their number (文号), or by their title where they have none."""
    rows = Document.objects.visible_to(actor).filter(state__in=(DRAFT, IN_FORCE)).select_related("region")
    return [(document.number or document.title_zh, document.title) for document in rows]


class ClauseImportRow(Input):
    document: Annotated[
        str,
        Field(min_length=1, max_length=300),
        Label("文件", "Document"),
        Choices(numbered),
        Help("文号或标题", "its number or its title"),
    ]
    number: Annotated[
        str,
        Field(min_length=1, max_length=20, pattern=r"^[0-9]+(\.[0-9]+)*$"),
        Label("条款号", "Number"),
        Help("如 2、2.1；上级条款须先有", "such as 2 or 2.1; the clause above it comes first"),
    ]
    zh: Annotated[str, Field(min_length=1, max_length=300), Label("条款标题", "Title")]
    en: Annotated[str, Field(max_length=300), Label("英文标题", "English title")] = ""
    assigns: Annotated[bool, Label("需落实任务", "Asks for a task")] = True


_DOCUMENT = Text("政策库中的一份文件（文号或标题）", "a document of the library, by its number or title")


def document_of(words: str) -> Document:
    rows = Document.objects.filter(state__in=(DRAFT, IN_FORCE)).select_related("region")
    fits = list(rows.filter(number=words)[:2]) or list(rows.filter(title_zh=words)[:2])
    if len(fits) != 1:
        raise refused("POL-DOC", "document", words, _DOCUMENT)
    document: Document = fits[0]
    return document


def add(call: Call, row: ClauseImportRow) -> Clause:
    """One clause, by the act that enters clauses."""
    document = document_of(row.document)
    clause = row.model_dump(include={"number", "zh", "assigns"}) | {"en": row.en or row.zh}
    try:
        perform("policy.add_clauses", call.actor, document, {"clauses": [clause]})
    except Refused as fault:
        placed = [replace(each, field=each.field.rpartition(".")[2]) for each in fault.findings]
        raise Refused(fault.code, fault.message, fault.status, placed) from fault
    added: Clause = document.clauses.get(number=row.number)
    return added


def stands(_call: Call, row: ClauseImportRow) -> bool:
    clause = document_of(row.document).clauses.filter(number=row.number).first()
    if clause is None:
        return False
    return stands_as(row, {"zh": clause.title_zh, "assigns": clause.assigns})


def rows(actor: Actor) -> Iterator[dict[str, Any]]:
    clauses = Clause.objects.filter(document__in=Document.objects.visible_to(actor).filter(state__in=(DRAFT, IN_FORCE)))
    for clause in clauses.select_related("document").order_by("document_id", "order"):
        document = clause.document
        yield {
            "document": document.number or document.title_zh,
            "number": clause.number,
            "zh": clause.title_zh,
            "en": clause.title_en,
            "assigns": clause.assigns,
        }


_BUILT = Text("条款{n}已有下级条款，不能撤销", "clause {n} has clauses below it: it cannot be undone")


def undo(_call: Call, clause: Clause) -> None:
    """A clause goes that nothing rests on."""
    if clause.children.exists():
        raise Refused("IMP-BUILT", _BUILT.format(n=clause.number), 409)
    remove(clause)


def by_tree(row: ClauseImportRow) -> tuple[str, list[int]]:
    return row.document, [int(part) for part in row.number.split(".")]


IMPORT = Importer(
    "policy.clauses",
    title=Text("政策条款", "clauses of documents"),
    row=ClauseImportRow,
    by=OFFICERS,
    add=add,
    undo=undo,
    fills="policy.documents",
    heads={
        "document": ("文号", "文件名称", "政策文件"), "number": ("条款", "编号", "序号"),
        "zh": ("条款内容", "标题", "中文标题", "名称"), "assigns": ("是否需落实", "是否落实"),
    },
    example={"number": "2.1", "zh": "推动煤电节能降碳改造"},
    order=by_tree,
    present=stands,
    rows=rows,
)  # fmt: skip
