"""Verified results that an earlier law computed; a case that is reopened by two is concluded by the law of then."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.actions.actor import Actor
from tanzhi.law.earlier import NAMED, Earlier, Entered, computes
from tanzhi.rulebook.kernel.text import Text

from .models import Conclusion, Verification

KIND = Text("已出具的核查结论", "Conclusions of verifications")
ACT = Text(
    "在核查页“重启核查”，两人批准后重新出具结论", "“Reopen” on the case's page; two decide, and it is concluded anew"
)


@computes
def conclusions(entered: Entered, actor: Actor) -> Iterator[Earlier]:
    """Cases whose last conclusion comes from a release that did not have the value."""
    cases = Verification.objects.visible_to(actor).filter(
        year__range=entered.years, filing__form_code__startswith=f"{entered.guideline}."
    )
    last = {row.case_id: row for row in Conclusion.objects.filter(case__in=cases).order_by("number")}
    old = [case for case, conclusion in last.items() if conclusion.release not in entered.releases]
    named = cases.filter(pk__in=old[:NAMED]).select_related("organisation")
    yield Earlier(KIND, len(old), tuple((case.name, case.get_absolute_url()) for case in named), ACT)
