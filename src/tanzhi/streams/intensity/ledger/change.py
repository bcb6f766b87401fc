"""The change of a region's intensity between two years, evaluated by the rulebook, with the rows behind each input."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tanzhi.actions.refusal import Refused
from tanzhi.law.evaluation import InForce, evaluate
from tanzhi.organisations.register.model import Region
from tanzhi.rulebook.intensity import intensity
from tanzhi.rulebook.kernel import Mark, RecordNode, Text, Value

from .ledger import EnergyGdpLedger
from .model import FLASH, RANK, SCOPES, VINTAGES, EnergyBalance

PROVISIONAL = Text("含快报数据，为初步数", "rests on flash data: provisional")


@dataclass(frozen=True)
class IntensityChange:
    """A change between two years: the evaluated record, and the row behind each of its inputs by path."""

    region: Region
    base: int
    end: int
    node: RecordNode
    rows: dict[str, Any]

    @cached_property
    def exact(self) -> Decimal:
        """As a fraction, not rounded: -0.5220…"""
        return number(self.node.value("intensity_ratio")) - 1

    @property
    def percent(self) -> Decimal:
        """As it is published: in per cent, to one decimal."""
        return number(self.node.value("intensity_change"))

    @property
    def intensity(self) -> Decimal:
        """CO2 per 10^4 yuan at the base year's prices, in the year compared."""
        return number(self.node.value("end_intensity"))

    @property
    def flash(self) -> bool:
        return any(row.vintage == FLASH for row in self.rows.values())

    @property
    def marks(self) -> frozenset[Mark]:
        return frozenset({Mark(FLASH, PROVISIONAL, self.key)} if self.flash else ())

    @property
    def vintages(self) -> Text:
        """Which vintages it rests on, the least settled first."""
        vintages = sorted({row.vintage for row in self.rows.values()}, key=RANK.__getitem__)
        words = [VINTAGES[code] for code in vintages]
        return Text("、".join(w.zh for w in words), ", ".join(w.en for w in words))

    @property
    def key(self) -> str:
        return f"{self.region.code}-{self.base}-{self.end}"


_NO_VALUE = Text("无法计算{name}", "{name} cannot be computed")


def number(value: Value) -> Decimal:
    """A computed number; what could not be computed is refused with its reason."""
    if isinstance(value.number, Decimal):
        return value.number
    raise Refused("INT-03", value.reason or _NO_VALUE.format(name=value.label), 422)


_SCOPES = Text(
    "{region}：{base} 年口径为“{of_base}”，{end} 年口径为“{of_end}”，不能比较",
    "{region}: {base} counts “{of_base}”, {end} counts “{of_end}”; they cannot be compared",
)


def change(ledger: EnergyGdpLedger, base: int, end: int, law: InForce | None = None) -> IntensityChange:
    """The change between two years; refuses where a row is missing (INT-03) or counts something else (INT-06)."""
    points = {"base": _balance(ledger, base), "end": _balance(ledger, end)}
    of_base, of_end = points["base"].scope, points["end"].scope
    if of_base != of_end:
        names = {"region": ledger.region.name, "base": points["base"].year, "end": points["end"].year}
        raise Refused("INT-06", _SCOPES.format(**names, of_base=SCOPES[of_base], of_end=SCOPES[of_end]), 422)
    pairs = ledger.segments(base, end)
    rows: dict[str, Any] = {f"points[{code}]": row for code, row in points.items()}
    for first, last in pairs:
        place = f"segments[{first.price_base}]"
        rows |= {f"{place}.gdp_at_start": first, f"{place}.gdp_at_end": last}
    first = pairs[0][0]
    record = {
        "area": ledger.region.code,
        "base_gdp": first.value,
        "points": [_point(code, row) for code, row in points.items()],
        "segments": [
            {"segment": str(first.price_base), "gdp_at_start": first.value, "gdp_at_end": last.value}
            for first, last in pairs
        ],
    }
    return IntensityChange(
        ledger.region, base, end, evaluate(intensity, end, record, under=law), rows | {"base_gdp": first}
    )


def base_emission(ledger: EnergyGdpLedger, year: int) -> Decimal | None:
    """Energy CO2 of one year by the scope of the targets, 10^4 t; None where its energy is missing."""
    row = ledger.energy.get(year)
    return emission_of(row) if row else None


def emission_of(row: EnergyBalance) -> Decimal:
    """Energy CO2 of one row of the ledger, 10^4 t."""
    node = evaluate(intensity, row.year, {"area": "-", "points": [_point("base", row)]})
    return number(node.children[0].value("energy_emission"))


_NO_ENERGY = Text("{region}：缺少 {year} 年能源消费", "{region}: energy of {year} is missing")


def _balance(ledger: EnergyGdpLedger, year: int) -> EnergyBalance:
    if year not in ledger.energy:
        raise Refused("INT-03", _NO_ENERGY.format(region=ledger.region.name, year=year), 422)
    return ledger.energy[year]


def _point(code: str, row: EnergyBalance) -> dict[str, Any]:
    legs = [
        {
            "leg": leg["partner"],
            "direction": leg["direction"],
            "electricity": leg["electricity"],
            "electricity_factor": leg["factor"],
        }
        for leg in row.transfers
    ]
    fuels = {"coal_consumption": row.coal, "oil_consumption": row.oil, "gas_consumption": row.gas}
    return {"point": code, **fuels, "legs": legs}
