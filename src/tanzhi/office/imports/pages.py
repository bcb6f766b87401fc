"""Pages of an import: upload, map columns and read the answers row by row, what was imported."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.references import reference, resolve
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import perform
from tanzhi.evidence.files import receive
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.rulebook.kernel.text import Text

from .declaration import YES_NO
from .model import IMPORTERS, Import, Layout
from .work import (
    BESIDE,
    Importer,
    call_of,
    dry_run,
    guessed,
    imports_of,
    kept_layout,
    refuse_again,
    sheet_of,
    standing_imports,
    unread,
)

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

    from .sheet_reader import ImportSheet


MOST_BYTES = 10 * 2**20
SHOWN = 200
MOST_CHOICES = 400
NO_FILE = Text("请选择文件", "Choose a file")
PROPOSED = Text("已提交，等待另一人审批", "Handed in: it waits for a second person")
YES, NO = Text("是", "Yes"), Text("否", "No")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class MappedField:
    """A field on the page of the mapping: which column it is taken from, or what holds in every row."""

    name: str
    label: Text
    column: str
    constant: str
    options: list[tuple[str, Text]]
    needed: bool
    missing: bool


def _importer(name: str, actor: Actor) -> Importer:
    """The declared import, for whom it is meant."""
    importer: Importer | None = IMPORTERS.get(name)
    if importer is None or not importer.by & actor.roles:
        raise Http404
    return importer


@login_required
@takes_form
def importer(request: HttpRequest, name: str) -> HttpResponse:
    """Upload a file; earlier imports stand below."""
    actor = actor_of_request(request)
    declared = _importer(name, actor)
    refusal = None
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is not None and (file.size or 0) <= MOST_BYTES:
            kind = file.content_type or "application/octet-stream"
            upload = receive(file, file.name or "", kind, actor.person_id or 0)
            return redirect("cases:import_mapping", name, upload.file.sha256)
        refusal = Refused("IMP-FILE", NO_FILE, 422)
    earlier = imports_of(declared, actor)[:20]
    context = {
        "importer": declared,
        "columns": [
            {
                "label": label,
                "required": field in declared.required,
                "choices": list(declared.options(field, actor).values())[:MOST_CHOICES],
                "help": declared.help(field),
            }
            for field, label in declared.labels.items()
        ],
        "earlier": earlier,
        "refusal": refusal,
        "second_person": bool(declared.terms.get("second_person")),
    }
    return render(request, "cases/importer.html", context, status=422 if refusal else 200)


@login_required
@takes_form
def mapping(request: HttpRequest, name: str, sha256: str) -> HttpResponse:
    """Which column is what, and what every row would come to; posted with `commit`, it is imported."""
    actor = actor_of_request(request)
    importer = _importer(name, actor)
    sheet, upload = sheet_of(importer, sha256, actor)
    layout, is_repeated = layout_of(request, importer, actor, sheet)
    refusal = None
    if request.method == "POST" and "commit" in request.POST:
        try:
            key = request.POST.get("key") or None
            data = {"file": sha256, "mapping": layout.columns, "constants": layout.constants}
            outcome = perform(importer.commit_name, actor, data=data, idempotency_key=key)
            if outcome.proposal is not None:
                messages.success(request, say(PROPOSED))
                return redirect("cases:proposal", outcome.proposal.pk)
            return redirect(outcome.result)
        except Refused as refused:
            if refused.code == "ACT-PASSWORD":
                raise
            refusal = refused
    call = call_of(importer, actor)
    if refusal is None:
        try:
            refuse_again(importer, upload, layout.constants, call)
        except Refused as refused:
            refusal = refused
    answers = [] if sheet.findings else dry_run(importer, call, sheet, layout.columns, layout.constants)
    missing = importer.required - layout.columns.keys() - layout.constants.keys()
    context = {
        "importer": importer,
        "sheet": sheet,
        "upload": upload,
        "kept": is_repeated,
        "fields": mapped_fields(importer, actor, layout, missing),
        "missing": sorted(missing),
        "unread": unread(sheet, layout.columns),
        "answers": sorted(answers, key=lambda answer: (not answer.wrong, not answer.findings))[:SHOWN],
        "count": sum(answer.record is not None for answer in answers),
        "total": len(answers),
        "bad": sum(answer.wrong for answer in answers),
        "aside": sum(answer.aside is not None for answer in answers),
        "shown": SHOWN,
        "refusal": refusal,
        "before": next(iter(standing_imports(importer, upload, call)), None),
        "key": request.POST.get("key") or uuid.uuid4().hex,
    }
    return render(request, "cases/import_mapping.html", context, status=refusal.status if refusal else 200)


def layout_of(request: HttpRequest, importer: Importer, actor: Actor, sheet: ImportSheet) -> tuple[Layout, bool]:
    """What was posted; or what the last file with these headings was read by, or what the headings suggest."""
    if request.method == "POST":
        posted = {name: request.POST.get(f"column-{name}", "") for name in importer.labels}
        constants = {name: request.POST.get(f"constant-{name}", "").strip() for name in importer.labels}
        columns = {name: head for name, head in posted.items() if head in sheet.headings}
        return Layout(columns, {name: words for name, words in constants.items() if words}), False
    before = None if sheet.findings else kept_layout(importer, actor, sheet)
    return (before, True) if before else (Layout(guessed(importer, sheet)), False)


def mapped_fields(importer: Importer, actor: Actor, layout: Layout, missing: set[str]) -> list[MappedField]:
    fields = []
    for name, label in importer.labels.items():
        options = list(importer.options(name, actor).items())
        if importer.kind_of(name, actor) == YES_NO:
            options = [("true", YES), ("false", NO)]
        if len(options) > MOST_CHOICES:
            options = []
        column, constant = layout.columns.get(name, ""), layout.constants.get(name, "")
        needed = name in importer.required
        fields.append(MappedField(name, label, column, constant, options, needed, name in missing))
    return fields


@login_required
def committed(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what it added, and the button that undoes it."""
    actor = actor_of_request(request)
    done: Import = get_object_or_404(Import, pk=pk)
    if done.importer not in IMPORTERS:
        raise Http404
    if not actor.sees(done.place) and not any(actor.reaches(role, done.place) for role in done.declared.by):
        raise Http404
    records = [record for ref in done.added[:SHOWN] if (record := resolve(ref)) is not None]
    rows = [
        (
            getattr(record, "name", None) or reference(record),
            str(record.get_absolute_url()) if hasattr(record, "get_absolute_url") else "",
        )
        for record in records
    ]
    labels, layout = done.declared.labels, done.layout
    context: dict[str, Any] = {
        "done": done,
        "imports": bool(done.declared.by & actor.roles),
        "rows": rows,
        "shown": SHOWN,
        "buttons": buttons(actor, [done.declared.undo_name], done, request.path) if done.declared.undo else [],
        "parts": [part for show in BESIDE.get(done.importer, ()) if (part := show(done, actor)) is not None],
        "columns": [(labels[name], head) for name, head in layout.columns.items() if name in labels],
        "constants": [(labels[name], words) for name, words in layout.constants.items() if name in labels],
        "unread": done.mapping.get("unread", []) if isinstance(done.mapping.get("unread"), list) else [],
        "aside": done.mapping.get("aside", 0) if isinstance(done.mapping.get("aside"), int) else 0,
    }
    return render(request, "cases/import.html", context)


@login_required
def template(request: HttpRequest, name: str) -> HttpResponse:
    """A workbook with the headings that are read without mapping, lists to choose from and an example."""
    actor = actor_of_request(request)
    return workbook_answer(_importer(name, actor), actor, "template")


@login_required
def present(request: HttpRequest, name: str) -> HttpResponse:
    """What stands there, in the shape in which it can be imported elsewhere."""
    actor = actor_of_request(request)
    declared = _importer(name, actor)
    if declared.rows is None:
        raise Http404
    return workbook_answer(declared, actor, f"{clock.today():%Y%m%d}")


def workbook_answer(importer: Importer, actor: Actor, ending: str) -> HttpResponse:
    from .template import workbook  # openpyxl is loaded by the first workbook, not by every start

    rows = importer.rows(actor) if importer.rows and ending != "template" else None
    disposition = f'attachment; filename="{importer.name.replace(".", "-")}-{ending}.xlsx"'
    content = workbook(importer, actor, rows)
    return HttpResponse(content, content_type=WORKBOOK, headers={"Content-Disposition": disposition})
