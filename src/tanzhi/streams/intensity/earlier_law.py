"""Decompositions and early warnings that an earlier law computed; what was signed or sent stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import digest
from tanzhi.law.earlier import EarlierResults, Evaluation, Names, Stream, ValueChange, register
from tanzhi.law.evaluation import release
from tanzhi.rulebook.intensity import intensity
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text

from .decompositions.model import COMPUTED, SIGNED, Decomposition
from .decompositions.work import rates_again
from .ledger.change import base_emission
from .ledger.ledger import ledger_of
from .warnings.model import EarlyWarning

DECOMPOSITIONS = Text("目标分解方案", "Decompositions of targets")
WARNINGS = Text("碳强度预警", "Early warnings")
ACT = Text("比较前后，两人重新核算", "Compared, then computed anew by two")
SIGNED_STAYS = Text(
    "已签批，所定目标已下达：不变；须调整的新建一次分解，两人签批",
    "It was signed off and its rates are the cities' targets: it stays; another is opened and signed by two",
)
SENT_STAYS = Text(
    "提醒函已发出，数据为发出当日的：不变；下一次预警按届时规则计算",
    "The letter was sent with the numbers of its day: it stays; the next warning goes by the law of then",
)
EMISSION = Text("基年能源活动排放", "Emission of the base year")
RATE = Text("公布下降率", "Published rate")


def decompositions(actor: Actor) -> Iterator[EarlierResults]:
    """Each by the base year of its target, from which its cities' emissions are."""
    rows = Decomposition.objects.visible_to(actor).order_by("-pk")
    for key, year, stored, state in rows.values_list("pk", "target__base_year", "release", "state"):
        stays = SIGNED_STAYS if state == SIGNED else None
        yield EarlierResults.of_year(intensity.name, stored, year, [key], stays)


def warnings(actor: Actor) -> Iterator[EarlierResults]:
    """Each by the year that it compares; none is changed."""
    rows = EarlyWarning.objects.visible_to(actor).order_by("-pk")
    for key, year, stored in rows.values_list("pk", "year", "release"):
        yield EarlierResults.of_year(intensity.name, stored, year, [key], SENT_STAYS)


def decomposition_names(keys: Sequence[int]) -> Names:
    return {row.pk: (row.name, row.get_absolute_url()) for row in Decomposition.objects.filter(pk__in=keys)}


def warning_names(keys: Sequence[int]) -> Names:
    rows = EarlyWarning.objects.filter(pk__in=keys).select_related("region")
    return {row.pk: (row.name, row.get_absolute_url()) for row in rows}


def evaluate(key: int) -> Evaluation:
    """Emissions of the base year by the law in force and, where rates were computed, the rates that they give."""
    row = Decomposition.objects.select_related("target__region").get(pk=key)
    shares = list(row.shares.select_related("region"))
    before = [(share.emission, share.published_percent) for share in shares]
    for share in shares:
        emission = base_emission(ledger_of(share.region), row.target.base_year)
        share.emission = plain(emission) if emission is not None else share.emission
    if row.state == COMPUTED:
        row.computed = rates_again(row, shares)
    changes = []
    for share, (emission, percent) in zip(shares, before, strict=True):
        if share.emission != emission:
            changes.append(ValueChange(EMISSION, share.region.name, "10^4 tCO2", emission, share.emission))
        now = share.published_percent
        if now != percent:
            was, becomes = (str(value) if value is not None else None for value in (percent, now))
            changes.append(ValueChange(RATE, share.region.name, "%", was, becomes))

    def keep() -> str:
        for share in shares:
            share.save(update_fields=["emission", "exact", "published"])
        row.release = release(intensity)
        row.revision += 1
        row.save(update_fields=["computed", "release", "revision"])
        return digest([[share.region.code, share.emission, share.published] for share in shares])

    return Evaluation.of(changes, keep)


register(
    Stream(
        "intensity.decompositions",
        DECOMPOSITIONS,
        model="intensity.decomposition",
        guidelines=frozenset({intensity.name}),
        act=ACT,
        standing=decompositions,
        names=decomposition_names,
        evaluate=evaluate,
    )
)
register(
    Stream(
        "intensity.warnings",
        WARNINGS,
        model="intensity.earlywarning",
        guidelines=frozenset({intensity.name}),
        act=SENT_STAYS,
        standing=warnings,
        names=warning_names,
    )
)
