"""Many rows at once: a declared import maps columns, answers row by row, commits as one action and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet
from django.utils import timezone
from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed
from tanzhi.actions.perform import SOMEBODY
from tanzhi.actions.references import reference, resolve
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.rehearsal import Trial
from tanzhi.actions.roles import KNOWN_ROLES
from tanzhi.actions.table import Call, Input, action, anywhere
from tanzhi.actions.validation import Label, field_label
from tanzhi.evidence.files import open_stored, upload_of
from tanzhi.evidence.models import Upload
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.presentation.forms.fields import Attached, Hidden, Long
from tanzhi.presentation.forms.preview import PARTS, PagePart
from tanzhi.presentation.lists.entrances import Entrance
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .declaration import ImportKind, RowAnswer
from .model import COMMITTED, IMPORTERS, UNDONE, Import, Layout
from .row_adding import THERE, rows_of
from .rows import guessed
from .sheet_reader import ImportSheet, read
from .year_columns import turned

__all__ = ["Importer", "RowAnswer", "call_of", "dry_run", "guessed", "refuse_otherwise", "remove", "sheet_of", "stands"]

MOST_TOLD = 100
BESIDE: dict[str, list[Callable[[Import, Actor], PagePart | None]]] = {}
"""By import: what a room shows on the page of a committed one."""
NO_CONSTANTS: Mapping[str, str] = MappingProxyType({})


class CommitInput(Input):
    file: Annotated[str, Label("文件", "File"), Attached(".xlsx,.csv")]
    mapping: Annotated[dict[str, str], Label("列的对应", "Columns"), Hidden()] = Field(default_factory=dict)
    constants: Annotated[dict[str, str], Label("固定值", "The same in every row"), Hidden()] = Field(
        default_factory=dict
    )


class UndoInput(Input):
    reason: Annotated[str, Field(min_length=4, max_length=2000), Label("撤销理由", "Reason"), Long()]


def always(_actor: Actor, _role: str, _subject: Any, _data: Any) -> bool:
    """Whoever has the role where the import was made: what it added is not the matter of his own office."""
    return True


class Importer(ImportKind):
    """A kind of import. Declaring it registers it, with the actions `<name>_import` and `<name>_undo`."""

    __slots__ = ()

    def __post_init__(self) -> None:
        IMPORTERS[self.name] = self
        if self.fills:
            Entrance(self.fills, self.title, "cases:importer", self.name, frozenset(self.by)).register()

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
            **self.terms,
        )(commit_rows)
        action(
            self.undo_name,
            label=Text("撤销导入：{title}", "Undo the import: {title}").format(title=title),
            by=self.by,
            subject=Import,
            # who keeps accounts reaches people alone: of their imports the role alone decides
            place=anywhere if {KNOWN_ROLES[role].reach for role in self.by} == {"people"} else None,
            leaves={COMMITTED},
            enters=UNDONE,
            input=UndoInput,
            law=self.law,
            limits=always,
            **self.terms,
        )(undo)


def sheet_of(importer: ImportKind, sha256: str, actor: Actor, other: int | None = None) -> tuple[ImportSheet, Upload]:
    """The table in a file that the actor uploaded himself, or whoever proposed what he decides on."""
    people = {person for person in (actor.person_id, other) if person is not None}
    upload = upload_of(sha256, people)
    if upload is None:
        raise Refused("IMP-FILE", Text("没有找到上传的文件，请重新上传", "no such upload; upload it again"), 404)
    labels = {words for label in importer.labels.values() for words in (label.zh, label.en)}
    others = {words for heads in importer.heads.values() for words in heads}
    words = labels | others | importer.labels.keys()
    with open_stored(sha256) as content:
        sheet = read(content.read(), upload.name, words, years_beside=importer.years_beside)
    return turned(sheet, words) if importer.years_beside else sheet, upload


def imports_of(importer: ImportKind, actor: Actor) -> QuerySet[Import]:
    """Imports of a kind that the reader sees, the last first; his own among them."""
    rows = Import.objects.filter(importer=importer.name)
    return (
        Import.objects.visible_to(actor).filter(importer=importer.name) | rows.filter(person_id=actor.person_id or 0)
    ).distinct()


def kept_layout(importer: ImportKind, actor: Actor, sheet: ImportSheet) -> Layout | None:
    """How the last file with these headings was read, by whoever may see that import."""
    layouts = (row.layout for row in imports_of(importer, actor)[:50])
    fits = (entry for entry in layouts if entry.columns and set(entry.columns.values()) <= set(sheet.headings))
    return next(
        (entry for entry in fits if entry.columns.keys() | entry.constants.keys() <= importer.labels.keys()), None
    )


def unread(sheet: ImportSheet, mapping: Mapping[str, str]) -> list[str]:
    """Headings of columns that nothing is taken from."""
    return [head for head in sheet.headings if head and head not in mapping.values()]


def dry_run(
    importer: ImportKind,
    call: Call,
    sheet: ImportSheet,
    mapping: Mapping[str, str],
    constants: Mapping[str, str] = NO_CONSTANTS,
) -> list[RowAnswer]:
    """What every row would come to; nothing stays."""
    with transaction.atomic():
        answers = rows_of(importer, call, sheet, Layout(mapping, constants))
        transaction.set_rollback(True)
    return answers


def commit(importer: ImportKind, call: Call) -> Import:
    """Every row of a file is added, or none."""
    sheet, upload = sheet_of(importer, call.data.file, call.actor, call.proposer)
    mapping = dict(call.data.mapping) or guessed(importer, sheet)
    constants = {name: words.strip() for name, words in call.data.constants.items() if words.strip()}
    refuse_again(importer, upload, constants, call)
    if not sheet.findings:
        refuse_layout(importer, sheet, Layout(mapping, constants))
    answers = [] if sheet.findings else rows_of(importer, call, sheet, Layout(mapping, constants))
    refuse_bad_rows(sheet, upload, answers)
    records = [answer.record for answer in answers if answer.record is not None]
    if importer.order is not None:  # taken back the last one first, which need not be the last one of the file
        records.sort(key=lambda record: record.pk)
    added = [reference(record) for record in records]
    aside = {str(answer.number): answer.aside.zh for answer in answers if answer.aside is not None}
    call.attach("file", upload.file.sha256)
    call.attach("rows", len(added))
    call.attach("aside", len(aside))
    call.attach("columns_unread", len(unread(sheet, mapping)))
    committed = Import(
        importer=importer.name,
        sha256=upload.file.sha256,
        file_name=upload.name,
        mapping={
            "columns": mapping,
            "constants": constants,
            "unread": unread(sheet, mapping),
            "aside": len(aside),
        },
        count=len(added),
        added=list(dict.fromkeys(added)),
        at=call.now,
        **author_of(importer, call),
    )
    committed.save()
    committed.answers = answers
    return committed


_AGAIN = Text(
    "该文件已由{who}于 {when} 导入；如需重新导入，请先撤销那次导入",
    "{who} imported this file on {when}; undo that import before importing it again",
)
_NOTHING_NEW = Text(
    "文件中的 {n} 行均已在平台，没有可导入的内容", "all {n} rows stand there already: nothing to import"
)


def author_of(importer: ImportKind, call: Call) -> dict[str, Any]:
    """Whose import it is and where he has the role for it: of two people, the one who handed it in."""
    actor = call.actor
    if call.proposer is not None and call.proposer != SOMEBODY:
        actor = actor_of(Person.objects.get(pk=call.proposer))
    grant = next((grant for grant in actor.grants if grant.role in importer.by), None)
    return {
        "organisation_id": grant.organisation_id if grant else None,
        "region_path": grant.region_path if grant else "",
        "person_id": actor.person_id or 0,
        "person_name": actor.name,
    }


def standing_imports(importer: ImportKind, upload: Upload, call: Call) -> list[Import]:
    """Imports of the same file as the same kind at the same place that were not undone, the last first."""
    author = author_of(importer, call)
    place = {name: author[name] for name in ("organisation_id", "region_path")}
    return list(Import.objects.filter(importer=importer.name, sha256=upload.file.sha256, state=COMMITTED, **place))


def refuse_again(importer: ImportKind, upload: Upload, constants: Mapping[str, str], call: Call) -> None:
    """The same file as the same kind for the same target is imported once, unless that import was undone.

    The target is what holds in every row: a table of reports for another plant is another matter. A kind whose rows
    say themselves that they stand there already passes over them instead.
    """
    if importer.again:
        return
    for earlier in standing_imports(importer, upload, call):
        if dict(constants) == dict(earlier.layout.constants):
            when = timezone.localtime(earlier.at).strftime("%Y-%m-%d %H:%M")
            raise Refused("IMP-AGAIN", _AGAIN.format(who=same(earlier.person_name), when=when), 409)


_NO_COLUMNS = Text("文件中没有这些必填列：{names}", "columns that are needed are not in the file: {names}")
_NO_FIELD = Text("该导入没有“{name}”这一项", "this import has no field “{name}”")
_NO_HEADING = Text("文件中没有标题为“{name}”的列", "the file has no column headed “{name}”")
_MAPPING = Text("列的对应有误", "the columns are matched wrongly")
_OF_IMPORT = Text("该导入的项目：{names}", "a field of this import: {names}")
_OF_FILE = Text("文件中的标题：{names}", "a heading of the file: {names}")


def refuse_layout(importer: ImportKind, sheet: ImportSheet, layout: Layout) -> None:
    """Fields that there are not, headings that the file has not, needed columns that are neither there nor fixed."""
    labels = importer.labels
    findings = []
    for name in sorted((layout.columns.keys() | layout.constants.keys()) - labels.keys()):
        expected = _OF_IMPORT.format(names=same(", ".join(labels)))
        findings.append(Finding("IMP-MAPPING", ERROR, "", name, name, expected, _NO_FIELD.format(name=name)))
    for name, head in layout.columns.items():
        if name in labels and head not in sheet.headings:
            expected = _OF_FILE.format(names=same("、".join(filter(None, sheet.headings))))
            findings.append(Finding("IMP-MAPPING", ERROR, "", name, head, expected, _NO_HEADING.format(name=head)))
    if findings:
        raise Refused("IMP-MAPPING", _MAPPING, 422, findings)
    missing = sorted(importer.required - layout.columns.keys() - layout.constants.keys())
    if missing:
        names = [labels[name] for name in missing]
        words = Text("、".join(label.zh for label in names), ", ".join(label.en for label in names))
        raise Refused("IMP-COLUMN", _NO_COLUMNS.format(names=words), 422)


_BAD = Text(
    "{file}：第 {bad} 行不符（共 {n} 行），未导入任何内容；可以导入的：第 {good} 行",
    "{file}: {n} rows do not fit (row {bad}); nothing was imported. Rows that fit: {good}",
)
_UNREADABLE = Text("{file}：文件有 {n} 处不能读取", "{file}: {n} places cannot be read")
_EMPTY = Text("文件中没有数据行", "there is no row in the file")


def refuse_bad_rows(sheet: ImportSheet, upload: Upload, answers: list[RowAnswer]) -> None:
    """One row that does not fit refuses the file; which ones fit is told."""
    name = same(upload.name)
    if sheet.findings:
        message = _UNREADABLE.format(file=name, n=len(sheet.findings))
        raise Refused("IMP-ROWS", message, 422, sheet.findings[:MOST_TOLD])
    bad = [answer for answer in answers if answer.wrong]
    if bad:
        good = spans([answer.number for answer in answers if answer.record is not None])
        message = _BAD.format(file=name, n=len(bad), bad=spans([answer.number for answer in bad]), good=good)
        raise Refused("IMP-ROWS", message, 422, [entry for answer in bad for entry in answer.findings][:MOST_TOLD])
    if not any(answer.record is not None for answer in answers):
        there = sum(answer.aside is THERE for answer in answers)
        if there:
            raise Refused("IMP-AGAIN", _NOTHING_NEW.format(n=there), 409)
        raise Refused("IMP-EMPTY", _EMPTY, 422)


def spans(numbers: list[int]) -> str:
    """Row numbers in short: 2–5, 8."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in parts) or "—"


