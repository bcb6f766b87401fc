"""What other rooms may ask of climate finance: sums over projects and their bank records, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from django.db.models import QuerySet, Sum

from tanzhi.organisations.register.model import Region
from tanzhi.rulebook.kernel.rounding import EXACT, HALF_UP, round_legally

from .bank_models import Credit, Disbursement
from .models import Project

__all__ = ["Money", "attributed", "attributed_exactly", "benefits_of", "entered", "money_of"]


def entered(region: Region, kind: str, first: date, last: date) -> QuerySet[Project]:
    """Projects of a kind of programme that entered a library between two days, whatever became of them."""
    rows: QuerySet[Project] = Project.objects.filter(
        region__path__startswith=region.path, programme__kind=kind, entered_on__range=(first, last)
    )
    return rows.select_related("owner", "region", "programme").order_by("entered_on", "number", "pk")


@dataclass(frozen=True, slots=True)
class Money:
    """What banks granted and paid for one project, fen."""

    credit: int = 0
    disbursed: int = 0


def money_of(projects: Iterable[Project], until: date) -> dict[int, Money]:
    """By project: credit and disbursements up to a day that were not cancelled, with two queries."""
    keys = [project.pk for project in projects]
    sums: dict[str, dict[int, int]] = {}
    for name, model in (("credit", Credit), ("disbursed", Disbursement)):
        rows = model.objects.filter(link__project__in=keys, on__lte=until, cancelled_at=None)
        grouped = rows.order_by().values_list("link__project").annotate(all=Sum("amount_fen"))
        sums[name] = dict(grouped)
    return {key: Money(sums["credit"].get(key, 0), sums["disbursed"].get(key, 0)) for key in keys}


def attributed(project: Project, disbursed_fen: int) -> Decimal | None:
    """The yearly reduction that goes with what was disbursed: reduction × disbursed ÷ investment, to 0.01 t."""
    if not project.reduction:
        return None
    return round_legally(attributed_exactly(project, disbursed_fen), 2, HALF_UP)


def attributed_exactly(project: Project, disbursed_fen: int) -> Decimal:
    """The same, not rounded, for sums: nil for a project without tonnes."""
    if not project.reduction:
        return Decimal(0)
    with localcontext(EXACT):
        return Decimal(project.reduction) * disbursed_fen / project.investment_fen


def benefits_of(number: str) -> list[Project]:
    """The finance projects that name a CCER project: the same tonnes are counted once (重复申领提示)."""
    return list(Project.objects.filter(credit_code=number).exclude(credit_code="")) if number else []


def by_project(rows: Iterable[Credit | Disbursement]) -> dict[int, list[Credit | Disbursement]]:
    records: dict[int, list[Credit | Disbursement]] = defaultdict(list)
    for row in rows:
        records[row.link.project_id].append(row)
    return records
