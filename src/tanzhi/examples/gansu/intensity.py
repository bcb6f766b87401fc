"""GDP, energy, targets and the decomposition of the example province: synthetic series, written through the actions.

The province's GDP follows the shape of growth rates between fixed levels at four price bases; its CO2 is set so that
2022 stands 52.2 % below 2005. Cities share the province's figures by seeded weights; what they do not add up to is
the statistical difference.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.actions.registry import decide
from tanzhi.organisations.register.model import Region
from tanzhi.streams.intensity.ledger.model import GdpLevel
from tanzhi.streams.intensity.targets.model import Target
from tanzhi.streams.intensity.targets.overview import standings

from .crew import acting, home
from .people import employ

SOURCE = "示例统计资料（合成） / synthetic statistics"
PLAN = "示例规划文件（合成） / synthetic plan document"
LEVELS: dict[int, dict[int, str]] = {
    2005: {2005: "1900.00", 2010: "3240.00"},
    2010: {2010: "4100.00", 2015: "6765.00"},
    2015: {2015: "6800.00", 2020: "8840.00"},
    2020: {2020: "9000.00", 2022: "10060.00"},
}
SHAPE = ("11.5", "12.3", "10.1", "10.3", "11.8", "12.5", "12.6", "10.8", "8.9", "8.1")
LATER = ("7.6", "3.6", "6.3", "6.2", "3.9", "7.0", "4.46")
EMISSIONS = {2005: 8600, 2010: 11900, 2015: 14950, 2020: 16074, 2021: 16560, 2022: 16807}
TRANSFER_FACTOR = Decimal("0.4471")
CENT = Decimal("0.01")
CITY_YEARS = (2020, 2021, 2022)
GROWTH = (Decimal("6.6"), Decimal("4.5"))


def load() -> None:
    """The whole stream: ledger of the province and its cities, reference series, targets, signed decomposition."""
    officer, director, province = acting("officer"), acting("director"), home().code
    with clock.at(_noon(2023, 2, 20)):
        # What was known first: 2018 before the economic census, 2022 as flash; both stay in the ledger.
        flash = {"region": province, "year": 2022, "vintage": "flash", "published": True}
        _record(officer, "record_gdp", price_base=2015, year=2018, value="7836.00", region=province, published=True)
        _record(officer, "record_gdp", price_base=2020, value="10035.00", **flash)
        _record(officer, "record_energy", **energy_of(Decimal(16890), exports=True), **flash)
    with clock.at(_noon(2023, 11, 6)):
        _province(officer, province)
        _cities(officer, province)
        nation = {"series": "nation", "zh": "全国", "en": "Nation", "base_year": 2005}
        published = {2018: "-45.8", 2019: "-48.1", 2020: "-48.4", 2021: "-50.8", 2022: "-51.6"}
        marks = {2020: "M-high", 2022: "P"}
        for year, change in published.items():
            data = {"year": year, "change": change, "source": "国家公布数据", "confidence": marks.get(year, "S")}
            perform("intensity.record_reference", officer, data=nation | data)
        # By years: 2030 against 2005, and a five-year target that is made up because none was published.
        long = _target(
            officer, province, (2005, 2030), "65", "国家自主贡献目标，省级同步 / as the national contribution"
        )
        targets = {25: long, 5: _target(officer, province, (2020, 2025), "17", PLAN)}
    with clock.at(_noon(2023, 12, 4)):
        data = {"zh": "“十四五”碳强度目标分解（示例）", "en": "Five-year target by city (example)", "growth": "6.0"}
        opened = perform("intensity.open_decomposition", officer, data={"target": targets[5].pk, **data}).result
        _compute(officer, opened)
    with clock.at(_noon(2023, 12, 12)):
        proposal = perform("intensity.sign_off", officer, opened).proposal
        if proposal is not None:
            decide(proposal, director, True, "示例：同意")
    with clock.at(_noon(2023, 12, 20)):
        _areas(officer, province)
    _warnings(officer, director)


def _province(actor: Actor, code: str) -> None:
    for base, year, value in gdp_levels():
        vintage = "census" if (base, year) == (2015, 2018) else "annual"
        data = {"region": code, "price_base": base, "year": year, "value": value, "vintage": vintage}
        _record(actor, "record_gdp", published=True, **data)
    for year, emission in yearly_emissions().items():
        _record(
            actor, "record_energy", region=code, year=year, published=True, **energy_of(emission, exports=year > 2007)
        )


def gdp_levels() -> Iterator[tuple[int, int, str]]:
    """Every year's level at its price base: between the ends of a segment growth keeps its shape."""
    rates = dict(zip(range(2006, 2023), map(Decimal, SHAPE + LATER), strict=True))
    for base, ends in LEVELS.items():
        first, last = min(ends), max(ends)
        start, end = Decimal(ends[first]), Decimal(ends[last])
        steps = {year: (1 + rates[year] / 100).ln() for year in range(first + 1, last + 1)}
        whole, done = sum(steps.values(), Decimal(0)), Decimal(0)
        yield base, first, ends[first]
        for year, step in steps.items():
            done += step
            level = start * (end / start) ** (done / whole)
            yield base, year, ends.get(year, str(level.quantize(CENT)))


def yearly_emissions() -> dict[int, Decimal]:
    """10^4 t; straight lines between the set years."""
    years = sorted(EMISSIONS)
    emissions: dict[int, Decimal] = {}
    for first, last in pairwise(years):
        step = Decimal(EMISSIONS[last] - EMISSIONS[first]) / (last - first)
        emissions |= {year: EMISSIONS[first] + step * (year - first) for year in range(first, last)}
    return emissions | {years[-1]: Decimal(EMISSIONS[years[-1]])}


