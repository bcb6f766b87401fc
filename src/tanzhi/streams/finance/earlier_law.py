"""Benefits that an earlier law reckoned; two people have them computed anew while the project stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import digest
from tanzhi.figures.calculated import calculation_ref
from tanzhi.law.earlier import EarlierResults, Evaluation, Names, Stream, ValueChange, register
from tanzhi.law.evaluation import release_of
from tanzhi.rulebook.finance import finance
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text

from .benefit import evaluated
from .lineage import KIND as WALK
from .models import EXITED, REJECTED, VETOED, Project

KIND = Text("项目减排效益", "Benefits of projects")
ACT = Text("比较前后，两人重新核算", "Compared, then computed anew by two")
STAYS = Text(
    "项目已退出、被否决或未通过：决定所依据的测算不变",
    "The project has left the library or was refused: what the decision rests on stays",
)
ENDED = (EXITED, REJECTED, VETOED)
QUANTITY = "annual_reduction"


def standing(actor: Actor) -> Iterator[EarlierResults]:
    """Projects whose benefit was stated, each for the year that it was reckoned for."""
    rows = Project.objects.visible_to(actor).exclude(benefit_year=None).order_by("number", "pk")
    for key, year, release, state in rows.values_list("pk", "benefit_year", "release", "state"):
        stays = STAYS if state in ENDED else None
        yield EarlierResults.of_year(finance.name, release, year, [key], stays)


def names(keys: Sequence[int]) -> Names:
    return {row.pk: (row.name, row.get_absolute_url()) for row in Project.objects.filter(pk__in=keys)}


def evaluate(key: int) -> Evaluation:
    """The yearly reduction by the law in force."""
    project = Project.objects.get(pk=key)
    node = evaluated(project)
    value = node.value(QUANTITY)
    if value.number is None and project.kind != "adaptation":
        return Evaluation(problem=value.reason)
    now = plain(value.number) if isinstance(value.number, Decimal) else ""
    if now == project.reduction:
        return Evaluation()

    def keep() -> str:
        project.reduction, project.release = now, release_of(node)
        project.revision += 1
        project.save(update_fields=["reduction", "release", "revision"])
        return digest(project.reduction)

    walk = calculation_ref(WALK, project.pk, value)
    change = ValueChange(value.label, project.name, value.unit, project.reduction or None, now or None, walk)
    return Evaluation.of([change], keep)


register(
    Stream(
        "finance.benefits",
        KIND,
        model="finance.project",
        guidelines=frozenset({finance.name}),
        act=ACT,
        standing=standing,
        names=names,
        evaluate=evaluate,
    )
)
