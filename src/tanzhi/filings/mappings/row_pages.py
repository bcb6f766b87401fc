"""The page on which a plant matches a report that is laid out by rows: item by item, once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.evidence.files import open_stored
from tanzhi.filings.intake.mapping import CONVERSIONS
from tanzhi.filings.intake.turned import turned_in, turned_of
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of
from tanzhi.filings.shared.units import units_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.intake.reader import read_file
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text

from .model import Mapping
from .rows import choices_of, form_over, inputs_offered, part_of, tables_offered

SALT = "filings.ledger"
DAYS = 7


def begun_by(request: HttpRequest, begun: str) -> dict[str, Any]:
    """What was begun with a sample, for whoever began it."""
    try:
        draft: dict[str, Any] = signing.loads(begun, salt=SALT, max_age=DAYS * 86400)
    except signing.BadSignature:
        raise out_of_scope() from None
    if draft["person"] != actor_of(request).person_id:
        raise out_of_scope()
    return draft


@login_required
@takes_form
def match_rows(request: HttpRequest, begun: str) -> HttpResponse:
    """Item by item: which input of which unit and material it is, and in which unit it stands."""
    draft = begun_by(request, begun)
    guideline = guideline_of(draft["form"])
    spec = form_over(guideline, clock.today().year)
    with open_stored(draft["sha256"]) as file:
        sheets = turned_in(read_file(file.read(), "report.xlsx"), spec.year)
    if not sheets:
        raise out_of_scope()
    chosen_name = request.POST.get("sheet", "")
    turned = next((each for each in sheets if each.sheet.name == chosen_name), sheets[0])
    organisation = Organisation.objects.get(pk=draft["organisation"])
    earlier = Mapping.objects.filter(organisation=organisation, form_code=draft["form"], name=draft["name"]).first()
    latest = earlier.latest if earlier else None
    before = [item for part in turned_of(latest.parts) for item in part.items] if latest else []
    units = [unit.number for unit in units_of(organisation)]
    choices = choices_of(guideline, spec, turned, units, sent=request.POST.dict(), before=before)
    cached = "cached" in request.POST
    refusal = None
    if request.method == "POST" and "again" not in request.POST:
        part = part_of(guideline, turned, choices, cached)
        data = {"organisation_id": organisation.pk, "form_code": draft["form"], "name": draft["name"], "part": part}
        try:
            mapping = perform("filings.map_rows", actor_of(request), data=data).result
        except Refused as refused:
            refusal = refused
        else:
            saved = Text(
                "已保存；上传报表时在“读法”中选择“{name}”", "Saved: choose “{name}” when you upload the report"
            )
            messages.success(request, say(saved.format(name=mapping.name)))
            return redirect("filings:mapping", pk=mapping.pk)
    context = {
        "form": spec,
        "name": draft["name"],
        "sheets": sheets,
        "turned": turned,
        "choices": choices,
        "tables": [(table, inputs_offered(table)) for table in tables_offered(spec)],
        "materials": [t.key for t in tables_offered(spec) if t.key and t.level != MONTH_FORM],
        "units": units,
        "unit_label": guideline.levels[guideline.unit_level].label,
        "conversions": {code: words for code, (_, words) in CONVERSIONS.items()},
        "cached": cached,
        "refused": refusal,
    }
    return render(request, "filings/match_rows.html", context, status=refusal.status if refusal else 200)
