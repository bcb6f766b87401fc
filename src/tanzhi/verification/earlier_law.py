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
    years = (entered.since.year, min(entered.until.year, 9999))
    cases = Verification.objects.visible_to(actor).filter(
        year__range=years, filing__form_code__startswith=f"{entered.guideline}."
    )
    last = {one.case_id: one for one in Conclusion.objects.filter(case__in=cases).order_by("number")}
    old = [number for number, one in last.items() if one.release not in entered.releases]
    some = cases.filter(pk__in=old[:NAMED]).select_related("organisation")
    yield Earlier(KIND, len(old), tuple((one.name, one.get_absolute_url()) for one in some), ACT)
