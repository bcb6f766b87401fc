"""Verifications, redetermined values, conflicts of interest, workload."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import code as language
from tanzhi.actions.typed import LAST_YEAR, whole
from tanzhi.filings.results.before_after import reevaluations
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.office.paper import paper as documents
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.organisations.register.model import KeyUnitStatus
from tanzhi.presentation.forms.submission import answer
from tanzhi.presentation.locations import place_words
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.checks.cross.year_books import CROSS_CHECKS
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.verification.cross_checks.model import GONE, CheckHit
from tanzhi.workflow.case.pages import case_page
from tanzhi.workflow.findings.model import CaseFinding

from .conclusion import changes_table, results_table
from .lists import CASES, CONFLICTS_LIST, WORKLOAD, register
from .methods import methods
from .model import Conflict, Verification, visible_cases
from .overlay import active, filed_cells, filed_root, industry_of, root_of
from .parts import CASE_PARTS
from .progress import counted
from .queries import RESULT
from .work import ARRANGE
from .workload import workload

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

WHOLE = Text("全企业", "Enterprise")


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """Verification cases that the reader may see."""
    actor = actor_of_request(request)
    year = whole(request.GET.get("year", ""), LAST_YEAR)
    counts = counted(actor, year) if year and actor.roles & AUTHORITY else None
    context = {"arranges": bool(actor.roles & set(ARRANGE.by)), "counts": counts}
    return CASES.respond(request, visible_cases(actor), "verification/cases.html", context)


def _case(pk: int, actor: Actor) -> Verification:
    case: Verification = get_object_or_404(visible_cases(actor), pk=pk)
    return case


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: group, papers, values before and after, conclusion."""
    actor = actor_of_request(request)
    record = _case(pk, actor)
    of_report = (
        CheckHit.objects.filter(organisation=record.organisation, year=record.year)
        .select_related("organisation__region")
        .exclude(state=GONE)
    )
    context = {
        "hits": [(hit, CROSS_CHECKS.get(hit.code)) for hit in of_report if hit.seen_by(actor)],
        "parts": [part for draw in CASE_PARTS if (part := draw(record, actor))],
        "members": record.members.select_related("person"),
        "conclusion": record.latest,
        "results": compared(record),
        "changes": changed(record),
        "reevaluations": reevaluations(record.version),
    }
    return case_page(request, record, "verification/case.html", context)


def compared(record: Verification) -> list[dict[str, Any]]:
    """Emission of each unit and of the enterprise, as filed and as it stands now."""
    before, after = filed_root(record), root_of(record)
    guideline = guideline_of(record.filing.form_code)
    filed = {node.path: node for node in before.walk()}
    industry = industry_of(record)
    totals = {guideline.top: industry.total, guideline.unit_level: industry.unit_total}
    rows = []
    for node in after.walk():
        name = totals.get(node.level)
        if name is None:
            continue
        now, was = node.value(name).number, filed[node.path].value(name).number
        rows.append(
            {
                "label": place_words(guideline, node.path) or WHOLE,
                "was": was,
                "now": now,
                "difference": now - was if isinstance(now, Decimal) and isinstance(was, Decimal) else None,
                "ref": f"{RESULT}:{record.pk}?at={node.path}&name={name}",
            }
        )
    return [*rows[1:], *rows[:1]]


def changed(record: Verification) -> list[dict[str, Any]]:
    """Redetermined cells in words."""
    cells = {cell.path: cell for cell in filed_cells(record.filing, record.version.record)}
    numbers = dict(CaseFinding.objects.filter(case=record.reference).values_list("number", "pk"))
    refs = {f"cases.casefinding:{pk}": number for number, pk in numbers.items()}
    return [
        {
            "row": row,
            "words": cells[row.path].words if row.path in cells else same(row.path),
            "method": methods(record.filing.guideline_name)[row.method],
            "finding": refs.get(row.finding),
        }
        for row in active(record)
    ]


