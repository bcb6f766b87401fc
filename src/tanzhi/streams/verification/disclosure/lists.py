"""Disclosures, their rows, and what is public of all years."""

from __future__ import annotations

from dataclasses import replace

from tanzhi.actions.language import listed
from tanzhi.organisations.register.filters import city_filter
from tanzhi.organisations.register.queries import with_names
from tanzhi.organisations.sectors import SECTORS, sector_name
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, state_filter, year_filter
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text, same

from .model import ANSWERS, DisclosedEmission, EmissionDisclosure
from .work import DISCLOSURE

WITHHELD = Text("商业秘密，不公开", "withheld as a trade secret")
CONFORMS = {"True": Text("符合", "conforms"), "False": Text("不符合", "does not conform")}
NOT_CLAIMED, TO_BE_ANSWERED = Text("未主张", "none"), Text("待答复", "to be answered")
STANDING = {"True": Text("现行", "stands"), "False": Text("已由新版取代", "superseded")}


def facilities_of(row: DisclosedEmission) -> Text:
    """Numbers of the units that were verified, as far as they are public."""
    numbers = row.public_facilities
    if numbers is None:
        return WITHHELD
    return listed(same(number) for number in numbers) if numbers else same("—")


def method_of(row: DisclosedEmission) -> Text:
    """The guideline by which the year was accounted, as far as it is public."""
    return WITHHELD if row.public_method is None else guidelines()[row.method].title


NAME = ListColumn(
    "name", Text("单位", "Enterprise"), value="called", kind="link", sort="organisation__code",
    link=lambda row: row.get_absolute_url(),
)  # fmt: skip
EMISSION = ListColumn(
    "emission", Text("核查排放量", "Verified emission"), value="tonnes", kind="number", unit=Text("tCO₂e", "tCO₂e")
)
CONCLUSION = ListColumn("conforms", Text("核查结论", "Conclusion"), kind="state", words=CONFORMS, sort="conforms")
FURTHER = (
    ListColumn("body", Text("核查机构", "Verification body")),
    ListColumn("code", Text("单位代码", "Code"), value="organisation.code", sort="organisation__code"),
    ListColumn("city", Text("市州", "City"), value="organisation.region.name", sort="organisation__region__path"),
    ListColumn("facilities", Text("排放设施", "Facilities"), value=facilities_of),
)  # fmt: skip
METHOD = ListColumn("method", Text("核算方法", "Accounting method"), value=method_of)
ANSWER = ListColumn(
    "answer", Text("商业秘密主张", "Claim of a secret"), kind="state",
    value=lambda row: TO_BE_ANSWERED if row.waits else ANSWERS.get(row.answer, NOT_CLAIMED),
    tone=lambda row: "due" if row.waits else "",
)  # fmt: skip
ROWS = Listing(
    "verification.disclosure_rows",
    title=Text("核查结果公开明细", "Verified emissions of a disclosure"),
    noun=Text("家", "enterprises"),
    hint=Text("单位代码或名称", "Code or name"),
    columns=(NAME, EMISSION, CONCLUSION, *FURTHER, METHOD),
    filters=(city_filter("organisation__region"),),
    search=("organisation__code", "organisation__names__zh", "organisation__names__en"),
    order="name",
    prepare=with_names,
)  # fmt: skip
CLAIMED_ROWS = replace(ROWS, name="verification.claimed_rows", columns=(*ROWS.columns, ANSWER))
"""The same with what was claimed and answered, which is between an enterprise and its authority."""
PUBLIC_ROWS = Listing(
    "verification.public_emissions",
    title=Text("重点排放单位核查排放量", "Verified emissions of key units"),
    noun=Text("条", "rows"),
    hint=Text("单位代码或名称", "Code or name"),
    columns=(
        NAME,
        EMISSION,
        CONCLUSION,
        ListColumn("year", Text("年度", "Year"), value="disclosure.year", sort="disclosure__year"),
        ListColumn("sector", Text("行业", "Sector"), value=lambda row: sector_name(row.disclosure.sector),
                   sort="disclosure__sector"),
        *FURTHER,
        ListColumn("on", Text("公开日期", "Public since"), value="disclosure.published_on", kind="date",
                   sort="disclosure__published_on"),
        ListColumn("standing", Text("状态", "State"), kind="state", words=STANDING,
                   value=lambda row: str(row.stands), tone=lambda row: "ok" if row.stands else ""),
    ),
    filters=(
        Filter("sector", Text("行业", "Sector"), SECTORS, where="disclosure__sector"),
        city_filter("organisation__region"),
        Filter("year", Text("年度", "Year"), lambda: {
            str(year): Text(str(year), str(year))
            for year in EmissionDisclosure.objects.order_by("-year").values_list("year", flat=True).distinct()
        }, where="disclosure__year"),
    ),
    search=("organisation__code", "organisation__names__zh", "organisation__names__en"),
    order="-year",
    empty=Text("尚未公开核查排放量。", "No verified emission is public yet."),
    prepare=with_names,
)  # fmt: skip
DISCLOSURES = Listing(
    "verification.disclosures",
    title=Text("核查结果公开", "Disclosures of verified emissions"),
    noun=Text("份", "disclosures"),
    columns=(
        ListColumn("name", Text("核查结果公开", "Disclosure"), value="name", kind="link", sort="year",
                   link=lambda row: row.get_absolute_url()),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=DISCLOSURE.words,
                   tone=DISCLOSURE.tones),
        ListColumn("units", Text("单位数", "Enterprises"), kind="number"),
        ListColumn("published", Text("公开日期", "Public since"), value="published_on", kind="date",
                   sort="published_on"),
        ListColumn("correction", Text("更正说明", "Why it is corrected")),
    ),
    filters=(state_filter(DISCLOSURE.words), year_filter(EmissionDisclosure.objects.all),
             Filter("sector", Text("行业", "Sector"), SECTORS)),
    order="-name",
    empty=Text("尚未编制。", "None is prepared yet."),
    step=FillingStep(
        Text("核查结果确定后编制。", "Prepare one once results are final."), "verification.prepare_disclosure"
    ),
)  # fmt: skip
