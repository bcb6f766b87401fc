"""A region's years as they are used, and its revisions with what they did to the change that was known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.actions.refusal import Refused
from tanzhi.figures.calculated import calculation_ref
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.lists.listing import FillingStep, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text

from .change import IntensityChange, change, emission_of
from .ledger import EnergyGdpLedger, Revision, revisions
from .lineage import KIND
from .lists import BILLION, CENT, PERCENT, TCE, TONNES, level_in_words, tenth
from .model import VINTAGES, EnergyBalance, GdpLevel


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a region as it is used: its best rows, the CO2 that follows, the change against the base."""

    year: int
    level: GdpLevel | None
    balance: EnergyBalance | None
    change: IntensityChange | None
    before: IntensityChange | None

    @property
    def emission(self) -> Decimal | None:
        return emission_of(self.balance).quantize(CENT) if self.balance else None

    @property
    def latest(self) -> Decimal | None:
        """Against the year before, both over the chain from the base."""
        if self.change is None or self.before is None or self.before.end != self.year - 1:
            return None
        return tenth((1 + self.change.exact) / (1 + self.before.exact) - 1)

    @property
    def vintages(self) -> list[Text]:
        """Of GDP and of energy, each word once."""
        return [VINTAGES[code] for code in dict.fromkeys(row.vintage for row in (self.level, self.balance) if row)]

    @property
    def link(self) -> str:
        if self.change is None:
            return ""
        return explain_url(calculation_ref(KIND, self.change.key, self.change.node.value("intensity_change")))


def years_of(ledger: EnergyGdpLedger, base: int | None) -> list[Year]:
    """Every year of a ledger, the newest first, each at its newest price base."""
    changes = {year: change(ledger, base, year) for year in ledger.years(base)} if base else {}
    years, before = [], None
    for year in sorted({*ledger.energy, *(year for _, year in ledger.gdp)}):
        bases = [price for price, gdp_year in ledger.gdp if gdp_year == year]
        level = ledger.gdp[max(bases), year] if bases else None
        years.append(Year(year, level, ledger.energy.get(year), changes.get(year), before))
        before = changes.get(year, before)
    return years[::-1]


def _row_of(name: str) -> Any:
    return lambda row: getattr(row.balance, name) if row.balance else None


YEARS = Listing(
    "intensity.years",
    title=Text("分年数据（现行口径）", "Years as they are used"),
    noun=Text("年", "years"),
    page_size=60,
    columns=(
        ListColumn("year", Text("年份", "Year"), sort="year"),
        ListColumn(
            "gdp",
            Text("不变价生产总值", "GDP"),
            value=lambda row: level_in_words(row.level.value) if row.level else None,
            kind="number",
            unit=BILLION,
        ),
        ListColumn(
            "base", Text("价格基期", "Price base"), value=lambda row: row.level.price_base if row.level else None
        ),
        ListColumn("coal", Text("煤炭", "Coal"), value=_row_of("coal"), kind="number", unit=TCE),
        ListColumn("oil", Text("油品", "Oil"), value=_row_of("oil"), kind="number", unit=TCE),
        ListColumn("gas", Text("天然气", "Gas"), value=_row_of("gas"), kind="number", unit=TCE),
        ListColumn("emission", Text("能源活动排放", "Energy CO2"), kind="number", unit=TONNES),
        ListColumn(
            "intensity",
            Text("强度（基年价）", "Intensity (base prices)"),
            value=lambda row: row.change.intensity.quantize(Decimal("0.0001")) if row.change else None,
            kind="number",
            unit=Text("吨/万元", "t per 10⁴ yuan"),
        ),
        ListColumn(
            "change",
            Text("累计变化", "Change"),
            value=lambda row: row.change.percent if row.change else None,
            kind="number",
            unit=PERCENT,
            link=lambda row: row.link,
        ),
        ListColumn("latest", Text("本年变化", "In the year"), kind="number", unit=PERCENT),
        ListColumn(
            "vintage",
            Text("数据口径", "Vintage"),
            value=lambda row: row.vintages,
        ),
    ),
    empty=Text("尚无台账。", "No ledger yet."),
    step=FillingStep(Text("先录入生产总值与能源消费。", "Record GDP and energy first."), "intensity.record_gdp"),
)


@dataclass(frozen=True, slots=True)
class Effect:
    """A revision with what it did to the change that was published last before it."""

    of: Revision
    year: int | None
    before: Decimal | None
    after: Decimal | None


def effects(ledger: EnergyGdpLedger, base: int | None) -> list[Effect]:
    """The change of the newest year known at each revision, without the revised row and with it."""
    rows = []
    for revision in revisions(ledger):
        then = ledger.as_of(revision.after.at)
        year = max(then.years(base), default=None) if base else None
        if base is None or year is None:
            rows.append(Effect(revision, None, None, None))
        else:
            before, after = _percent(then.without(revision.after), base, year), _percent(then, base, year)
            rows.append(Effect(revision, year, before, after))
    return rows


def _percent(ledger: EnergyGdpLedger, base: int, year: int) -> Decimal | None:
    try:
        return change(ledger, base, year).percent
    except Refused:
        return None


def _amount(row: Any) -> Decimal:
    return level_in_words(row.value) if isinstance(row, GdpLevel) else emission_of(row).quantize(CENT)


REVISIONS = Listing(
    "intensity.revisions",
    title=Text("数据修订", "Revisions"),
    noun=Text("次修订", "revisions"),
    columns=(
        ListColumn("kind", Text("数据", "Datum"), value="of.kind"),
        ListColumn("year", Text("年份", "Year"), value="of.after.year", sort="year"),
        ListColumn("from", Text("修订前", "Before"), value=lambda row: _amount(row.of.before), kind="number"),
        ListColumn("to", Text("修订后", "After"), value=lambda row: _amount(row.of.after), kind="number"),
        ListColumn(
            "vintage",
            Text("口径", "Vintage"),
            value=lambda row: [VINTAGES[row.of.before.vintage], VINTAGES[row.of.after.vintage]],
        ),
        ListColumn("at", Text("修订时间", "Revised"), value="of.after.at", sort="at"),
        ListColumn("source", Text("依据", "Source"), value="of.after.source"),
        ListColumn("effect_year", Text("影响年份", "Year affected"), value="year"),
        ListColumn("before", Text("累计变化，修订前", "Change before"), kind="number", unit=PERCENT),
        ListColumn("after", Text("修订后", "Change after"), kind="number", unit=PERCENT),
    ),
    prefix="r-",
    empty=Text("没有修订：每年数据只录入过一次", "No revision: each year was entered once"),
)
