"""What a decomposition's page shows: each city's rate beside what every method would give it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tanzhi.actions.language import say
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.charts.chart import Chart, bars
from tanzhi.presentation.lists.listing import ListColumn, Listing
from tanzhi.rulebook.intensity import decomposition as rule
from tanzhi.rulebook.intensity.fault import IntensityFault
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.lists import PERCENT

from .model import SIGNED, Decomposition, Share
from .work import city_of

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CityRates:
    """A share with the exact rate of every method, where it is feasible within the bounds."""

    share: Share
    by_method: dict[str, Decimal | None]
    signed: bool


def listed(decomposition: Decomposition, shares: Sequence[Share]) -> list[CityRates]:
    rates = {method: _rates(decomposition, shares, method) for method in rule.METHODS}
    signed = decomposition.state == SIGNED
    return [CityRates(s, {m: by_city.get(s.region.code) for m, by_city in rates.items()}, signed) for s in shares]


def _rates(decomposition: Decomposition, shares: Sequence[Share], method: str) -> dict[str, Decimal]:
    """In per cent, to 0.01; empty where the method cannot keep the target within the bounds."""
    cities = [city_of(share) for share in shares]
    target = decomposition.target
    try:
        rates = rule.exact_rates(cities, target.fraction, target.years, replace(decomposition.way, method=method))
    except IntensityFault:
        return {}
    return {code: (rate * 100).quantize(CENT) for code, rate in rates.items()}


def initial(decomposition: Decomposition, shares: Sequence[Share]) -> dict[str, Any]:
    """The form as the decomposition stands: a city a row, its growth and its weight."""
    cities = [{"region": say(share.region.name), "growth": share.growth, "weight": share.weight} for share in shares]
    bounds = {"least": decomposition.least, "most": decomposition.most, "common": decomposition.common}
    return {"method": decomposition.method, **bounds, "cities": cities}


def province_intensity(decomposition: Decomposition, shares: Sequence[Share]) -> Decimal | None:
    """The province's own intensity once the target is met, for whoever chooses the one to converge to."""
    target = decomposition.target
    try:
        basis = rule.basis_of([city_of(share) for share in shares], target.fraction, target.years)
    except IntensityFault:
        return None
    return basis.target_intensity.quantize(Decimal("0.0001"))


_SPREAD = Text(
    "{most}降幅最大（{high}%），{least}最小（{low}%）", "{most} is to fall most ({high} %), {least} least ({low} %)"
)


def chart(decomposition: Decomposition, shares: Sequence[Share]) -> Chart | None:
    """Published rates of the cities, the highest first."""
    published = [(share.published_percent or Decimal(0), share) for share in shares if share.published]
    if not published:
        return None
    published.sort(key=lambda entry: entry[0], reverse=True)
    rows = [{"city": share.region.name, "rate": rate} for rate, share in published]
    first, last = rows[0], rows[-1]
    title = _SPREAD.format(most=first["city"], high=first["rate"], least=last["city"], low=last["rate"])
    columns = (
        ListColumn("city", Text("市州", "City")),
        ListColumn("rate", Text("下降", "Decline"), kind="number", unit=PERCENT),
    )
    return Chart("rates", title, columns, rows, bars("city", "rate", across=True), height=360)


SHARES = Listing(
    "intensity.shares",
    title=Text("市州分解结果", "Cities"),
    noun=Text("个市州", "cities"),
    columns=(
        ListColumn("city", Text("市州", "City"), value="share.region.name", sort="city"),
        ListColumn("emission", Text("基年排放", "Base emission"), value=lambda row: _short(row.share.emission),
               kind="number", unit=Text("万吨", "10⁴ t"), sort="emission"),
        ListColumn("gdp", Text("基年生产总值", "Base GDP"), value=lambda row: _short(row.share.gdp), kind="number",
               unit=Text("亿元", "10⁸ yuan"), sort="gdp"),
        ListColumn("growth", Text("假定年均增速", "Assumed growth"), value="share.growth", kind="number", unit=PERCENT),
        ListColumn("weight", Text("权重", "Weight"), value="share.weight", kind="number"),
        *(ListColumn(code, Text("{name}，精确值", "{name}, exact").format(name=name), value=f"by_method.{code}",
                     kind="number", unit=PERCENT, sort=code) for code, name in rule.METHODS.items()),
        ListColumn("published", Text("公布值", "Published"), value="share.published_percent", kind="number",
                   unit=PERCENT,
               link=lambda row: explain_url(f"intensity.share:{row.share.pk}") if row.share.published else "",
               sort="published"),
    ),
)  # fmt: skip


def _short(value: str) -> Decimal:
    return Decimal(value).quantize(CENT)
