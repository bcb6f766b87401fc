"""Deposits that an earlier law computed; two people have them computed anew, beside what the deposits gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db.models import Max, OuterRef, Subquery
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.filings.months.model import Filing, Result, Version
from tanzhi.filings.months.status import with_register
from tanzhi.filings.shared.forms import guideline_of, known_forms
from tanzhi.law.earlier import EarlierResults, Evaluation, Names, Stream, register
from tanzhi.law.evaluation import in_force
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text

from .before_after import changes_of
from .results import compute, digest_of, recomputed

KIND = Text("已存证的填报", "Deposited filings")
ACT = Text("比较前后，两人重新核算", "Compared, then computed anew by two")
NAME = Text("{name} {period}", "{name}, {period}")


def standing(actor: Actor) -> Iterator[EarlierResults]:
    """By guideline, year and release, the filings whose last results it computed."""
    # of each filing alone, by its index: to group the results of all of them reads every one
    last = Result.objects.filter(filing=OuterRef("pk"), version__deposited=True).order_by("-pk")
    filings = Filing.objects.visible_to(actor).annotate(release=Subquery(last.values("release")[:1]))
    rows = filings.order_by("organisation__code", "period")
    groups: dict[tuple[str, int, str], list[int]] = {}
    for key, form_code, period, release in rows.values_list("pk", "form_code", "period", "release"):
        if release is None:  # left out here: as a condition the last result would be looked for twice
            continue
        groups.setdefault((form_code.split(".", 1)[0], int(period[:4]), release), []).append(key)
    for (guideline, year, release), keys in groups.items():
        yield EarlierResults.of_year(guideline, release, year, dict.fromkeys(keys))


def names(keys: Sequence[int]) -> Names:
    filings = Filing.objects.filter(pk__in=keys).select_related("organisation")
    filings = filings.prefetch_related("organisation__names")
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


def given_again(keys: Sequence[int]) -> set[int]:
    """Those of these filings of one guideline and year whose results the law in force gives again."""
    from tanzhi.law import population  # with NumPy, which no other page needs

    if not keys:
        return set()
    deposited = Version.objects.filter(filing__in=keys, deposited=True)
    last = deposited.values("filing").annotate(last=Max("pk")).order_by().values("last")
    versions = list(
        Version.objects.filter(pk__in=last).select_related("filing__organisation__region").order_by("filing")
    )
    rows = Result.objects.filter(version__in=versions).order_by("filing", "pk")
    values = rows.values_list("filing_id", "where", "quantity", "value")
    stored = {filing: _by_quantity(group) for filing, group in groupby(values, key=lambda row: row[0])}
    same = population.given_again(
        guideline_of(versions[0].filing.form_code),
        versions[0].filing.year,
        [with_register(version.filing, version.record) for version in versions],
        [stored.get(version.filing_id, {}) for version in versions],
        in_force(guideline_of(versions[0].filing.form_code)),
    )
    return {version.filing_id for version, is_same in zip(versions, same, strict=True) if is_same}


def _by_quantity(rows: Iterable[tuple[int, str, str, str | None]]) -> dict[str, list[str | None]]:
    """The last value that is kept at each place, by quantity, in the order of the places."""
    last = {(where, quantity): value for _, where, quantity, value in rows}
    values: dict[str, list[str | None]] = {}
    for (_, quantity), value in last.items():
        values.setdefault(quantity, []).append(value)
    return values


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
        given_again=given_again,
    )
)
