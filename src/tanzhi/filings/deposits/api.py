"""What programs may read of filings: forms, schemas, filings, results. Writing goes through the actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, WithJsonSchema

from tanzhi.actions.refusal import out_of_scope
from tanzhi.actions.typed import fault_in, whole
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import standing_of
from tanzhi.filings.shared.forms import filled_form, guideline_of, known_forms
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.presentation.records.kind import KINDS, code_of, with_code
from tanzhi.rulebook.kernel import GuidelineFault, form, schema

router = Router(tags=["filings"])
MOST = 500
FoundHere = Annotated[dict[str, Any], WithJsonSchema({"x-shape": "finding"})]


class FormTitle(Schema):
    """What a form is called."""

    zh: str
    en: str


class FormDescription(Schema):
    """A form as the rules of a year have it, and a record of it as JSON Schema."""

    form: dict[str, Any]
    record_schema: dict[str, Any] = Field(alias="schema")


class FilingState(Schema):
    """A filing and where it stands."""

    id: int
    code: str
    form: str
    organisation: str
    period: str
    state: str
    due_on: date | None
    late: bool
    revision: int


class FilingVersion(Schema):
    """One version of the values, as it was saved."""

    number: int
    digest: str
    person_name: str
    at: datetime
    reason: str
    deposited: bool
    file_name: str


class FilingContent(FilingState):
    """A filing with its versions, the latest values, what was found in them and what of that is to be answered."""

    versions: list[FilingVersion]
    record: dict[str, Any]
    findings: list[FoundHere]
    unanswered: list[FoundHere]


class FilingQuantity(Schema):
    """A computed quantity: an exact decimal in words, or why there is none."""

    where: str
    level: str
    quantity: str
    value: str | None
    unit: str
    state: str
    release: str


def _visible(request: HttpRequest) -> Any:
    actor = actor_of_request(request)
    return Filing.objects.visible_to(actor)


@router.get("forms", response=dict[str, FormTitle], operation_id="list_forms")
def forms(request: HttpRequest) -> dict[str, Any]:
    """Codes of the forms that may be filed, with their guideline."""
    return {code: title.as_dict() for code, title in known_forms().items()}


@router.get("forms/{code}/{year}", response=FormDescription, by_alias=True, operation_id="read_form")
def form_schema(request: HttpRequest, code: str, year: int, language: str = "en") -> dict[str, Any]:
    """The form's fields, and a record of it as JSON Schema."""
    if code not in known_forms():
        raise out_of_scope()
    try:
        spec = form(guideline_of(code), filled_form(code), year)
    except GuidelineFault:
        raise out_of_scope() from None
    return {"form": spec.as_dict(), "schema": schema(spec, "zh" if language.startswith("zh") else "en")}


@router.get("", response=list[FilingState], operation_id="list_filings_by_deadline")
def filings(request: HttpRequest, period: str = "", offset: int = 0) -> list[dict[str, Any]]:
    """Filings that the caller may see, by deadline."""
    rows = _visible(request).filter(period__startswith=period).select_related("organisation")
    return [_plain(filing) for filing in rows[offset : offset + MOST]]


@router.get("{code}", response=FilingContent, operation_id="read_filing_content")
def filing(request: HttpRequest, code: str) -> dict[str, Any]:
    """A filing, by its code or its number, with its versions, the latest values and what was found in them."""
    filing = _filing(request, code)
    version = filing.latest
    versions = filing.versions.values("number", "digest", "person_name", "at", "reason", "deposited", "file_name")
    standing = standing_of(filing, version)
    return _plain(filing) | {
        "versions": list(versions),
        "record": version.record if version else {},
        "findings": [f.as_dict() for f in standing.findings],
        "unanswered": [f.as_dict() for f in standing.unanswered],
    }


@router.get("{code}/results", response=list[FilingQuantity], operation_id="read_filing_quantities")
def results(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """The computed quantities of the deposited version, as exact decimal strings."""
    filing = _filing(request, code)
    version = filing.deposited_version
    fields = ("where", "level", "quantity", "value", "unit", "state", "release")
    return list(version.results.order_by("pk").values(*fields)) if version else []


def _filing(request: HttpRequest, code: str) -> Filing:
    """The filing of a code, or of a number as the first programs named it."""
    key, rows = whole(code), _visible(request)
    if key is None and fault_in(code):
        raise out_of_scope()
    of_code = rows.filter(pk=key) if key is not None else with_code(KINDS["filings"], rows, code)
    filing: Filing | None = of_code.first()
    if filing is None:
        raise out_of_scope()
    return filing


def _plain(filing: Filing) -> dict[str, Any]:
    return {
        "id": filing.pk,
        "code": code_of(KINDS["filings"], filing),
        "form": filing.form_code,
        "organisation": filing.organisation.code,
        "period": filing.period,
        "state": filing.state,
        "due_on": filing.due_on,
        "late": filing.late,
        "revision": filing.revision,
    }
