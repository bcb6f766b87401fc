"""Pages of an import: upload, map columns and read the answers row by row, what was imported."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tanzhi.actions.forms import takes_form
from tanzhi.actions.references import resolve
from tanzhi.actions.refusal import Refused
from tanzhi.actions.registry import perform
from tanzhi.evidence.files import receive
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.rulebook.kernel.text import Text

from .model import IMPORTERS, Import
from .work import Importer, call_of, dry_run, guessed, sheet_of

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor


MOST_BYTES = 10 * 2**20
SHOWN = 200
NO_FILE = Text("请选择文件", "Choose a file")


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
    earlier = Import.objects.visible_to(actor).filter(importer=name)[:20]
    context = {
        "importer": declared,
        "columns": [
            {"label": label, "required": name in declared.required, "choices": list(declared.choices(name).values())}
            for name, label in declared.labels.items()
        ],
        "earlier": earlier,
        "refusal": refusal,
    }
    return render(request, "cases/importer.html", context, status=422 if refusal else 200)


@login_required
@takes_form
def mapping(request: HttpRequest, name: str, sha256: str) -> HttpResponse:
    """Which column is what, and what every row would come to; posted with `commit`, it is imported."""
    actor = actor_of_request(request)
    importer = _importer(name, actor)
    sheet, upload = sheet_of(importer, sha256, actor)
    # What was posted, or what the headings suggest.
    if request.method != "POST":
        columns = guessed(importer, sheet)
    else:
        posted = {name: request.POST.get(f"column-{name}", "") for name in importer.labels}
        columns = {name: head for name, head in posted.items() if head in sheet.headings}
    refusal = None
    if request.method == "POST" and "commit" in request.POST:
        try:
            key = request.POST.get("key") or None
            data = {"file": sha256, "mapping": columns}
            done = perform(importer.commit_name, actor, data=data, idempotency_key=key).result
            return redirect(done)
        except Refused as refused:
            refusal = refused
    answers = [] if sheet.findings else dry_run(importer, call_of(importer, actor), sheet, columns)
    bad = [answer for answer in answers if answer.findings]
    context = {
        "importer": importer,
        "sheet": sheet,
        "upload": upload,
        "fields": [(field, label, columns.get(field, "")) for field, label in importer.labels.items()],
        "missing": sorted(importer.required - columns.keys()),
        "answers": sorted(answers, key=lambda answer: not answer.findings)[:SHOWN],
        "count": len(answers),
        "bad": len(bad),
        "shown": SHOWN,
        "refusal": refusal,
        "key": request.POST.get("key") or uuid.uuid4().hex,
    }
    return render(request, "cases/import_mapping.html", context, status=refusal.status if refusal else 200)


@login_required
def committed(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what it added, and the button that undoes it."""
    actor = actor_of_request(request)
    done: Import = get_object_or_404(Import, pk=pk)
    if not actor.sees(done.place) or done.importer not in IMPORTERS:
        raise Http404
    records = [record for ref in done.added[:SHOWN] if (record := resolve(ref)) is not None]
    rows = [
        (getattr(record, "name", None), str(record.get_absolute_url()) if hasattr(record, "get_absolute_url") else "")
        for record in records
    ]
    undo = buttons(actor, [done.declared.undo_name], done, request.path) if done.declared.undo else []
    return render(request, "cases/import.html", {"done": done, "rows": rows, "buttons": undo})


@login_required
def template(request: HttpRequest, name: str) -> HttpResponse:
    """An empty workbook with the headings that are read without mapping."""
    importer = _importer(name, actor_of_request(request))
    # loaded by the first workbook, not by every start
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise Http404
    for at, (field, label) in enumerate(importer.labels.items(), 1):
        cell = sheet.cell(1, at, f"{label.zh} {label.en}{'*' if field in importer.required else ''}")
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = 24
    out = io.BytesIO()
    book.save(out)
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    disposition = f'attachment; filename="{name.replace(".", "-")}.xlsx"'
    return HttpResponse(out.getvalue(), content_type=media, headers={"Content-Disposition": disposition})
