"""The page on which a month is read, and returned with remarks to its cells or passed; and where they are answered."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.typed import whole
from tanzhi.filings.months.cells import acts_for, cell_words, cells_of, marks_of
from tanzhi.filings.months.model import DEPOSITED, Filing, Remark, RemarkAnswer, Version
from tanzhi.filings.months.sheets import read_sheets
from tanzhi.filings.months.status import form_of
from tanzhi.filings.months.version_pages import visible_filing
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.presentation.forms.buttons import may
from tanzhi.presentation.locations import month_words
from tanzhi.presentation.request import actor_of
from tanzhi.presentation.sheets.sheet import CellMark, anchor_of
from tanzhi.rulebook.kernel.finding import NOTE, Finding
from tanzhi.rulebook.kernel.text import Text

RETURNS = ("filings.return_month", "filings.return_to_clerk")
PASSES = "filings.pass_month"
MOST_CELLS = 200
UNANSWERED, ANSWERED = Text("意见未答复", "remark to answer"), Text("意见已答复", "remark answered")


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
    acts: list[tuple[Text, str]]  # what else may be begun at the cell


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """A remark with its cell in words, what is said where the latest version has that cell no more, its answers."""

    remark: Remark
    place: Text | None
    gone: Finding | None
    answers: list[RemarkAnswer]

    @property
    def anchor(self) -> str:
        """Where its cell stands on the page of the latest version."""
        return "" if self.gone or not self.remark.field else self.cell

    @property
    def cell(self) -> str:
        """Where its cell stands on the page of the version that it was written to."""
        return anchor_of(self.remark.where, self.remark.field)

    @property
    def mark(self) -> CellMark:
        """How the grid shows it at its cell."""
        words, tone = (ANSWERED, "ok") if self.answers else (UNANSWERED, "due")
        return CellMark(self.remark.where, self.remark.field, words, f"#remark-{self.remark.pk}", tone)


_GONE = Text("第 {n} 版已没有意见所指的单元格：{place}", "version {n} no longer has the cell of this remark: {place}")
_WHERE_NOW = Text(
    "在答复中说明该处数据改在何处或为何删去", "an answer that says where its data stand now or why they are gone"
)


def gone_cell(
    filing: Filing, latest: Version | None, remark: Remark, existing: Container[tuple[str, str]]
) -> Finding | None:
    """What is told of a remark whose cell a later version has no more; the remark itself stays to be answered."""
    if not remark.field or (remark.where, remark.field) in existing:
        return None
    place = cell_words(filing, remark.where, remark.field)
    message = _GONE.format(n=latest.number if latest else 0, place=place)
    return Finding("FIL-GONE", NOTE, remark.where, remark.field, place, _WHERE_NOW, message)


def round_marks(rows: list[RemarkRow]) -> list[CellMark]:
    """The cells of the last round of remarks: those that wait for an answer, and those that have one."""
    last = {row.remark.version_id for row in rows[:1]}
    return [row.mark for row in rows if row.remark.field and row.remark.version_id in last]


def remark_rows(filing: Filing) -> list[RemarkRow]:
    """Every remark to a month, the newest first."""
    remarks = list(filing.remarks.select_related("version").prefetch_related("answers").order_by("-pk"))
    latest = filing.latest if remarks else None
    existing = cells_of(form_of(filing), latest.record) if latest else {}
    return [
        RemarkRow(
            remark,
            cell_words(filing, remark.where, remark.field) if remark.field else None,
            gone_cell(filing, latest, remark, existing),
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
    version = filing.deposited_version if filing.state == DEPOSITED else filing.latest
    lines, refusal = _lines(request, filing, version), None
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
    rows = remark_rows(filing)
    context = {
        "filing": filing,
        "version": version,
        "period": month_words(filing.period),
        "sheets": read_sheets(
            filing,
            version.record if version else {},
            [row.remark for row in rows if not row.answers],
            marks_of(actor, filing),
        ),
        "lines": lines,
        "remark": request.POST.get("remark", ""),
        "returns": any(name in acts for name in RETURNS),
        "passes": PASSES in acts,
        "refusal": refusal,
        "rows": rows,
        "guideline": guideline_of(filing.form_code),
    }
    return render(request, "filings/review.html", context, status=refusal.status if refusal else 200)


def _lines(request: HttpRequest, filing: Filing, version: Version | None) -> list[RemarkLine]:
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
    acts = acts_for(actor_of(request), filing) if version and version.deposited else []
    return [
        RemarkLine(
            *cell,
            cell_words(filing, cell[0], cell[1]),
            [(act.label, act.address(filing, version, cell[0], cell[1])) for act in acts if version],
        )
        for cell in cells
    ]
