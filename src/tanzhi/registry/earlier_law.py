"""Allocation runs that an earlier law computed; an issued one stays, and a new run says what it would be now."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.actions.actor import Actor
from tanzhi.law.earlier import Earlier, Entered, computes
from tanzhi.presentation.buttons import address_of
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel.text import Text

from .models import ISSUED, AllocationRun

NEW_RUN = Text("新建一次测算，与已发放的对照", "Open a new run, compared with what was issued")
AGAIN = Text("在批次页重新测算", "Compute it again on the run's page")


@computes
def runs(entered: Entered, actor: Actor) -> Iterator[Earlier]:
    """The latest run of each year and stage, where its release did not have the value."""
    if entered.guideline != power_allocation.name:
        return
    latest: dict[tuple[int, int, str], AllocationRun] = {}
    for run in (
        AllocationRun.objects.visible_to(actor).filter(year__range=entered.years).select_related("cycle").order_by("pk")
    ):
        latest[run.cycle_id, run.year, run.stage] = run
    for run in latest.values():
        if run.release and run.release not in entered.releases:
            issued = run.state == ISSUED
            opens = issued and "provincial_officer" in actor.roles
            filled = {"cycle": run.cycle_id, "year": run.year, "stage": run.stage}
            address = address_of("registry.open_run", filled=filled) if opens else ""
            named = ((run.name, run.get_absolute_url()),)
            yield Earlier(run.name, run.lines.count(), named, NEW_RUN if issued else AGAIN, address)
