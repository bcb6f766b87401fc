"""Hits of the cross-checks as a list."""

from __future__ import annotations

from tanzhi.organisations.register.filters import city_filter
from tanzhi.organisations.register.queries import with_names
from tanzhi.organisations.sectors import SECTORS, sector_name
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, state_filter, year_filter
from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.checks.cross.year_books import CROSS_CHECKS
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text, same

from .model import CheckHit
from .work import HIT


def titles() -> dict[str, Text]:
    return {code: check.title for code, check in CROSS_CHECKS.items()}


def place_of(hit: CheckHit) -> Text:
    """Where the cell stands: 1号生产线，2023年6月，烟煤."""
    return place_words(guidelines()[hit.filing.guideline_name], hit.where) or same("")


HITS = Listing(
    "verification.hits",
    title=Text("交叉核对疑点", "Cross-check hits"),
    noun=Text("个疑点", "hits"),
    hint=Text("单位代码", "Enterprise"),
    columns=(
        ListColumn("title", Text("核对", "Check"), kind="link", sort="code",
                   value=lambda row: titles().get(row.code, same(row.code)), link=lambda row: row.get_absolute_url()),
        ListColumn("code", Text("编码", "Code"), sort="code"),
        ListColumn("name", Text("单位", "Enterprise"), value="called", sort="organisation__code"),
        ListColumn("sector", Text("行业", "Sector"), value=lambda row: sector_name(row.organisation.sector),
                   sort="organisation__sector"),
        ListColumn("city", Text("市州", "City"), value="organisation.region.name", sort="organisation__region__path"),
        ListColumn("year", Text("年度", "Year"), sort="year"),
        ListColumn("place", Text("位置", "Place"), value=place_of),
        ListColumn("field", Text("数据", "Value"), value=lambda row: row.part("field")),
        ListColumn("actual", Text("情况", "Situation"), value=lambda row: row.part("actual")),
        ListColumn("expected", Text("应为", "Expected"), value=lambda row: row.part("expected")),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=HIT.words, tone=HIT.tones),
    ),
    filters=(
        state_filter(HIT.words),
        city_filter("organisation__region"),
        Filter("sector", Text("行业", "Sector"), SECTORS, lambda rows, code: rows.filter(organisation__sector=code)),
        year_filter(CheckHit.objects.all),
        Filter("code", Text("核对", "Check"), titles),
    ),
    search=("organisation__code", "organisation__names__zh", "organisation__names__en", "code"),
    order="-year",
    empty=Text("没有疑点。省级经办可运行全省交叉核对。", "No hit. The province runs the cross-checks."),
    prepare=with_names,
)  # fmt: skip
