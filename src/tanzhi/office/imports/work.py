"""Many rows at once: a declared import maps columns, answers row by row, commits as one action and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from django.db import transaction
from django.urls import reverse
from pydantic import Field, ValidationError

from tanzhi.actions.reading import options_of
from tanzhi.actions.references import reference, resolve
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, Input, action, anywhere
from tanzhi.actions.validation import Label, field_label, finding_of
from tanzhi.evidence.files import open_stored, upload_of
from tanzhi.evidence.models import Upload
from tanzhi.presentation.forms.fields import Attached, Hidden, Long
from tanzhi.presentation.intake.messages import finding
from tanzhi.presentation.intake.units import factor, unit_in
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.dossier.files import by_whom

from .model import COMMITTED, IMPORTERS, UNDONE, Import
from .rows import cells, converted
from .sheet_reader import ImportSheet, read

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

MOST_TOLD = 100


class CommitInput(Input):
    file: Annotated[str, Label("文件", "File"), Attached(".xlsx,.csv")]
    mapping: Annotated[dict[str, str], Label("列的对应", "Columns"), Hidden()] = Field(default_factory=dict)


class UndoInput(Input):
    reason: Annotated[str, Field(min_length=4, max_length=2000), Label("撤销理由", "Reason"), Long()]


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What a row came to: the record it would make, or what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    record: Any = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of import. Declaring it registers it, with the actions `<name>_import` and `<name>_undo`."""

    name: str
    title: Text
    row: type[Input]
    by: Set[str]
    add: Callable[[Call, Any], Any]
    undo: Callable[[Call, Any], None] | None = None
    columns: Mapping[str, Text] = field(default_factory=dict)  # labels where the row's own do not serve
    law: str = ""

    def __post_init__(self) -> None:
        IMPORTERS[self.name] = self

        def commit_rows(call: Call) -> Import:
            """Add every row of a file, or none."""
            return commit(self, call)

        def undo(call: Call, committed: Import) -> Import:
            """Take everything back that an import added, the last one first."""
            return take_back(self, call, committed)

        for function in (commit_rows, undo):
            function.__module__ = self.add.__module__
        title = self.title
        action(
            self.commit_name,
            label=Text("导入{title}", "Import: {title}").format(title=title),
            by=self.by,
            place=anywhere,
            input=CommitInput,
            law=self.law,
        )(commit_rows)
        action(
            self.undo_name,
            label=Text("撤销导入：{title}", "Undo the import: {title}").format(title=title),
            by=self.by,
            subject=Import,
            leaves={COMMITTED},
            enters=UNDONE,
            input=UndoInput,
            law=self.law,
        )(undo)

    @property
    def labels(self) -> dict[str, Text]:
        """What each field is called in the heads of a file."""
        return {name: self.columns.get(name) or field_label(self.row, name) for name in self.row.model_fields}

    @property
    def commit_name(self) -> str:
        return f"{self.name}_import"

    @property
    def undo_name(self) -> str:
        return f"{self.name}_undo"

    @property
    def address(self) -> str:
        """Where its page stands."""
        return reverse("cases:importer", args=[self.name])

    @property
    def required(self) -> set[str]:
        return {name for name, info in self.row.model_fields.items() if info.is_required()}

    def choices(self, name: str) -> dict[str, Text]:
        return options_of(self.row.model_fields[name])


def sheet_of(importer: Importer, sha256: str, actor: Actor) -> tuple[ImportSheet, Upload]:
    """The table in a file that the actor uploaded himself."""
    upload = upload_of(sha256, {actor.person_id} if actor.person_id is not None else set())
    if upload is None:
        raise Refused("IMP-FILE", Text("没有找到上传的文件，请重新上传", "no such upload; upload it again"), 404)
    labels = {words for label in importer.labels.values() for words in (label.zh, label.en)}
    with open_stored(sha256) as content:
        return read(content.read(), upload.name, labels | importer.labels.keys()), upload


def guessed(importer: Importer, sheet: ImportSheet) -> dict[str, str]:
    """Which heading belongs to which field, by the field's name or label in either language."""
    heads = {_plain(head): head for head in sheet.headings if head}
    columns: dict[str, str] = {}
    for name, label in importer.labels.items():
        for words in (name, label.zh, label.en, f"{label.zh} {label.en}"):
            if _plain(words) in heads:
                columns.setdefault(name, heads[_plain(words)])
    return columns


def _plain(words: str) -> str:
    return "".join(words.split()).lower().rstrip("*＊")


def factors_of(importer: Importer, mapping: Mapping[str, str]) -> dict[str, Decimal]:
    """Fields whose column is headed by another unit than theirs: by what their numbers are multiplied."""
    pairs = {name: (unit_in(head), unit_in(importer.labels[name].zh)) for name, head in mapping.items()}
    factors = {name: factor(*units) for name, units in pairs.items() if all(units) and units[0] != units[1]}
    return {name: times for name, times in factors.items() if times is not None}


