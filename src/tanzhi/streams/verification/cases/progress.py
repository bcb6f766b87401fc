"""Reports verified of those that are to be verified this year, as the list of cases counts them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import reporting_keys
from tanzhi.organisations.sectors import computed
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.progress import PeriodProgress, register_progress

from .model import Verification
from .queries import TOLD

VERIFIED = Text("排放报告核查", "Reports verified")
YEAR = Text("{year} 年度", "{year}")
UNIT = Text("家", "plants")
NOT_ARRANGED = Text("{n} 家未安排", "{n} not arranged")


@dataclass(frozen=True, slots=True)
class VerificationCount:
    """Of the plants that report for a year: how many were told a result, and how many have no case."""

    year: int
    whole: int
    verified: int
    not_arranged: int


def counted(actor: Actor, year: int) -> VerificationCount:
    """Of the plants that this reader sees."""
    visible = Organisation.objects.visible_to(actor).order_by()
    firms = reporting_keys(year, computed(), clock.today()) & set(visible.values_list("pk", flat=True))
    rows = Verification.objects.filter(year=year, organisation__in=visible.values("pk")).order_by()
    cases = {key: state for key, state in rows.values_list("organisation_id", "state") if key in firms}
    verified = sum(state in TOLD for state in cases.values())
    return VerificationCount(year, len(firms), verified, len(firms) - len(cases))


@register_progress
def verifications(actor: Actor) -> list[PeriodProgress]:
    """Of the reports of the year that has ended."""
    if not actor.roles & AUTHORITY:
        return []
    count = counted(actor, clock.today().year - 1)
    address = f"{reverse('verification:cases')}?year={count.year}"
    note = NOT_ARRANGED.format(n=count.not_arranged) if count.not_arranged else None
    period = YEAR.format(year=count.year)
    return [PeriodProgress(VERIFIED, period, address, UNIT, count.verified, count.whole or None, note)]
