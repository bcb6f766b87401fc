"""What others may ask of the ledger: the best row of a year, the change between two years, the path of a target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tanzhi.actions.refusal import Refused
from tanzhi.organisations.models import Region
from tanzhi.rulebook.intensity import intensity
from tanzhi.rulebook.intensity.schedule import light, scheduled
from tanzhi.rulebook.kernel import Node, Text, Value, evaluate

from .models import RANK, SIGNED, Decomposition, EnergyBalance, GdpLevel, ReferencePoint, Share, Target


@dataclass(frozen=True)
class Ledger:
    """What is known of a region's GDP and energy: of each year the most settled row, the latest where equal."""

    region: Region

    @cached_property
    def energy(self) -> dict[int, EnergyBalance]:
        rows = EnergyBalance.objects.filter(region=self.region)
        return {row.year: row for row in sorted(rows, key=_settledness)}

    @cached_property
    def gdp(self) -> dict[tuple[int, int], GdpLevel]:
        """By price base and year."""
        rows = GdpLevel.objects.filter(region=self.region)
        return {(row.price_base, row.year): row for row in sorted(rows, key=_settledness)}

    @cached_property
    def price_bases(self) -> list[int]:
        return sorted({base for base, _ in self.gdp})

    def years(self, base: int) -> list[int]:
        """Years after the base whose change can be computed."""
        return [year for year in sorted(self.energy) if year > base and self._chain(base, year) is not None]

    def newest(self, base: int, until: int) -> int | None:
        """The last year up to `until` whose energy is settled and whose chain is complete."""
        settled = [y for y in self.years(base) if y <= until and self.energy[y].vintage != "flash"]
        return max(settled, default=None)

    def segments(self, base: int, end: int) -> list[tuple[GdpLevel, GdpLevel]]:
        """The pairs of levels that chain the two years, each pair at one price base."""
        found = self._chain(base, end)
        if found is None:
            raise Refused("INT-03", _NO_CHAIN.format(region=self.region.name, base=base, end=end), 422)
        return found

    def _chain(self, base: int, end: int) -> list[tuple[GdpLevel, GdpLevel]] | None:
        pairs, year = [], base
        while year < end:
            pair = self._longest(year, end)
            if pair is None:
                return None
            pairs.append(pair)
            year = pair[1].year
        return pairs

    def _longest(self, start: int, end: int) -> tuple[GdpLevel, GdpLevel] | None:
        """From a year on at the newest price base that measures it, to the year where the next base takes over."""
        bases = [base for base in self.price_bases if base <= start and (base, start) in self.gdp]
        for base in reversed(bases):
            following = min((b for b in self.price_bases if b > start), default=end)
            for reach in (min(following, end), end):
                if (base, reach) in self.gdp and reach > start:
                    return self.gdp[base, start], self.gdp[base, reach]
        return None


def _settledness(row: Any) -> tuple[int, int]:
    return RANK[row.vintage], row.pk


@dataclass(frozen=True)
class Change:
    """The change of a region's intensity between two years, evaluated, with the rows behind each input."""

    region: Region
    base: int
    end: int
    node: Node
    rows: dict[str, Any]

    @property
    def exact(self) -> Decimal:
        """As a fraction, not rounded: -0.5220…"""
        return number(self.node.value("intensity_ratio")) - 1

    @property
    def flash(self) -> bool:
        return any(row.vintage == "flash" for row in self.rows.values())

    @property
    def key(self) -> str:
        return f"{self.region.code}-{self.base}-{self.end}"


def number(value: Value) -> Decimal:
    """A computed number; what could not be computed is refused with its reason."""
    if isinstance(value.number, Decimal):
        return value.number
    raise Refused("INT-03", value.reason or _NO_VALUE.format(name=value.label), 422)


