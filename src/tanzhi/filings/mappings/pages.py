"""The pages on which a plant matches its own ledger with a form: once, kept in versions, read from then on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.roles import PLANT
from tanzhi.evidence.files import open_stored, store
from tanzhi.filings.intake.mapping import CONVERSIONS, mapped_of
from tanzhi.filings.intake.turned import turned_in, turned_of
from tanzhi.filings.plans.form import planned_firms
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of, known_forms
from tanzhi.filings.shared.inputs import stored_limit
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting
from tanzhi.presentation.intake.reader import read_file
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel import FormSpec, Guideline, form
from tanzhi.rulebook.kernel.text import Text

from .ledger import LedgerWorkbook, matches, parts_of, read_ledger
from .model import Mapping
from .row_pages import SALT, begun_by
from .rows import form_over


def _own(actor: Actor) -> list[Organisation]:
    """The organisations for which the reader files, where a monthly form is there for their guideline."""
    mine = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    return planned_firms(mine, clock.today().year)


@login_required
def mappings(request: HttpRequest) -> HttpResponse:
    """The ledgers that are known, and the way to match another one."""
    actor = actor_of(request)
    ledgers = Mapping.objects.visible_to(actor).select_related("organisation").prefetch_related("versions")
    rows = [(mapping, sorted(mapping.versions.all(), key=lambda v: v.number)) for mapping in ledgers.order_by("pk")]
    return render(request, "filings/mappings.html", {"rows": rows, "own": _own(actor), "forms": known_forms()})


@login_required
@require_POST
@takes_form
def ledger(request: HttpRequest) -> HttpResponse:
    """Take a sample of the ledger; it is kept only as long as the matching goes on from it."""
    file, own = request.FILES.get("file"), {str(firm.pk): firm for firm in _own(actor_of(request))}
    organisation = own.get(request.POST.get("organisation", ""))
    if organisation is None:
        raise out_of_scope()
    content = file.read(stored_limit() + 1) if file else b""
    guideline = accounting(organisation)
    if guideline is None:
        raise out_of_scope()
    spec = _form(f"{guideline.name}.{MONTH_FORM}")
    read = read_ledger(content, (file.name or "") if file else "", spec)
    if read.findings:
        context = {"findings": read.findings}
        return render(request, "filings/mapping_refused.html", context, status=422)
    if file is None:
        raise out_of_scope()
    file.seek(0)
    stored_file = store(file)
    begun = {
        "sha256": stored_file.sha256,
        "organisation": organisation.pk,
        "form": spec.code,
        "name": request.POST.get("name", "").strip()[:100] or (file.name or "").rpartition(".")[0][:100],
        "person": actor_of(request).person_id,
    }
    sheets = turned_in(read_file(content, file.name or ""), spec.year)
    return redirect("filings:match_rows" if sheets else "filings:match", begun=signing.dumps(begun, salt=SALT))


def _form(form_code: str) -> FormSpec:
    guideline: Guideline = guideline_of(form_code)
    return form(guideline, MONTH_FORM, clock.today().year)


@login_required
@takes_form
def match(request: HttpRequest, begun: str) -> HttpResponse:
    """Sheet by sheet: which column is which input, and in which unit it stands."""
    draft = begun_by(request, begun)
    spec = _form(draft["form"])
    with open_stored(draft["sha256"]) as file:
        read = read_ledger(file.read(), "ledger.xlsx", spec)
    mapping = Mapping.objects.filter(
        organisation=draft["organisation"], form_code=draft["form"], name=draft["name"]
    ).first()
    latest = mapping.latest if mapping else None
    sheet_matches = matches(spec, read, request.POST.dict(), mapped_of(latest.parts) if latest else [])
    if request.method == "POST" and "again" not in request.POST:
        page = _page(spec, read, draft, sheet_matches)
        data = {
            "organisation_id": draft["organisation"],
            "form_code": draft["form"],
            "name": draft["name"],
            "parts": parts_of(sheet_matches),
        }
        try:
            mapping = perform("filings.map_ledger", actor_of(request), data=data).result
        except Refused as refused:
            return render(request, "filings/match.html", {**page, "refused": refused}, status=refused.status)
        saved = Text("已保存；上传台账时在“读法”中选择“{name}”", "Saved: choose “{name}” when you upload the ledger")
        messages.success(request, say(saved.format(name=mapping.name)))
        return redirect("filings:mapping", pk=mapping.pk)
    return render(request, "filings/match.html", _page(spec, read, draft, sheet_matches))


def _page(spec: FormSpec, read: LedgerWorkbook, draft: dict[str, Any], sheet_matches: Any) -> dict[str, Any]:
    conversions = {code: words for code, (_, words) in CONVERSIONS.items()}
    return {
        "form": spec,
        "ledger": read,
        "name": draft["name"],
        "matches": sheet_matches,
        "conversions": conversions,
        "refused": None,
    }


@login_required
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """One ledger: what it maps now, and how that changed."""
    seen = Mapping.objects.visible_to(actor_of(request)).select_related("organisation")
    mapping = seen.filter(pk=pk).first()
    if mapping is None:
        raise out_of_scope()
    spec, versions = _form(mapping.form_code), list(mapping.versions.order_by("-number"))
    people = dict(Person.objects.filter(pk__in=[v.person_id for v in versions]).values_list("pk", "name"))
    version_lines = []
    for version in versions:
        lines: list[dict[str, Any]] = []  # its columns in words
        for part in mapped_of(version.parts):
            table = spec.table(part.level)
            named = {f.name: f for f in (*table.parents, table.key, *table.fields) if f} if table else {}
            lines += [
                {
                    "table": table.label if table else None,
                    "sheet": part.sheet,
                    "field": named.get(column.field),
                    "column": column,
                    "conversion": CONVERSIONS[column.conversion][1],
                }
                for column in part.columns
            ]
        for turned in turned_of(version.parts):
            for item in turned.items:
                table = form_over(guideline_of(mapping.form_code), clock.today().year).table(item.level)
                line = {
                    "table": table.label if table else None,
                    "sheet": turned.sheet,
                    "field": next((f for f in table.fields if f.name == item.field), None) if table else None,
                    "item": item,
                    "keys": "，".join(item.keys.values()),
                    "conversion": CONVERSIONS[item.conversion][1],
                }
                lines.append(line)
        version_lines.append((version, people.get(version.person_id, ""), lines))
    return render(request, "filings/mapping.html", {"mapping": mapping, "versions": version_lines, "title": spec.title})