def energy_of(emission: Decimal, *, exports: bool = False) -> dict[str, Any]:
    """Fuels, and electricity sold outside, that give an emission to within a hundredth of 10^4 tce of coal."""
    oil, gas = (emission * share for share in (Decimal("0.12") / Decimal("1.73"), Decimal("0.05") / Decimal("1.56")))
    oil, gas = oil.quantize(CENT), gas.quantize(CENT)
    sold = (emission * Decimal("0.02")).quantize(Decimal(1)) if exports else Decimal(0)
    burnt = emission + sold * TRANSFER_FACTOR * 10 - oil * Decimal("1.73") - gas * Decimal("1.56")
    coal = burnt / Decimal("2.66")
    leg = {
        "partner": "省外电网（示例）",
        "direction": "export",
        "electricity": str(sold),
        "factor": str(TRANSFER_FACTOR),
    }
    return {
        "coal": str(coal.quantize(CENT)),
        "oil": str(oil),
        "gas": str(gas),
        "transfers": [leg] if sold else [],
    }


def _cities(actor: Actor, province: str) -> None:
    draw = random.Random(2020)
    cities = list(Region.objects.filter(parent__code=province, counted=True).order_by("code"))
    shares = [draw.uniform(0.4, 2.2) for _ in cities]
    heavy = [draw.uniform(0.5, 1.9) for _ in cities]
    weights = [a * b for a, b in zip(shares, heavy, strict=True)]
    faster = [draw.uniform(-0.035, 0.03) for _ in cities]
    for place, city in enumerate(cities):
        gdp = _part(Decimal("9000"), shares, place)
        emission = _part(Decimal(EMISSIONS[2020]), weights, place)
        for year in CITY_YEARS:
            _city_year(actor, city.code, year, gdp, emission)
            gdp = (gdp * (1 + GROWTH[min(year - 2020, 1)] / 100)).quantize(CENT)
            emission = (emission * Decimal(str(round(1.02 + faster[place], 4)))).quantize(CENT)


def _city_year(actor: Actor, code: str, year: int, gdp: Decimal, emission: Decimal) -> None:
    _record(actor, "record_gdp", region=code, price_base=2020, year=year, value=str(gdp))
    _record(actor, "record_energy", region=code, year=year, **energy_of(emission))


def _warnings(officer: Actor, director: Actor) -> None:
    """The two that are furthest behind get a letter; one has answered."""
    province = home()
    cities = list(Region.objects.filter(parent=province, counted=True))
    with clock.at(_noon(2024, 3, 4)):
        lagging = [
            standing for standing in standings(cities, 2024, officer) if standing.progress and standing.light != "green"
        ]
        behind = sorted(lagging, key=lambda standing: standing.progress.completion if standing.progress else 0)[:2]
        data = {"request": "请分析原因，提出年度攻坚措施并按月报送进展。"}
        sent = [
            perform("intensity.warn", officer, data=data | {"region": standing.region.code}).proposal
            for standing in behind
        ]
    with clock.at(_noon(2024, 3, 6)):
        cases = [decide(proposal, director, True, "示例：同意").result for proposal in sent if proposal is not None]
    with clock.at(_noon(2024, 3, 20)):
        bureau = cases[0].region.organisations.filter(kind="authority").first()
        answerer = employ(Actor.platform(), "city.warned", "市局经办（示例）", "city_officer", bureau.code)
        measures = {"measures": "示例：压减自备电厂煤耗，新增外购绿电，推进两家重点企业节能改造。"}
        perform("intensity.answer_warning", answerer, cases[0], measures)


def _areas(actor: Actor, province: str) -> None:
    """Areas inside a city report by themselves, with their city's target and a sixth of its amounts."""
    for area in Region.objects.filter(parent__parent__code=province, counted=False).select_related("parent"):
        target = Target.objects.filter(region=area.parent).latest("pk")
        years = (target.base_year, target.end_year)
        _target(actor, area.code, years, target.decline, "所在市分解文件（合成） / synthetic document of its city")
        for year in CITY_YEARS:
            gdp = Decimal(GdpLevel.objects.filter(region=area.parent, year=year).latest("pk").value) / 6
            emission = gdp * Decimal("1.2") * (Decimal("0.955") ** (year - CITY_YEARS[0]))
            _city_year(actor, area.code, year, gdp.quantize(CENT), emission.quantize(CENT))


def _part(whole: Decimal, weights: list[float], place: int) -> Decimal:
    return (whole * Decimal(str(weights[place])) / Decimal(str(sum(weights)))).quantize(CENT)


def _target(actor: Actor, region: str, years: tuple[int, int], decline: str, source: str) -> Any:
    data = {"region": region, "base_year": years[0], "end_year": years[1], "decline": decline, "source": source}
    return perform("intensity.set_target", actor, data=data | {"published": True}).result


def _compute(actor: Actor, opened: Any) -> None:
    draw = random.Random(14)
    cities = [
        {
            "region": share.region.code,
            "growth": str(Decimal(draw.randrange(50, 75)) / 10),
            "weight": str(Decimal(draw.randrange(80, 121)) / 100),
        }
        for share in opened.shares.select_related("region")
    ]
    data = {"method": "weighted", "least": "12", "most": "22", "cities": cities}
    perform("intensity.compute", actor, opened, data)


def _record(actor: Actor, act: str, **data: Any) -> None:
    perform(f"intensity.{act}", actor, data={"vintage": "annual", "source": SOURCE, **data})


def _noon(year: int, month: int, day: int) -> datetime:
    return datetime.combine(date(year, month, day), time(12), timezone.get_current_timezone())