_BUILT = Text(
    "此后已对所导入的记录办理“{act}”（{ref}），不能整体撤销",
    "“{act}” was done to what it added since ({ref}): it cannot be undone as a whole",
)
_USED = Text("{record}已被其他记录使用（{by}），不能整体撤销", "{record} is used elsewhere ({by}): it cannot be undone")


def take_back(importer: ImportKind, call: Call, committed: Import) -> Import:
    """Everything that an import added is taken back, the last one first."""
    if importer.undo is None:
        raise Refused("IMP-UNDO", Text("该类导入不能整体撤销", "an import of this kind cannot be undone"), 409)
    for ref in reversed(committed.added):
        record = resolve(ref)
        if record is None:
            raise Refused("IMP-GONE", Text("{ref} 已不存在", "{ref} is gone").format(ref=ref), 409)
        importer.undo(call, record)
    later = Performed.objects.filter(subject__in=committed.added, action__in=importer.altered_by).order_by("-pk")
    if importer.altered_by and (last := later.first()) is not None:
        raise Refused("IMP-BUILT", _BUILT.format(act=ACTIONS[last.action].label, ref=last.subject), 409)
    committed.reason = call.data.reason
    committed.save(update_fields=["reason"])
    return committed


_OTHERWISE = Text(
    "{label}：文件中是 {found}，平台上已记为 {stored}", "{label}: the file says {found}, the platform {stored}"
)
_IS_THERE = Text("该记录已在平台，内容不同", "it stands there already, with other content")


