"""Lights and scores that an earlier law gave: computed anew by two until their round is announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import digest
from tanzhi.law.earlier import EarlierResults, Evaluation, Names, Stream, ValueChange, nothing_is_stored, register
from tanzhi.rulebook.cleaner import cleaner
from tanzhi.rulebook.evaluation import evaluation
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.tasks import tasks

from .rounds.model import Report, Round
from .rounds.scores import judge
from .rounds.work import CLOSED, CONFIRMED, light_task
from .shared.codes import LIGHTS as LABELS

LIGHTS = Text("任务报送的预警灯和得分", "Lights and scores of reports")
SCORES = Text("清单得分", "Scores of rounds")
ACT = Text("比较前后，两人重新核算", "Compared, then computed anew by two")
STAYS = Text(
    "本轮调度已通报，灯和得分不变；下一轮按届时规则评判",
    "The round was announced: lights and scores stay; the next round goes by the law of then",
)
LIGHT, SCORE = Text("预警灯", "Light"), Text("任务得分", "Score of the task")


def reports(actor: Actor) -> Iterator[EarlierResults]:
    """Reports that were judged, by day and release of their round; those of an announced round stay."""
    rows = Report.objects.visible_to(actor).exclude(release="").order_by("-round__as_of", "pk")
    groups: dict[tuple[date, str, bool], list[int]] = {}
    for key, as_of, release, state in rows.values_list("pk", "round__as_of", "release", "round__state"):
        groups.setdefault((as_of, release, state == CLOSED), []).append(key)
    for (as_of, release, announced), keys in groups.items():
        stays = STAYS if announced else None
        yield EarlierResults(tasks.name, release, as_of, as_of, keys=tuple(keys), stays=stays)


def rounds(actor: Actor) -> Iterator[EarlierResults]:
    """Rounds whose score is stored: it is stored when they are announced."""
    rows = Round.objects.visible_to(actor).exclude(release="").order_by("-as_of", "pk")
    for key, as_of, release in rows.values_list("pk", "as_of", "release"):
        yield EarlierResults(tasks.name, release, as_of, as_of, keys=(key,), stays=STAYS)


def report_names(keys: Sequence[int]) -> Names:
    rows = Report.objects.filter(pk__in=keys).select_related("task", "organisation", "round")
    rows = rows.prefetch_related("organisation__names")
    return {row.pk: (row.name, row.get_absolute_url()) for row in rows}


def round_names(keys: Sequence[int]) -> Names:
    return {row.pk: (row.title, row.get_absolute_url()) for row in Round.objects.filter(pk__in=keys)}


def evaluate(key: int) -> Evaluation:
    """Light and score of one report by the law in force; a confirmed one lights its task anew."""
    report = Report.objects.select_related("task", "organisation", "round").get(pk=key)
    now = judge(report.task, [report], report.round.as_of)
    values = ((LIGHT, _words(report.light), _words(now.light)), (SCORE, report.score, now.score))
    changes = [
        ValueChange(label, report.name, "", before or None, after or None)
        for label, before, after in values
        if before != after
    ]

    def keep() -> str:
        report.light, report.score, report.release = now.light, now.score, now.release
        report.revision += 1
        report.save(update_fields=["light", "score", "release", "revision"])
        if report.state == CONFIRMED:
            light_task(report.task, report.round)
        return digest(report.light, report.score)

    return Evaluation.of(changes, keep)


def _words(light: str) -> str:
    """A light by its name in both languages; nothing for none."""
    label = LABELS.get(light) if light else None
    return f"{label.zh} / {label.en}" if label else light


register(
    Stream(
        "policy.reports",
        LIGHTS,
        model="policy.report",
        guidelines=frozenset({tasks.name}),
        act=ACT,
        standing=reports,
        names=report_names,
        evaluate=evaluate,
    )
)
register(
    Stream(
        "policy.rounds",
        SCORES,
        model="policy.round",
        guidelines=frozenset({tasks.name}),
        act=STAYS,
        standing=rounds,
        names=round_names,
    )
)
nothing_is_stored(
    cleaner.name,
    Text(
        "方案的投资、回收期和减排量在每次查看时由已报方案计算；期限一经开始，按开始时的规则走完",
        "what options cost and bring is computed at each look from what was filed; a deadline that runs keeps its day",
    ),
)
nothing_is_stored(
    evaluation.name,
    Text(
        "考核评分只在命令行和接口中测算，平台不保存", "scores of the assessment are computed on request and not stored"
    ),
)
