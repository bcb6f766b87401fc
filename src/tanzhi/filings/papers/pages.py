"""Report and receipt of a filing as pages in words, and as Word and PDF."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanzhi.actions.language import code, say
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.version_pages import visible_filing
from tanzhi.office.paper.paper import Heading, Paper, Table, pdf, word
from tanzhi.rulebook.kernel.text import Text

from .papers import deposit_entry, receipt_paper, report_paper

PAPERS = {"report": report_paper, "receipt": receipt_paper}
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
NOT_YET = {
    "report": Text("尚未存证，存证后可取报告", "Not deposited yet: the report comes with the deposit"),
    "receipt": Text("尚未封存，请稍后再取回执", "Not sealed yet: come back for the receipt"),
}


@login_required
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A report or a receipt to read, with its files and what proves it."""
    filing = visible_filing(request, pk)
    content = _paper(filing, kind)
    if content is None:
        messages.warning(request, say(NOT_YET[kind]))
        return redirect(filing)
    # Each block as the page's template reads it: it says what it is.
    blocks: list[dict[str, object]] = []
    for block in content.blocks:
        if isinstance(block, Table):
            rows = [[(cell, at in block.numbers) for at, cell in enumerate(row)] for row in block.rows]
            blocks.append({"table": block, "rows": rows})
        else:
            blocks.append({"heading": block.words} if isinstance(block, Heading) else {"words": block})
    context = {
        "filing": filing,
        "paper": content,
        "kind": kind,
        "entry": deposit_entry(filing),
        "blocks": blocks,
    }
    return render(request, "filings/paper.html", context)


@login_required
def paper_file(request: HttpRequest, pk: int, kind: str, form: str) -> HttpResponse:
    """The same as Word or PDF, in the reader's language."""
    filing = visible_filing(request, pk)
    if form not in FORMS:
        raise Http404(form)
    content = _paper(filing, kind)
    if content is None:
        messages.warning(request, say(NOT_YET[kind]))
        return redirect(filing)
    data = word(content, code()) if form == "docx" else pdf(content, code())
    response = HttpResponse(data, content_type=FORMS[form])
    name = f"{kind}-{filing.organisation.code}-{filing.period}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _paper(filing: Filing, kind: str) -> Paper | None:
    if kind not in PAPERS:
        raise Http404(kind)
    return PAPERS[kind](filing)
