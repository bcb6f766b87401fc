"""The parameter table on a case's page, and its report as Word or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from tanzhi.actions.language import code as language
from tanzhi.office.paper import paper as documents
from tanzhi.streams.verification.cases.parts import CasePart
from tanzhi.streams.verification.review.pages import case_with_papers, sees_papers

from .paper import verification_report
from .parameters import ParameterChange, ParameterRow, changes_of, parameter_rows

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tanzhi.streams.verification.cases.model import Verification


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """The year's parameters before and after, and the cells behind the differences."""

    case: Verification
    concluded: bool
    parameters: list[ParameterRow]
    changes: list[ParameterChange]

    @property
    def differing(self) -> int:
        return sum(not row.is_equal for row in self.parameters)


def parameters_of_case(case: Verification, actor: Actor) -> CasePart | None:
    """The table of parameters and the report, for whoever may see working papers."""
    if not sees_papers(actor, case):
        return None
    summary = ReportSummary(case, case.latest is not None, parameter_rows(case), changes_of(case))
    return CasePart("verification/report_part.html", summary)


@login_required
def report(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The report of a concluded verification with all its parts, as Word or PDF."""
    case = case_with_papers(request, pk)
    makers = {"pdf": documents.pdf, "docx": documents.word}
    conclusion = case.latest
    if kind not in makers or conclusion is None:
        raise Http404
    name = f'attachment; filename="verification-report-{case.pk}.{kind}"'
    media = "application/pdf" if kind == "pdf" else "application/octet-stream"
    content = makers[kind](verification_report(case, conclusion), language())
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": name})
