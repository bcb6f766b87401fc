"""The lists of key emission units as they were made public, a row for each unit."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.actions.references import reference
from tanzhi.actions.visibility import sees
from tanzhi.presentation.open_data.data_set import DAY, WHOLE, DataColumn, DataSet, PublicRow, names, register
from tanzhi.rulebook.kernel.text import Text

from .dated import in_force
from .register.model import KeyUnitStatus, ListDisclosure, Organisation, names_of

THE_LIST = Text("公开的名录", "the list as it was made public")
REGISTER = Text("单位登记，公开当日", "the register, on the day of publication")


def listed() -> Iterator[PublicRow]:
    """Of each region and year the list that stands: the one that was made public last."""
    standing: dict[tuple[int, int], ListDisclosure] = {}
    for disclosure in ListDisclosure.objects.select_related("region").order_by("on", "pk"):
        if sees(None, disclosure):
            standing[disclosure.region_id, disclosure.year] = disclosure
    for disclosure in sorted(standing.values(), key=lambda each: (each.region.code, each.year)):
        units = Organisation.objects.filter(code__in=disclosure.codes).select_related("region").order_by("code")
        called = names_of(units, disclosure.on)
        statuses = KeyUnitStatus.objects.filter(in_force(disclosure.on), organisation__in=units).order_by("sector")
        sectors: dict[int, list[str]] = {}
        for organisation, sector in statuses.values_list("organisation_id", "sector"):
            sectors.setdefault(organisation, []).append(sector)
        for unit in units:
            name = called.get(unit.pk)
            yield PublicRow(
                reference(disclosure),
                {
                    "province": disclosure.region.code,
                    "year": disclosure.year,
                    "code": unit.code,
                    "name_zh": name.zh if name else "",
                    "name_en": name.en if name else "",
                    "city": unit.region.code,
                    "city_zh": unit.region.name_zh,
                    "city_en": unit.region.name_en,
                    "sectors": " ".join(sectors.get(unit.pk, ())),
                    "published_on": disclosure.on,
                    "document": disclosure.basis,
                },
            )


register(
    DataSet(
        "key-units",
        Text("重点排放单位名录", "Key emission units"),
        Text(
            "各年度公开的名录，每单位一行；同一年度多次公开的，以最后一次为准",
            "The list of each year, a row for each unit; of a year's lists the one made public last",
        ),
        Text("名录由省级主管部门公开", "the province publishes the list"),
        (
            DataColumn("province", Text("省份代码", "Code of the province"), source=THE_LIST),
            DataColumn("year", Text("年度", "Year"), WHOLE, source=THE_LIST),
            DataColumn("code", Text("单位代码", "Code of the unit"), source=THE_LIST),
            *names("name", Text("单位名称", "Name of the unit"), REGISTER),
            DataColumn("city", Text("所在地区代码", "Code of its region"), source=REGISTER),
            *names("city", Text("所在地区", "Its region"), REGISTER),
            DataColumn(
                "sectors", Text("列入的行业，以空格分隔", "Sectors it is listed for, by spaces"), source=REGISTER
            ),
            DataColumn("published_on", Text("公开日期", "Made public on"), DAY, source=THE_LIST),
            DataColumn("document", Text("依据", "By what document"), source=THE_LIST),
        ),
        listed,
        ("organisations.disclose_list",),
    ),
    20,
)
