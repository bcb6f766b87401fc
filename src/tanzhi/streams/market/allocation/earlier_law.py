"""Allocation runs that an earlier law computed; an issued one stays, and a new run says what it would be now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanzhi.actions.actor import Actor
from tanzhi.law.earlier import EarlierResults, Evaluation, Names, Stream, ValueChange, register
from tanzhi.law.evaluation import in_force
from tanzhi.presentation.forms.buttons import address_of
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel.text import Text

from .computation import whole
from .lineage import line_ref
from .lineage import root_of as root_of_line
from .model import FINAL, AllocationRun

KIND = Text("配额测算", "Allocation runs")
ACT = Text(
    "待审定的在批次页重新测算；已发放的新建一次测算，前后对照在批次页，两人审定",
    "One to be approved is computed again on its page; for an issued one a new run is opened, compared with it on its "
    "page and approved by two",
)


def standing(actor: Actor) -> Iterator[EarlierResults]:
    """The latest run of each cycle, year and stage."""
    latest: dict[tuple[int, int, str], AllocationRun] = {}
    for run in AllocationRun.objects.visible_to(actor).order_by("pk"):
        latest[run.cycle_id, run.year, run.stage] = run
    for run in latest.values():
        yield EarlierResults.of_year(power_allocation.name, run.release, run.year, [run.pk])


def names(keys: Sequence[int]) -> Names:
    runs = AllocationRun.objects.filter(pk__in=keys).select_related("cycle")
    return {run.pk: (run.name, run.get_absolute_url()) for run in runs}


def address(standing: EarlierResults, actor: Actor) -> str:
    """Where a new run is opened, for who may; one that is not issued is computed again on its page."""
    run = AllocationRun.objects.get(pk=standing.keys[0])
    if not run.ended or "provincial_officer" not in actor.roles:
        return ""
    filled = {"cycle": run.cycle_id, "year": run.year, "stage": run.stage}
    return address_of("registry.open_run", filled=filled)


def evaluate(key: int) -> Evaluation:
    """The allowances of each line by the law in force, from the record that the line was computed from."""
    run = AllocationRun.objects.get(pk=key)
    name = "enterprise_allowance" if run.stage == FINAL else "enterprise_pre_allocation"
    law, changes = in_force(power_allocation), []
    for line in run.lines.select_related("organisation").exclude(allowance=None):
        value = root_of_line(run.year, line.record, law).value(name)
        after = whole(value)
        if value.rule is not None and after != line.allowance:
            words = str(line.allowance), None if after is None else str(after)
            changes.append(ValueChange(value.label, line.organisation.name, "t", *words, line_ref(line, name)))
    return Evaluation.of(changes)


register(
    Stream(
        "registry.runs",
        KIND,
        model="registry.allocationrun",
        guidelines=frozenset({power_allocation.name}),
        act=ACT,
        standing=standing,
        names=names,
        address=address,
        evaluate=evaluate,
        own_act=True,
    )
)
