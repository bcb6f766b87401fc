"""Verified results that an earlier law computed; a case that is reopened by two is concluded by the law of then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tanzhi.actions.actor import Actor
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.law.earlier import EarlierResults, Evaluation, Names, Stream, ValueChange, register
from tanzhi.organisations.sectors import industries
from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.kernel.rounding import stored
from tanzhi.rulebook.kernel.text import Text

from .cases.model import Conclusion, Verification
from .cases.overlay import industry_of, root_of

KIND = Text("已出具的核查结论", "Conclusions of verifications")
ACT = Text(
    "在核查页“重启核查”，两人批准后重新出具结论，前后对照在该页",
    "“Reopen” on the case's page; two decide, it is concluded anew, and the page shows before and after",
)


def standing(actor: Actor) -> Iterator[EarlierResults]:
    """By guideline, year and release, the cases whose last conclusion it computed."""
    cases = Verification.objects.visible_to(actor)
    rows = (
        Conclusion.objects.filter(case__in=cases)
        .order_by("number")
        .values_list("case_id", "case__filing__form_code", "case__year", "release")
    )
    last = {case: (form_code, year, release) for case, form_code, year, release in rows}
    groups: dict[tuple[str, int, str], list[int]] = {}
    for case, (form_code, year, release) in last.items():
        groups.setdefault((form_code.split(".", 1)[0], year, release), []).append(case)
    for (guideline, year, release), keys in groups.items():
        yield EarlierResults.of_year(guideline, release, year, keys)


def names(keys: Sequence[int]) -> Names:
    cases = Verification.objects.filter(pk__in=keys).select_related("organisation")
    cases = cases.prefetch_related("organisation__names")
    return {case.pk: (case.name, case.get_absolute_url()) for case in cases}


def evaluate(key: int) -> Evaluation:
    """The verified results of a case by the law in force, beside those of its last conclusion."""
    case = Verification.objects.select_related("filing__organisation", "version").get(pk=key)
    last = case.latest
    now = {(node.path, value.name): value for node in root_of(case).walk() for value in node.all_values()}
    guideline, changes, lines = guideline_of(case.filing.form_code), [], []
    industry = industry_of(case)
    for row in last.results.order_by("pk") if last else ():
        value = now.get((row.where, row.quantity))
        after = stored(value.number) if value is not None else None
        if value is None or after == row.value:
            continue
        lines.append(f"{row.where} {row.quantity}: {row.value or '-'} → {after or '-'}")
        if row.quantity in (industry.total, industry.unit_total):
            place = place_words(guideline, row.where) or case.name
            changes.append(ValueChange(value.label, place, row.unit, row.value, after))
    return Evaluation(tuple(changes), tuple(lines))


register(
    Stream(
        "verification.conclusions",
        KIND,
        model="verification.verification",
        guidelines=frozenset(industries()),
        act=ACT,
        standing=standing,
        names=names,
        evaluate=evaluate,
        own_act=True,
    )
)