def units_in_doubt(importer: Importer, mapping: Mapping[str, str]) -> list[Finding]:
    """Columns headed by a unit from which nothing leads to the field's own."""
    findings = []
    for name, head in mapping.items():
        stated, needed = unit_in(head), unit_in(importer.labels[name].zh)
        if stated and needed and factor(stated, needed) is None:
            label = importer.labels[name]
            findings.append(finding("VAL-UNIT", head, field=name, label=label, found=stated, expected=needed))
    return findings


def dry_run(importer: Importer, call: Call, sheet: ImportSheet, mapping: Mapping[str, str]) -> list[RowAnswer]:
    """What every row would come to; nothing stays."""
    with transaction.atomic():
        answers = rows_of(importer, call, sheet, mapping)
        transaction.set_rollback(True)
    return answers


def rows_of(importer: Importer, call: Call, sheet: ImportSheet, mapping: Mapping[str, str]) -> list[RowAnswer]:
    """Every row added in its own step, so that a bad one spoils no other answer."""
    places = {name: sheet.headings.index(head) for name, head in mapping.items() if head in sheet.headings}
    if doubtful := units_in_doubt(importer, mapping):
        return [RowAnswer(sheet.first - 1, {}, findings=tuple(doubtful))]
    factors = factors_of(importer, mapping)
    answers = []
    for number, row in ((number, row) for number, row in enumerate(sheet.rows, sheet.first) if any(row)):
        values, record = converted(cells(places, row), factors), None
        findings: tuple[Finding, ...] = ()
        try:
            with transaction.atomic():
                record = importer.add(call, importer.row.model_validate(values))
        except ValidationError as fault:
            findings = tuple(finding_of(importer.row, importer.name, error) for error in fault.errors())
        except Refused as refused:
            bare = Finding(refused.code, ERROR, str(number), "", "", "", refused.message)
            findings = tuple(refused.findings) or (bare,)
        answers.append(RowAnswer(number, values, record, findings))
    return answers


def commit(importer: Importer, call: Call) -> Import:
    """Every row of a file is added, or none."""
    sheet, upload = sheet_of(importer, call.data.file, call.actor)
    mapping = dict(call.data.mapping) or guessed(importer, sheet)
    answers = rows_of(importer, call, sheet, mapping) if not sheet.findings else []
    missing = sorted(importer.required - mapping.keys())
    if missing and not sheet.findings:
        labels = [importer.labels[name] for name in missing]
        names = Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
        message = Text("文件中没有这些必填列：{names}", "columns that are needed are not in the file: {names}")
        raise Refused("IMP-COLUMN", message.format(names=names), 422)
    bad = [answer for answer in answers if answer.findings]
    findings = sheet.findings + [finding for answer in bad for finding in answer.findings]
    if findings:
        message = Text("有 {n} 行不符，未导入任何内容", "{n} rows do not fit; nothing was imported")
        raise Refused("IMP-ROWS", message.format(n=len(bad) or 1), 422, findings[:MOST_TOLD])
    if not answers:
        raise Refused("IMP-EMPTY", Text("文件中没有数据行", "there is no row in the file"), 422)
    call.attach("file", upload.file.sha256)
    call.attach("rows", len(answers))
    grant = next((grant for grant in call.actor.grants if grant.role == call.role), None)
    committed: Import = Import.objects.create(
        importer=importer.name,
        sha256=upload.file.sha256,
        file_name=upload.name,
        mapping=mapping,
        count=len(answers),
        added=[reference(answer.record) for answer in answers],
        organisation_id=grant.organisation_id if grant else None,
        region_path=grant.region_path if grant else "",
        **by_whom(call),
    )
    return committed


def take_back(importer: Importer, call: Call, committed: Import) -> Import:
    """Everything that an import added is taken back, the last one first."""
    if importer.undo is None:
        raise Refused("IMP-UNDO", Text("该类导入不能整体撤销", "an import of this kind cannot be undone"), 409)
    for ref in reversed(committed.added):
        record = resolve(ref)
        if record is None:
            raise Refused("IMP-GONE", Text("{ref} 已不存在", "{ref} is gone").format(ref=ref), 409)
        importer.undo(call, record)
    committed.reason = call.data.reason
    committed.save(update_fields=["reason"])
    return committed


def call_of(importer: Importer, actor: Actor) -> Call:
    """A call for a dry run: by a role that may import, at this moment."""
    from tanzhi.actions import clock

    role = next((code for code in sorted(importer.by) if code in actor.roles), None)
    if role is None:
        raise Refused(
            "ACT-ROLE",
            Text("您的角色不能导入{title}", "Your role may not import {title}").format(title=importer.title),
            403,
        )
    return Call(actor, role, CommitInput(file=""), clock.now())
