"""Reports on tasks that were handed in, of those that are due in the newest round."""

from __future__ import annotations

from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.todos.progress import PeriodProgress, register_progress

from .model import Report
from .scores import TOLD

REPORTED = Text("任务报送", "Tasks reported")
AS_OF = Text("截至 {day}", "as of {day}")
UNIT = Text("份", "reports")


@register_progress
def reports(actor: Actor) -> list[PeriodProgress]:
    """Of the newest round that asks somebody whom this reader sees."""
    visible = Report.objects.visible_to(actor) if actor.roles & AUTHORITY else Report.objects.none()
    newest = visible.select_related("round__region").order_by("-round__as_of", "-round_id").first()
    if newest is None:
        return []
    review = newest.round
    states = list(visible.filter(round=review).values_list("state", flat=True))
    own = reverse("policy:round_reports", args=[review.pk])
    address = review.get_absolute_url() if review.seen_by(actor) else own
    period = AS_OF.format(day=review.as_of.isoformat())
    done = sum(state in TOLD for state in states)
    return [PeriodProgress(REPORTED, period, address, UNIT, done, len(states))]
