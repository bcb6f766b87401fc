"""What the bulletin says of a province's readiness: the half-years of late that have ended and are published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions.readiness import WORK, NextStep, Shortfall, Standing, part
from tanzhi.figures import Span
from tanzhi.organisations.register.readiness import provinces
from tanzhi.rulebook.kernel.text import Text

from .models import PUBLISHED, Edition

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

OFFICERS = frozenset({"provincial_officer", "provincial_director"})
TO_ARCHIVE = NextStep(Text("起草、送签发布稿", "Draft and publish an edition"), OFFICERS, "bulletin:archive")


@part("bulletin.periods", WORK, 30, Text("发布期", "Periods of the bulletin"), TO_ARCHIVE)
def periods_standing(_actor: Actor, today: date) -> Standing:
    """The half-year that ended last is published in every province."""
    home = provinces(today)
    if not home:
        return Standing(Text("没有省份", "no province"), why=Text("先建立省份", "the province comes first"))
    span = Span.parse(f"{today.year}H1" if today.month > 6 else f"{today.year - 1}H2")
    editions = Edition.objects.filter(region__in=home, period=span.code, state=PUBLISHED)
    published = set(editions.values_list("region_id", flat=True))
    words = Text("{period}尚未发布", "{period} is not published").format(period=span.title)
    lacks = (Shortfall("RDY-BULLETIN", words),) if len(published) < len(home) else ()
    there = Text("应发布 {period}", "due: {period}").format(period=span.title)
    return Standing(there, lacks)
