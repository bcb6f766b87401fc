"""The only writers of the ledger, the reference series and the targets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from tanzhi.actions.refusal import refused
from tanzhi.actions.table import Call, action, anywhere
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text

from .inputs import OFFICERS, EnergyInput, GdpInput, IndexInput, ReferenceInput, place_of_region
from .ledger import ledger_of
from .model import EnergyBalance, GdpLevel, ReferencePoint, Regional

Recorded = TypeVar("Recorded", bound=Regional)


_POSITIVE = Text("地区生产总值应为正数", "GDP must be positive")


@action(
    "intensity.record_gdp",
    label=Text("录入地区生产总值", "Record GDP"),
    by=OFFICERS,
    input=GdpInput,
    place=place_of_region,
)
def record_gdp(call: Call) -> GdpLevel:
    """A level of GDP at one price base; the base may not lie after the year it measures."""
    data: GdpInput = call.data
    _base_first(data)
    if data.value <= 0:
        raise refused("INT-01", "value", data.value, _POSITIVE)
    fields = {"year": data.year, "price_base": data.price_base, "value": plain(data.value), "vintage": data.vintage}
    return stored_row(call, GdpLevel, fields)


_INDEX = Text(
    "指数以上年为 100（增长 4.5% 填 104.5），应在 50 与 200 之间",
    "an index has the year before as 100 (growth of 4.5 % is 104.5) and lies between 50 and 200",
)
_NO_YEAR_BEFORE = Text(
    "须先录入 {base} 年价 {year} 年的生产总值", "GDP of {year} at prices of {base} must be recorded first"
)


@action(
    "intensity.record_index",
    label=Text("录入生产总值指数", "Record an index of GDP"),
    by=OFFICERS,
    input=IndexInput,
    place=place_of_region,
)
def record_index(call: Call) -> GdpLevel:
    """A year's growth as statistics publish it, the year before = 100; its level follows from the year before's."""
    data: IndexInput = call.data
    _base_first(data)
    if not 50 <= data.index <= 200:
        raise refused("INT-01", "index", data.index, _INDEX)
    before = ledger_of(region_by_code(data.region)).gdp.get((data.price_base, data.year - 1))
    if before is None:
        raise refused("INT-03", "year", data.year, _NO_YEAR_BEFORE.format(base=data.price_base, year=data.year - 1))
    value = Decimal(before.value) * data.index / 100
    fields = {"year": data.year, "price_base": data.price_base, "vintage": data.vintage, "index": plain(data.index)}
    return stored_row(call, GdpLevel, {**fields, "value": plain(value)})


_BASE = Text("价格基期不得晚于 {year} 年", "the price base must not be later than {year}")


def _base_first(data: GdpInput | IndexInput) -> None:
    if data.price_base > data.year:
        raise refused("INT-02", "price_base", data.price_base, _BASE.format(year=data.year))


_NO_ENERGY = Text("能源消费不能全部为零", "energy cannot be nil altogether")


_NO_FACTOR = Text(
    "电力调入调出须写明对方与排放因子", "a transfer of electricity needs its partner and its emission factor"
)


@action(
    "intensity.record_energy",
    label=Text("录入能源消费", "Record energy"),
    by=OFFICERS,
    input=EnergyInput,
    place=place_of_region,
)
def record_energy(call: Call) -> EnergyBalance:
    """A year's energy by fuel, with every electricity transfer, its partner and its factor."""
    data: EnergyInput = call.data
    if not (data.coal + data.oil + data.gas or data.transfers):
        raise refused("INT-01", "coal", 0, _NO_ENERGY)
    amounts = {"coal": plain(data.coal), "oil": plain(data.oil), "gas": plain(data.gas), "scope": data.scope}
    transfers = []
    for leg in data.transfers:
        # A transfer without a partner or a factor cannot be counted on both sides (INT-07).
        if not leg.partner or leg.factor is None:
            raise refused("INT-07", "transfers", plain(leg.electricity), _NO_FACTOR)
        of_leg = {"electricity": plain(leg.electricity), "factor": plain(leg.factor)}
        transfers.append({"partner": leg.partner, "direction": leg.direction, **of_leg})
    return stored_row(
        call, EnergyBalance, {"year": data.year, "vintage": data.vintage, "transfers": transfers, **amounts}
    )


AFTER_BASE_YEAR = Text("应晚于基年 {year}", "expected a year after the base year {year}")
_PUBLISHED = Text(
    "已公布数据不得覆盖（已登记 {known} %）；确需更正的，请写明更正说明",
    "what was published is not overwritten (recorded: {known} %); a correction says why",
)


@action(
    "intensity.record_reference",
    label=Text("录入已公布数据", "Record a published change"),
    by={"provincial_officer"},
    input=ReferenceInput,
    place=anywhere,
)
def record_reference(call: Call) -> ReferencePoint:
    """A change that somebody else published; it stands beside what we compute and never replaces it (INT-08)."""
    data: ReferenceInput = call.data
    if data.year <= data.base_year:
        raise refused("INT-05", "year", data.year, AFTER_BASE_YEAR.format(year=data.base_year))
    earlier = ReferencePoint.objects.filter(series=data.series, base_year=data.base_year, year=data.year).last()
    if earlier and Decimal(earlier.change) != data.change and not data.correction:
        raise refused("INT-08", "change", data.change, _PUBLISHED.format(known=earlier.change))
    return ReferencePoint.objects.create(**data.model_dump() | {"change": plain(data.change)})


def stored_row(call: Call, model: type[Recorded], fields: dict[str, Any]) -> Recorded:
    """The new row; what was told of the same year before stays."""
    data = call.data
    row: Recorded = model._base_manager.create(
        region=region_by_code(data.region),
        published=data.published,
        source=data.source,
        person_name=call.actor.name,
        at=call.now,
        **fields,
    )
    return row
