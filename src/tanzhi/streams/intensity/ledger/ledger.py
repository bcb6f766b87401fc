"""The ledger of a region's GDP and energy (台账): of each year its best row, and the chain over price bases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

from .model import FLASH, RANK, EnergyBalance, GdpLevel

if TYPE_CHECKING:
    from datetime import datetime

    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Region


_NO_CHAIN = Text(
    "{region}：{base} 至 {end} 年的不变价生产总值不连续，缺少价格基期衔接年份",
    "{region}: GDP from {base} to {end} does not chain; a year that links two price bases is missing",
)


@dataclass(frozen=True)
class EnergyGdpLedger:
    """What is known of a region's GDP and energy: of each year the most settled row, the latest where equal."""

    region: Region
    levels: Sequence[GdpLevel]
    balances: Sequence[EnergyBalance]

    @cached_property
    def energy(self) -> dict[int, EnergyBalance]:
        return {row.year: row for row in sorted(self.balances, key=_settledness)}

    @cached_property
    def gdp(self) -> dict[tuple[int, int], GdpLevel]:
        """By price base and year."""
        return {(row.price_base, row.year): row for row in sorted(self.levels, key=_settledness)}

    @cached_property
    def price_bases(self) -> list[int]:
        return sorted({base for base, _ in self.gdp})

    def as_of(self, moment: datetime) -> EnergyGdpLedger:
        """What was known at a moment."""
        levels = [row for row in self.levels if row.at <= moment]
        return EnergyGdpLedger(self.region, levels, [row for row in self.balances if row.at <= moment])

    def without(self, row: GdpLevel | EnergyBalance) -> EnergyGdpLedger:
        """The same as if one row had never been told."""
        levels = [other for other in self.levels if other is not row]
        return EnergyGdpLedger(self.region, levels, [other for other in self.balances if other is not row])

    def years(self, base: int) -> list[int]:
        """Years after the base whose change can be computed."""
        if base not in self.energy:
            return []
        return [year for year in sorted(self.energy) if year > base and self._chain(base, year) is not None]

    def newest(self, base: int, until: int) -> int | None:
        """The last year up to `until` whose energy is settled and whose chain is complete."""
        settled = [y for y in self.years(base) if y <= until and self.energy[y].vintage != FLASH]
        return max(settled, default=None)

    def segments(self, base: int, end: int) -> list[tuple[GdpLevel, GdpLevel]]:
        """The pairs of levels that chain the two years, each pair at one price base."""
        chain = self._chain(base, end)
        if chain is None:
            raise Refused("INT-03", _NO_CHAIN.format(region=self.region.name, base=base, end=end), 422)
        return chain

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


def ledger_of(region: Region, viewer: Actor | None = None) -> EnergyGdpLedger:
    """One region's ledger; of its rows those that the viewer may see, where one is named."""
    return ledgers_of([region], viewer)[region.pk]


def ledgers_of(regions: Iterable[Region], viewer: Actor | None = None) -> dict[int, EnergyGdpLedger]:
    """Several regions' ledgers by the region's key, with two queries however many there are."""
    by_key = {region.pk: region for region in regions}
    models: tuple[type[GdpLevel | EnergyBalance], ...] = (GdpLevel, EnergyBalance)
    rows_of: dict[tuple[Any, int], list[Any]] = defaultdict(list)
    for model in models:
        rows = model.objects.filter(region_id__in=by_key, withdrawn_at=None)
        for row in rows if viewer is None else rows.visible_to(viewer):
            row.region = by_key[row.region_id]
            rows_of[model, row.region_id].append(row)
    return {
        key: EnergyGdpLedger(region, rows_of[GdpLevel, key], rows_of[EnergyBalance, key])
        for key, region in by_key.items()
    }


GDP = Text("地区生产总值", "GDP")
ENERGY = Text("能源消费", "energy")


@dataclass(frozen=True, slots=True)
class Revision:
    """A row that took the place of another one of the same year (修订): before and after."""

    before: Any
    after: Any

    @property
    def kind(self) -> Text:
        return GDP if isinstance(self.after, GdpLevel) else ENERGY


def revisions(ledger: EnergyGdpLedger) -> list[Revision]:
    """Every row that replaced a less settled or an earlier one, the newest first."""
    stated: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    rows: tuple[GdpLevel | EnergyBalance, ...] = (*ledger.levels, *ledger.balances)
    for row in rows:
        stated[type(row), row.year, getattr(row, "price_base", 0)].append(row)
    pairs = []
    for same in stated.values():
        # In the order in which they were told: each row that became the best one, with the one it displaced.
        best, *later = sorted(same, key=lambda row: row.pk)
        for row in later:
            if _settledness(row) > _settledness(best):
                pairs.append(Revision(best, row))
                best = row
    return sorted(pairs, key=lambda pair: (pair.after.at, pair.after.pk), reverse=True)