def stands(row: Input, stored: Mapping[str, Any]) -> bool:
    """That a record stands there as a row has it; refused with each field in which it stands otherwise."""
    refuse_otherwise({name: (field_label(type(row), name), getattr(row, name), stored[name]) for name in stored})
    return True


def refuse_otherwise(fields: Mapping[str, tuple[Text, Any, Any]]) -> None:
    """Refuse a row whose fields, each by its label, say something else than what stands there."""
    findings = []
    for name, (label, stated, standing) in fields.items():
        if (stated or "") != (standing or ""):
            words = _OTHERWISE.format(label=label, found=same(str(stated or "—")), stored=same(str(standing or "—")))
            findings.append(Finding("IMP-OTHER", ERROR, "", name, str(stated or "—"), str(standing or "—"), words))
    if findings:
        raise Refused("IMP-OTHER", _IS_THERE, 409, findings)


def remove(*records: Model) -> None:
    """Rows that an import added are deleted; what something else rests on stays, and the import with it."""
    for record in records:
        try:
            record.delete()
        except ProtectedError as fault:
            other = sorted({str(entry._meta.label) for entry in fault.protected_objects})
            name = getattr(record, "name", None)
            words = name if isinstance(name, Text) else same(str(name or reference(record)))
            raise Refused("IMP-BUILT", _USED.format(record=words, by=same(", ".join(other))), 409) from fault


def call_of(importer: ImportKind, actor: Actor) -> Call:
    """A call for a dry run: by a role that may import, at this moment."""
    role = next((code for code in sorted(importer.by) if code in actor.roles), None)
    if role is None:
        raise Refused(
            "ACT-ROLE",
            Text("您的角色不能导入{title}", "Your role may not import {title}").format(title=importer.title),
            403,
        )
    two = bool(importer.terms.get("second_person"))
    return Call(actor, role, CommitInput(file=""), clock.now(), SOMEBODY if two else None, rehearsed=two)


def rows_beside(trial: Trial) -> Callable[[], PagePart | None]:
    """The rows of a file that a second person decides on, as they would be imported."""
    answers = trial.after.answers if isinstance(trial.after, Import) else ()
    return lambda: PagePart("cases/import_rows.html", answers) if answers else None


PARTS["imports"] = rows_beside
