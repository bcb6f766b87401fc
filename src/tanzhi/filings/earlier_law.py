"""Deposits that an earlier law computed: `filings.reevaluate` computes them anew, a guideline and year at a time."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Max
from django.urls import reverse

from tanzhi.actions.actor import Actor
from tanzhi.law.earlier import NAMED, Earlier, Entered, computes
from tanzhi.rulebook.kernel.text import Text

from .models import Filing, Result

KIND = Text("{year} 年已存证的填报", "Deposited filings of {year}")
ACT = Text("查看前后对照，提请重新核算", "See before and after, have them computed anew")
NAME = Text("{name} {period}", "{name}, {period}")


@computes
def deposits(entered: Entered, actor: Actor) -> Iterator[Earlier]:
    """Year by year, the filings whose last results come from a release that did not have the value."""
    seen = Filing.objects.visible_to(actor).filter(form_code__startswith=f"{entered.guideline}.")
    rows = Result.objects.filter(filing__in=seen, version__deposited=True, period__gte=str(entered.since.year))
    last = rows.values("version").annotate(last=Max("pk")).order_by().values("last")
    old = Result.objects.filter(pk__in=last).exclude(release__in=entered.releases)
    pairs = old.values_list("period", "filing_id").order_by("-period", "filing_id")
    years: dict[int, list[int]] = {}
    for period, filing_id in pairs:
        if int(period[:4]) <= entered.until.year:
            years.setdefault(int(period[:4]), []).append(filing_id)
    for year, numbers in years.items():
        filings = Filing.objects.filter(pk__in=numbers[:NAMED]).select_related("organisation")
        named = tuple(
            (NAME.format(name=row.organisation.name, period=row.period), reverse("filings:filing", args=[row.pk]))
            for row in filings
        )
        query = urlencode({"guideline": entered.guideline, "year": year})
        yield Earlier(KIND.format(year=year), len(numbers), named, ACT, f"{reverse('filings:reevaluation')}?{query}")