def change(ledger: Ledger, base: int, end: int) -> Change:
    """The change between two years; refuses with INT-03 where a row is missing."""
    missing = [year for year in (base, end) if year not in ledger.energy]
    if missing:
        raise Refused("INT-03", _NO_ENERGY.format(region=ledger.region.name, year=missing[0]), 422)
    pairs = ledger.segments(base, end)
    points = {"base": ledger.energy[base], "end": ledger.energy[end]}
    rows: dict[str, Any] = {f"points[{code}]": row for code, row in points.items()}
    for first, last in pairs:
        place = f"segments[{first.price_base}]"
        rows |= {f"{place}.gdp_at_start": first, f"{place}.gdp_at_end": last}
    first = pairs[0][0]
    record = {
        "area": ledger.region.code,
        "base_gdp": first.value,
        "points": [_point(code, row) for code, row in points.items()],
        "segments": [_segment(*pair) for pair in pairs],
    }
    rows["base_gdp"] = first
    return Change(ledger.region, base, end, evaluate(intensity, end, record), rows)


def _point(code: str, row: EnergyBalance) -> dict[str, Any]:
    legs = [
        {
            "leg": one["partner"],
            "direction": one["direction"],
            "electricity": one["electricity"],
            "electricity_factor": one["factor"],
        }
        for one in row.transfers
    ]
    fuels = {"coal_consumption": row.coal, "oil_consumption": row.oil, "gas_consumption": row.gas}
    return {"point": code, **fuels, "legs": legs}


def _segment(first: GdpLevel, last: GdpLevel) -> dict[str, str]:
    return {"segment": str(first.price_base), "gdp_at_start": first.value, "gdp_at_end": last.value}


@dataclass(frozen=True)
class Progress:
    """How a region stands against a target in a year: change so far, what is due, the light."""

    target: Target
    year: int
    change: Change
    latest: Decimal
    due: Decimal

    @property
    def light(self) -> str:
        return light(self.change.exact, self.latest, self.due)


def targets(region: Region) -> list[Target]:
    """The targets in force: of each pair of years the last one that was set."""
    held = {(row.base_year, row.end_year): row for row in Target.objects.filter(region=region).order_by("pk")}
    return sorted(held.values(), key=lambda row: (row.end_year, row.base_year))


def long_target(region: Region) -> Target | None:
    """The target over the longest time, whose base year the province reports against."""
    return max(targets(region), key=lambda row: (row.years, row.pk), default=None)


def plan_target(region: Region, year: int) -> Target | None:
    """The five-year target whose period holds the year."""
    held = [row for row in targets(region) if row.years == 5 and row.base_year < year <= row.end_year]
    return held[-1] if held else None


def progress(ledger: Ledger, target: Target, until: int) -> Progress | None:
    """Against a target in its newest computable year up to `until`; None before the first."""
    years = [y for y in ledger.years(target.base_year) if y <= min(until, target.end_year)]
    if not years:
        return None
    year = years[-1]
    so_far = change(ledger, target.base_year, year)
    before = change(ledger, target.base_year, years[-2]).exact if len(years) > 1 else Decimal(0)
    latest = (1 + so_far.exact) / (1 + before) - 1
    due = scheduled(target.fraction, target.years, year - target.base_year)
    return Progress(target, year, so_far, latest, due)


def base_emission(ledger: Ledger, year: int) -> Decimal | None:
    """Energy CO2 of one year by the scope of the targets, 10^4 t; None where its energy is missing."""
    row = ledger.energy.get(year)
    if row is None:
        return None
    node = evaluate(intensity, year, {"area": ledger.region.code, "points": [_point("base", row)]})
    return number(node.children[0].value("energy_emission"))


def signed_shares(region: Region, year: int) -> list[Share]:
    """The cities of the newest signed decomposition whose period holds the year."""
    signed = Decomposition.objects.filter(
        target__region=region, state=SIGNED, target__base_year__lt=year, target__end_year__gte=year
    )
    newest = signed.order_by("-signed_at", "-pk").first()
    return list(newest.shares.select_related("region", "decomposition__target")) if newest else []


def reference(series: str, base: int, until: int) -> ReferencePoint | None:
    """The newest published point of a reference series."""
    found = ReferencePoint.objects.filter(series=series, base_year=base, year__lte=until)
    return found.order_by("-year", "-pk").first()


_NO_VALUE = Text("无法计算{name}", "{name} cannot be computed")
_NO_CHAIN = Text(
    "{region}：{base} 至 {end} 年的不变价生产总值不连续，缺少价格基期衔接年份",
    "{region}: GDP from {base} to {end} does not chain; a year that links two price bases is missing",
)
_NO_ENERGY = Text("{region}：缺少 {year} 年能源消费", "{region}: energy of {year} is missing")
