"""What programs may read of filings: forms, schemas, filings, results. Writing goes through the actions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tanzhi.actions.refusal import out_of_scope
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import standing_of
from tanzhi.filings.shared.forms import filled_form, guideline_of, known_forms
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.rulebook.kernel import GuidelineFault, form, schema

router = Router(tags=["filings"])
MOST = 500


def _visible(request: HttpRequest) -> Any:
    actor = actor_of_request(request)
    return Filing.objects.visible_to(actor)


@router.get("forms", response=dict[str, Any])
def forms(request: HttpRequest) -> dict[str, Any]:
    """Codes of the forms that may be filed, with their guideline."""
    return {code: title.as_dict() for code, title in known_forms().items()}


@router.get("forms/{code}/{year}", response=dict[str, Any])
def form_schema(request: HttpRequest, code: str, year: int, language: str = "en") -> dict[str, Any]:
    """The form's fields, and a record of it as JSON Schema."""
    if code not in known_forms():
        raise out_of_scope()
    try:
        spec = form(guideline_of(code), filled_form(code), year)
    except GuidelineFault:
        raise out_of_scope() from None
    return {"form": spec.as_dict(), "schema": schema(spec, "zh" if language.startswith("zh") else "en")}


@router.get("", response=list[dict[str, Any]])
def filings(request: HttpRequest, period: str = "", offset: int = 0) -> list[dict[str, Any]]:
    """Filings that the caller may see, by deadline."""
    rows = _visible(request).filter(period__startswith=period).select_related("organisation")
    return [_plain(filing) for filing in rows[offset : offset + MOST]]


@router.get("{pk}", response=dict[str, Any])
def filing(request: HttpRequest, pk: int) -> dict[str, Any]:
    """A filing with its versions, the latest values and what was found in them."""
    filing = _filing(request, pk)
    version = filing.latest
    versions = filing.versions.values("number", "digest", "person_name", "at", "reason", "deposited", "file_name")
    standing = standing_of(filing, version)
    return _plain(filing) | {
        "versions": list(versions),
        "record": version.record if version else {},
        "findings": [f.as_dict() for f in standing.findings],
        "unanswered": [f.as_dict() for f in standing.unanswered],
    }


@router.get("{pk}/results", response=list[dict[str, Any]])
def results(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """The computed quantities of the deposited version, as exact decimal strings."""
    filing = _filing(request, pk)
    version = filing.deposited_version
    fields = ("where", "level", "quantity", "value", "unit", "state", "release")
    return list(version.results.order_by("pk").values(*fields)) if version else []


def _filing(request: HttpRequest, pk: int) -> Filing:
    filing: Filing | None = _visible(request).filter(pk=pk).first()
    if filing is None:
        raise out_of_scope()
    return filing


def _plain(filing: Filing) -> dict[str, Any]:
    return {
        "id": filing.pk,
        "form": filing.form_code,
        "organisation": filing.organisation.code,
        "period": filing.period,
        "state": filing.state,
        "due_on": filing.due_on,
        "late": filing.late,
        "revision": filing.revision,
    }
