"""Deposits that an earlier law computed; two people have them computed anew, beside what the deposits gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Max
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.filings.months.model import Filing, Result
from tanzhi.filings.shared.forms import known_forms
from tanzhi.law.earlier import EarlierResults, Evaluation, Names, Stream, register
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text

from .before_after import changes_of
from .results import compute, digest_of, recomputed

KIND = Text("已存证的填报", "Deposited filings")
ACT = Text("比较前后，两人重新核算", "Compared, then computed anew by two")
NAME = Text("{name} {period}", "{name}, {period}")


def standing(actor: Actor) -> Iterator[EarlierResults]:
    """By guideline, year and release, the filings whose last results it computed."""
    deposited = Result.objects.filter(filing__in=Filing.objects.visible_to(actor), version__deposited=True)
    last = deposited.values("filing").annotate(last=Max("pk")).order_by().values("last")
    rows = Result.objects.filter(pk__in=last).order_by("organisation__code", "period")
    groups: dict[tuple[str, int, str], list[int]] = {}
    for key, form_code, period, release in rows.values_list("filing_id", "filing__form_code", "period", "release"):
        groups.setdefault((form_code.split(".", 1)[0], int(period[:4]), release), []).append(key)
    for (guideline, year, release), keys in groups.items():
        yield EarlierResults.of_year(guideline, release, year, dict.fromkeys(keys))


def names(keys: Sequence[int]) -> Names:
    filings = Filing.objects.filter(pk__in=keys).select_related("organisation")
    return {
        row.pk: (NAME.format(name=row.organisation.name, period=row.period), reverse("filings:filing", args=[row.pk]))
        for row in filings
    }


def evaluate(key: int) -> Evaluation:
    """The results of the deposited version by the law in force, beside those that stand."""
    filing = Filing.objects.select_related("organisation__region").get(pk=key)
    version = filing.deposited_version
    differences = recomputed(filing, version) if version is not None else []
    if version is None or not differences:
        return Evaluation()

    def keep() -> str:
        return digest_of(compute(filing, version))

    lines = [f"{d.result.where} {d.result.quantity}: {d.result.value or '-'} → {d.now or '-'}" for d in differences]
    return Evaluation(tuple(changes_of(version, differences)), tuple(lines), keep)


register(
    Stream(
        "filings.deposits",
        KIND,
        model="filings.filing",
        guidelines=frozenset(code.split(".", 1)[0] for code in known_forms()) & guidelines().keys(),
        act=ACT,
        standing=standing,
        names=names,
        evaluate=evaluate,
    )
)
