"""Pages of what an earlier law computed: every stream's standing records, and one comparison before and after."""

from __future__ import annotations

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.visibility import seen
from tanzhi.evidence.until_next_act import UntilNextAct
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text

from .comparison import ADMINISTRATOR, COMPARE, is_at_work
from .earlier import NOT_STORED, STREAMS, Earlier, ValueChange, computed_earlier
from .evaluation import release
from .models import (
    APPROVED,
    BARRED,
    CHANGED,
    KEPT,
    MEANWHILE,
    RECORD_STATES,
    SAME,
    Comparison,
)
from .pages import reader_of

PAGE = 50  # records on one page of a comparison
RECENT = 20
ORDER = {state: place for place, state in enumerate((MEANWHILE, BARRED, CHANGED, KEPT, SAME))}  # the urgent ones first
TONES = {CHANGED: "due", KEPT: "ok", MEANWHILE: "late", BARRED: "late", SAME: ""}


_EARLIER: UntilNextAct[list[Earlier]] = UntilNextAct(50)


@login_required
@takes_form
def earlier(request: HttpRequest) -> HttpResponse:
    """What stands by a law that is not in force any more, stream by stream; an administrator begins a comparison."""
    actor = reader_of(request)
    refusal: Text | None = None
    if request.method == "POST":
        data = {name: request.POST.get(name, "") for name in ("stream", "guideline", "year")}
        try:
            return redirect(reverse("web:job", args=[perform(COMPARE, actor, data=data).result.pk]))
        except Refused as refused:
            refusal = refused.message
    context = {
        "groups": _EARLIER.of((actor.known_by, clock.today()), lambda: computed_earlier(actor)),
        "compares": bool(ADMINISTRATOR & actor.roles),
        "comparisons": Comparison.objects.all()[:RECENT],
        "not_stored": [(guidelines()[name].title, why) for name, why in sorted(NOT_STORED.items())],
        "refusal": refusal,
    }
    return render(request, "law/earlier.html", context, status=409 if refusal else 200)


@login_required
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """Before and after of every record, with what became of it; two people decide on exactly this."""
    actor = reader_of(request)
    row = get_object_or_404(Comparison, pk=pk)
    records = list(row.records.all())
    visible = seen(actor, (record.record for record in records))
    readable = sorted((row for row in records if row.record in visible), key=lambda row: ORDER[row.state])
    page = Paginator(readable, PAGE).get_page(request.GET.get("page"))
    counts = Counter(record.state for record in records)
    names = STREAMS[row.stream].names([record.key for record in page])
    rows = []
    for record in page:
        name, address = names.get(record.key, (Text(record.record, record.record), ""))
        changes = [
            ValueChange(**change | {"label": Text(**change["label"]), "place": Text(**change["place"])})
            for change in record.changes
        ]
        line = {"record": record, "name": name, "address": address, "changes": changes, "tone": TONES[record.state]}
        rows.append(line)
    context = {
        "comparison": row,
        "guideline": guidelines()[row.guideline],
        "stream": STREAMS[row.stream],
        "page": page,
        "rows": rows,
        "counts": [(label, counts[state], TONES[state]) for state, label in RECORD_STATES.items() if counts[state]],
        "hidden": len(records) - len(readable),
        "changed": counts[CHANGED],
        "handled": counts[KEPT] + counts[MEANWHILE],
        "whole": counts[KEPT] + counts[MEANWHILE] + counts[CHANGED],
        "at_work": row.state == APPROVED,
        "begun": row.state == APPROVED and is_at_work(row),
        "in_force": release(guidelines()[row.guideline]) == row.release,
    }
    return render(request, "law/comparison.html", context)
