"""Designs and monitored reductions that an earlier law computed: computed anew by two until they are put to notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import digest
from tanzhi.figures.calculated import calculation_ref
from tanzhi.law.earlier import EarlierResults, Evaluation, Names, Stream, ValueChange, register
from tanzhi.law.evaluation import release_of
from tanzhi.rulebook.ccer.methodologies import methodologies
from tanzhi.rulebook.kernel import Value
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text

from .calculation import guideline_of, of_design, of_report
from .lineage import DESIGN_KIND, REPORT_KIND
from .models import DESIGN, DRAFT, CreditProject, CreditReport

DESIGNS = Text("设计文件预计减排量", "Reductions expected by designs")
REDUCTIONS = Text("监测的减排量", "Reductions that were monitored")
ACT = Text("比较前后，两人重新核算", "Compared, then computed anew by two")
DESIGN_STAYS = Text(
    "设计文件已公示（温室气体自愿减排交易管理办法（试行）第十二条）：不变；撤回修改后按届时规则计算",
    "The design was put to public notice (Measures on voluntary reduction, article 12): it stays, unless it is taken "
    "back, amended and noticed again",
)
REPORT_STAYS = Text(
    "减排量已公示、核查或登记（同办法第十九条）：不变",
    "The reduction was put to public notice, verified or issued (the same Measures, article 19): it stays",
)
QUANTITY = "reduction"
GUIDELINES = frozenset(each.guideline.name for each in methodologies().values() if each.guideline is not None)


def designs(actor: Actor) -> Iterator[EarlierResults]:
    """Projects whose design was stated, each for the year that it reckons."""
    rows = CreditProject.objects.visible_to(actor).exclude(design_year=None).order_by("number")
    for project in rows:
        guideline = guideline_of(project.methodology)
        if guideline is not None and project.design_year is not None:
            stays = None if project.state == DESIGN else DESIGN_STAYS
            yield EarlierResults.of_year(guideline.name, project.release, project.design_year, [project.pk], stays)


def reductions(actor: Actor) -> Iterator[EarlierResults]:
    """Batches whose monitoring was stated, each for the days that it is about."""
    rows = CreditReport.objects.visible_to(actor).exclude(amount=None).select_related("project")
    for report in rows.order_by("project__number", "batch"):
        guideline = guideline_of(report.project.methodology)
        if guideline is not None:
            stays = None if report.state == DRAFT else REPORT_STAYS
            days = report.first, report.last
            yield EarlierResults(guideline.name, report.release, *days, keys=(report.pk,), stays=stays)


def project_names(keys: Sequence[int]) -> Names:
    return {row.pk: (row.name, row.get_absolute_url()) for row in CreditProject.objects.filter(pk__in=keys)}


def report_names(keys: Sequence[int]) -> Names:
    rows = CreditReport.objects.filter(pk__in=keys).select_related("project")
    return {row.pk: (row.name, row.get_absolute_url()) for row in rows}


def design(key: int) -> Evaluation:
    """What the design expects by the law in force."""
    project = CreditProject.objects.get(pk=key)
    node = of_design(project)
    value = node.value(QUANTITY)

    def keep() -> str:
        assert isinstance(value.number, Decimal)
        project.expected, project.release = plain(value.number), release_of(node)
        project.revision += 1
        project.save(update_fields=["expected", "release", "revision"])
        return digest(project.expected)

    walk = calculation_ref(DESIGN_KIND, project.pk, value)
    now = plain(value.number) if isinstance(value.number, Decimal) else None
    return _beside(value, ValueChange(value.label, project.name, "t", project.expected, now, walk), keep)


def monitoring(key: int) -> Evaluation:
    """What was reduced by the law in force, in whole tonnes."""
    report = CreditReport.objects.select_related("project").get(pk=key)
    node = of_report(report)
    value = node.value(QUANTITY)

    def keep() -> str:
        assert isinstance(value.number, Decimal)
        report.amount, report.release = int(value.number), release_of(node)
        report.revision += 1
        report.save(update_fields=["amount", "release", "revision"])
        return digest(report.amount)

    walk = calculation_ref(REPORT_KIND, report.pk, value)
    now = str(int(value.number)) if isinstance(value.number, Decimal) else None
    return _beside(value, ValueChange(value.label, report.name, "t", str(report.amount), now, walk), keep)


def _beside(value: Value, change: ValueChange, keep: Callable[[], str]) -> Evaluation:
    """The one value of a methodology's record, where it comes out otherwise; why not, where it does not come out."""
    if change.after is None:
        return Evaluation(problem=value.reason)
    return Evaluation.of([change] if change.after != change.before else [], keep)


register(
    Stream(
        "ccer.designs",
        DESIGNS,
        model="ccer.creditproject",
        guidelines=GUIDELINES,
        act=ACT,
        standing=designs,
        names=project_names,
        evaluate=design,
    )
)
register(
    Stream(
        "ccer.reductions",
        REDUCTIONS,
        model="ccer.creditreport",
        guidelines=GUIDELINES,
        act=ACT,
        standing=reductions,
        names=report_names,
        evaluate=monitoring,
    )
)
