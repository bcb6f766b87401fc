"""Until when a verified result is to be public, and which results are not public yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from tanzhi.actions.models import Performed
from tanzhi.law.calendar.days import WORKING, due_after
from tanzhi.law.evaluation import count
from tanzhi.streams.verification.cases.model import Conclusion, Verification

from .model import DisclosedEmission

if TYPE_CHECKING:
    from django.db.models import QuerySet

FINAL = "final"
SETTLED = (FINAL, "archived")
"""States of a verification after which its result is objected to no more."""


def publication_due(settled: date) -> date:
    """The last day on which a result that became final on a day is made public in time."""
    return due_after(settled, count("procedure.disclosure_days", on=settled), WORKING)


def claims_end(circulated_on: date) -> date:
    """The last day on which an enterprise claims a secret of what it was shown on a day."""
    return due_after(circulated_on, count("procedure.disclosure_claim_days", on=circulated_on), WORKING)


def settled_on(conclusions: QuerySet[Any]) -> dict[int, date]:
    """By key of the conclusion, the day on which its verification became final: the last one, where it was reopened.

    A result that was brought in from elsewhere became final where it was concluded.
    """
    rows = [
        (key, f"{Verification._meta.label_lower}:{case}", concluded_at)
        for key, case, concluded_at in conclusions.values_list("pk", "case_id", "at")
    ]
    done = Performed.objects.filter(subject__in=[case for _, case, _ in rows], state_after=FINAL)
    last = dict(done.exclude(state_before=FINAL).order_by("at").values_list("subject", "at"))
    return {key: timezone.localdate(last.get(case, concluded_at)) for key, case, concluded_at in rows}


def unpublished(region_path: str) -> QuerySet[Any]:
    """Conclusions below a region that are final, stand, and are in no disclosure: public or being prepared."""
    later = Conclusion.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    rows = Conclusion.objects.filter(case__state__in=SETTLED, case__organisation__region__path__startswith=region_path)
    in_one = DisclosedEmission.objects.filter(conclusion=OuterRef("pk"), withdrawn=False)
    return rows.filter(~Exists(later), ~Exists(in_one))
