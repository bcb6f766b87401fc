"""The page on which a month is read, and returned with remarks to its cells or passed; and where they are answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.typed import whole
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.presentation.forms.buttons import may
from tanzhi.presentation.locations import month_words
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text

from .model import DEPOSITED, Filing, Remark, RemarkAnswer
from .review import cell_words, cells_of
from .sheets import read_sheets
from .status import form_of
from .version_pages import visible_filing

RETURNS = ("filings.return_month", "filings.return_to_clerk")
PASSES = "filings.pass_month"
MOST_CELLS = 200


def reading_acts(actor: Actor, filing: Filing) -> list[str]:
    """What this reader could do with a month that he reads: return it, pass it."""
    return [name for name in (*RETURNS, PASSES) if may(actor, ACTIONS[name], filing)]


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A remark to a cell that is being written."""

    where: str
    field: str
    text: str
    place: Text


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark with its cell in words, whether the latest version still has that cell, and its answers."""

    remark: Remark
    place: Text | None
    gone: bool
    answers: list[RemarkAnswer]


def remark_rows(filing: Filing) -> list[RemarkRow]:
    """Every remark to a month, the newest first."""
    remarks = list(filing.remarks.select_related("version").prefetch_related("answers").order_by("-pk"))
    latest = filing.latest if remarks else None
    existing = cells_of(form_of(filing), latest.record) if latest else set()
    return [
        RemarkRow(
            remark,
            cell_words(filing, remark.where, remark.field) if remark.field else None,
            bool(remark.field) and (remark.where, remark.field) not in existing,
            list(remark.answers.all()),
        )
        for remark in remarks
    ]


@login_required
@takes_form
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A month as it was checked or deposited: each cell takes a remark; typed words stay until they are sent."""
    filing, actor = visible_filing(request, pk), actor_of(request)
    acts = reading_acts(actor, filing)
    if not acts:
        raise out_of_scope()
    lines, refusal = _lines(request, filing), None
    decision = request.POST.get("decision", "")
    if decision in ("return", "pass"):
        act = PASSES if decision == "pass" else next((name for name in RETURNS if name in acts), RETURNS[0])
        cells = [{"where": line.where, "field": line.field, "text": line.text} for line in lines]
        data = {} if act == PASSES else {"remark": request.POST.get("remark", ""), "cells": cells}
        try:
            perform(act, actor, filing, data, seen=whole(request.POST.get("seen", "")))
        except Refused as refused:
            if refused.status == 404:
                raise
            refusal = refused
        else:
            messages.success(request, say(Text("已办理", "Done")))
            return redirect(filing)
    version = filing.deposited_version if filing.state == DEPOSITED else filing.latest
    context = {
        "filing": filing,
        "version": version,
        "period": month_words(filing.period),
        "sheets": read_sheets(filing, version.record if version else {}),
        "lines": lines,
        "remark": request.POST.get("remark", ""),
        "returns": any(name in acts for name in RETURNS),
        "passes": PASSES in acts,
        "refusal": refusal,
        "rows": remark_rows(filing),
        "guideline": guideline_of(filing.form_code),
    }
    return render(request, "filings/review.html", context, status=refusal.status if refusal else 200)


def _lines(request: HttpRequest, filing: Filing) -> list[RemarkLine]:
    """The remarks as typed so far, less one that is taken away, and a new one for the cell that was pressed."""
    sent, cells = request.POST, list[tuple[str, str, str]]()
    for at in range(MOST_CELLS):
        if f"field-{at}" not in sent:
            break
        if sent.get("drop") != str(at):
            cells.append((sent.get(f"where-{at}", ""), sent[f"field-{at}"], sent.get(f"text-{at}", "")))
    where, _, field = sent.get("add", "").rpartition("|")
    if field and (where, field) not in {cell[:2] for cell in cells}:
        cells.append((where, field, ""))
    return [RemarkLine(*cell, cell_words(filing, cell[0], cell[1])) for cell in cells]


@login_required
@require_POST
@takes_form
def answer(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """The plant's answer to one remark."""
    filing = visible_filing(request, pk)
    try:
        data = {"remark": remark, "text": request.POST.get("text", "")}
        perform("filings.answer_remark", actor_of(request), filing, data)
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, f"{say(refused.message)} ({refused.code})")
    else:
        messages.success(request, say(Text("已答复", "Answered")))
    return redirect(f"{filing.get_absolute_url()}#remarks")
