"""The only writers of the ledger, the reference series and the targets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action, anywhere
from tanzhi.organisations.queries import region_by_code
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text, same

from .inputs import EnergyInput, GdpInput, ReferenceInput, TargetInput, place_of_region
from .models import EnergyBalance, GdpLevel, ReferencePoint, Regional, Target

Told = TypeVar("Told", bound=Regional)
OFFICERS = {"city_officer", "provincial_officer"}


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
    if data.price_base > data.year:
        raise refused("INT-02", "price_base", data.price_base, _BASE.format(year=data.year))
    fields = {"year": data.year, "price_base": data.price_base, "value": plain(data.value), "vintage": data.vintage}
    return _kept(call, GdpLevel, fields)


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
    transfers = [
        {
            "partner": one.partner,
            "direction": one.direction,
            "electricity": plain(one.electricity),
            "factor": plain(one.factor),
        }
        for one in data.transfers
    ]
    amounts = {"coal": plain(data.coal), "oil": plain(data.oil), "gas": plain(data.gas)}
    return _kept(call, EnergyBalance, {"year": data.year, "vintage": data.vintage, "transfers": transfers, **amounts})


@action(
    "intensity.set_target",
    label=Text("录入强度目标", "Set a target"),
    by={"provincial_officer"},
    input=TargetInput,
    place=place_of_region,
)
def set_target(call: Call) -> Target:
    """A target as its document states it, in per cent: 65, not 0.65."""
    data: TargetInput = call.data
    if data.end_year <= data.base_year:
        raise refused("INT-05", "end_year", data.end_year, _AFTER.format(year=data.base_year))
    if not 1 <= data.decline < 100:
        raise refused("INT-05", "decline", data.decline, _PERCENT)
    fields = {"base_year": data.base_year, "end_year": data.end_year, "binding": data.binding}
    return _kept(call, Target, {**fields, "decline": plain(data.decline)})


@action(
    "intensity.record_reference",
    label=Text("录入参考序列", "Record a reference"),
    by={"provincial_officer"},
    input=ReferenceInput,
    place=anywhere,
)
def record_reference(call: Call) -> ReferencePoint:
    """A change that somebody else published; it stands beside what we compute and never replaces it (INT-08)."""
    data: ReferenceInput = call.data
    if data.year <= data.base_year:
        raise refused("INT-05", "year", data.year, _AFTER.format(year=data.base_year))
    fields = data.model_dump() | {"change": plain(data.change)}
    return ReferencePoint.objects.create(**fields)


def _kept(call: Call, model: type[Told], fields: dict[str, Any]) -> Told:
    """The new row; what was told of the same year before stays."""
    data = call.data
    kept: Told = model._base_manager.create(
        region=region_by_code(data.region),
        published=data.published,
        source=data.source,
        person_name=call.actor.name,
        at=call.now,
        **fields,
    )
    return kept


def refused(code: str, field: str, found: Decimal | int, expected: Text) -> Refused:
    """A refusal that names the field, what was found and what is expected."""
    message = Text("{expected}，现为 {found}", "{expected}; found {found}").format(expected=expected, found=found)
    finding = Finding(code, ERROR, "intensity", field, same(str(found)), expected, message)
    return Refused(code, message, 422, [finding])


_BASE = Text("价格基期不得晚于 {year} 年", "the price base must not be later than {year}")
_NO_ENERGY = Text("能源消费不能全部为零", "energy cannot be nil altogether")
_AFTER = Text("应晚于基年 {year}", "expected a year after the base year {year}")
_PERCENT = Text(
    "下降目标以百分数填写，应在 1 与 100 之间（65% 填 65）",
    "a decline is given in per cent, from 1 to below 100 (65, not 0.65)",
)
