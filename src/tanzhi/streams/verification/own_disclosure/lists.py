"""Who has disclosed a year and who has not, for a province, a city and the enterprise itself."""

from __future__ import annotations

from tanzhi.actions import clock
from tanzhi.organisations.register.model import Region
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text, same

from .duties import STATES, TONES, DisclosureDuty

SHOWN_YEARS = 6


def page_of(row: DisclosureDuty) -> str:
    return row.record.get_absolute_url() if row.record is not None else ""


def cities() -> dict[str, Text]:
    return {region.code: region.name for region in Region.objects.filter(counted=True).exclude(parent=None)}


def data_years() -> dict[str, Text]:
    """The data years of late, the last first."""
    last = clock.today().year - 1
    return {str(year): same(str(year)) for year in range(last, last - SHOWN_YEARS, -1)}


DUTIES = Listing(
    "verification.own_disclosures",
    title=Text("企业排放信息披露", "Disclosure by enterprises"),
    noun=Text("条", "rows"),
    hint=Text("单位代码或名称", "Code or name"),
    columns=(
        ListColumn("name", Text("单位", "Enterprise"), value="organisation.name", kind="link", sort="code",
                   link=page_of),
        ListColumn("year", Text("年度", "Year"), sort="year"),
        ListColumn("state", Text("状态", "State"), kind="state", words=STATES, tone=TONES, sort="state"),
        ListColumn("due", Text("期限", "Due"), value="due_on", kind="date", sort="due_on"),
        ListColumn("disclosed", Text("披露日期", "Disclosed on"), value="record.disclosed_on", kind="date"),
        ListColumn("channel", Text("披露平台", "Where"), value="record.channel_label"),
        ListColumn("address", Text("地址", "Address"), value="record.address"),
        ListColumn("code", Text("单位代码", "Code"), value="organisation.code", sort="code"),
        ListColumn("city", Text("市州", "City"), value="organisation.region.name"),
    ),
    filters=(
        Filter("year", Text("年度", "Year"), data_years),
        Filter("state", Text("状态", "State"), STATES),
        Filter("city", Text("市州", "City"), cities, where=lambda rows, code: [
            row for row in rows if f"/{code}/" in f"/{row.organisation.region.path}"
        ]),
    ),
    search=("organisation__code", "organisation__name"),
    empty=Text("没有应披露的年度。", "No year is to be disclosed."),
)  # fmt: skip