@login_required
def statement(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The statement of values before and after, as Word or PDF."""
    record = _case(pk, actor_of_request(request))
    makers = {"pdf": documents.pdf, "docx": documents.word}
    if kind not in makers or record.latest is None:
        raise Http404
    conclusion = record.latest
    number = Text("核查报告编号 {n}", "Verification report {n}").format(n=conclusion.report_number)
    paper = documents.Paper(
        Text("{name}核查前后对照", "{name}: before and after").format(name=record.name),
        (results_table(record), changes_table(record), same(conclusion.opinion)),
        issuer=record.body.name if record.body else WHOLE,
        number=number,
        red=False,
        small=True,
    )
    name = f'attachment; filename="verification-{record.pk}.{kind}"'
    media = "application/pdf" if kind == "pdf" else "application/octet-stream"
    return HttpResponse(makers[kind](paper, language()), content_type=media, headers={"Content-Disposition": name})


@login_required
@takes_form
def redetermine(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose rejected cells of one unit, and how they are replaced."""
    actor = actor_of_request(request)
    record = _case(pk, actor)
    cells = filed_cells(record.filing, record.version.record)
    units = list(dict.fromkeys(cell.place.split(".")[0] for cell in cells))
    unit = request.GET.get("unit", "")
    unit = unit if unit in units else (units[0] if units else "")
    taken = {row.path for row in active(record)}
    ways = methods(record.filing.guideline_name)
    replaceable = {field for method in ways.values() for field in method.fields}
    options = [
        (cell.path, Text(f"{cell.words.zh} = {cell.value}", f"{cell.words.en} = {cell.value}"))
        for cell in cells
        if cell.place.startswith(unit) and cell.path not in taken and cell.field.name in replaceable
    ]
    answered = answer(
        request,
        actor,
        "verification.redetermine",
        record,
        choices={
            "cells": options,
            "method": [(code, method.label) for code, method in ways.items()],
            "finding": _findings(record),
        },
    )
    if answered.outcome is not None:
        return redirect(record)
    guideline = guideline_of(record.filing.form_code)
    context = {
        "record": record,
        "form": answered.form,
        "unit": unit,
        "units": [(place, place_words(guideline, place) or WHOLE) for place in units],
        "none": not _findings(record),
    }
    return render(request, "verification/redetermine.html", context, status=answered.form.status)


def _findings(record: Verification) -> list[tuple[str, Text]]:
    findings = CaseFinding.objects.filter(case=record.reference)
    return [(str(finding.number), same(f"{finding.number}. {finding.title}")) for finding in findings]


@login_required
@takes_form
def withdraw_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a filed value stand again."""
    actor = actor_of_request(request)
    record = _case(pk, actor)
    options = [
        (
            str(change["row"].pk),
            Text("{cell}：{filed}", "{cell}: {filed}").format(cell=change["words"], filed=change["row"].filed),
        )
        for change in changed(record)
    ]
    answered = answer(request, actor, "verification.withdraw_value", record, choices={"number": options})
    if answered.outcome is not None:
        return redirect(record)
    context = {"record": record, "form": answered.form, "units": [], "none": False}
    return render(request, "verification/redetermine.html", context, status=answered.form.status)


@login_required
def key_units(request: HttpRequest) -> HttpResponse:
    """The register in a year: who stood on the list, who entered, who left."""
    words = request.GET.get("year", "")
    year = whole(words, LAST_YEAR) or clock.today().year
    begun = Q(since__year__lte=year) & (Q(until=None) | Q(until__year__gte=year))
    actor = actor_of_request(request)
    rows = KeyUnitStatus.objects.filter(begun).select_related("organisation__region")
    # The list is public by law: whoever signed in sees all of it.
    seen = rows.filter(Q() if actor.person_id is not None else Q(pk__in=[]))
    return register(year, actor).respond(request, seen, "verification/register.html", {"year": year})


@login_required
def conflicts(request: HttpRequest) -> HttpResponse:
    """Declared conflicts of interest: an authority's region, and what a body declared of itself."""
    actor = actor_of_request(request)
    if not (AUTHORITY | {"verifier"}) & actor.roles:
        raise Http404
    own = [grant.organisation_id for grant in actor.grants if grant.role == "verifier"]
    reached = Conflict.objects.visible_to(actor).values("pk") if AUTHORITY & actor.roles else []
    seen = Conflict.objects.filter(Q(pk__in=reached) | Q(body__in=own) | Q(person__grants__organisation__in=own))
    rows = seen.distinct().select_related("organisation", "body", "person")
    return CONFLICTS_LIST.respond(request, rows, "verification/conflicts.html")


@login_required
def load(request: HttpRequest) -> HttpResponse:
    """Verifiers' workload and what they found, for a year or for all."""
    visible = Verification.objects.visible_to(actor_of_request(request))
    words = request.GET.get("year", "")
    if year := whole(words, LAST_YEAR):
        visible = visible.filter(year=year)
    years = Verification.objects.order_by("-year").values_list("year", flat=True).distinct()
    context = {"year": words, "years": list(years)}
    return WORKLOAD.respond(request, workload(visible), "verification/workload.html", context)
