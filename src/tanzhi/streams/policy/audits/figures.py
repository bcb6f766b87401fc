"""The published figure of cleaner-production audits."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.actions.references import reference
from tanzhi.figures import FigureAnswer, Part, Question, count_of, figure
from tanzhi.figures.amounts import day
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.figure_parts import COUNT

from .queries import completed_audits

_LIST = Text("{year}年清洁生产审核名单共{total}家，截至{last}", "{total} on the list of {year}, as of {last}")


@figure(
    "cleaner.completed_audits",
    title=Text("完成清洁生产审核的企业", "Enterprises that completed the audit"),
    unit="enterprises",
    stream="cleaner",
    row=27,
)
def audits(question: Question) -> FigureAnswer:
    """Of the year's list: finished by the end of the period, and the report found complete by the authority."""
    span = question.span
    completed = completed_audits(region_of(question), span.year, span.last)
    parts = [
        Part(
            audit.organisation.name,
            Decimal(1),
            "enterprises",
            ref=reference(audit),
            detail=audit.organisation.region.name,
        )
        for audit in completed
    ]
    from .model import Audit

    place = region_of(question)
    rows = Audit.objects.filter(audit_list__year=question.span.year, organisation__region__path__startswith=place.path)
    scope = _LIST.format(year=span.year, total=rows.exclude(state="dropped").count(), last=day(span.last).short)
    return count_of(parts, COUNT.format(what=Text("已完成审核的企业", "audits completed")), scope)
