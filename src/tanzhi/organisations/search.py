"""What of organisations, places and people is searched."""

from __future__ import annotations

from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text, same

from .people.model import Person
from .register.model import Facility, Organisation, Unit, of_organisation
from .register.queries import KINDS

UNIT_OF = Text("{facility} · {number} 号机组（生产线）", "{facility}, unit {number}")


def kind_and_region(row: Organisation) -> Text:
    return Text("{kind} · {region} · {code}", "{kind} · {region} · {code}").format(
        kind=KINDS[row.kind], region=row.region.name, code=row.code
    )


def unit_title(row: Unit) -> Text:
    return UNIT_OF.format(facility=row.facility.name, number=row.number)


register(
    RecordSearch(
        "organisations",
        Text("单位", "Organisations"),
        Organisation,
        ("code", "credit_code", "names__zh", "names__en", "region__name_zh", "region__name_en"),
        detail=kind_and_region,
        select=("region",),
        prefetch=("names",),
    ),
    10,
)
register(
    RecordSearch(
        "organisations.facilities",
        Text("设施", "Facilities"),
        Facility,
        ("code", "name_zh", "name_en", *of_organisation("organisation")),
        detail=lambda row: row.organisation.name,
        select=("organisation",),
        prefetch=("organisation__names",),
    ),
    12,
)
register(
    RecordSearch(
        "organisations.units",
        Text("机组与生产线", "Units and lines"),
        Unit,
        ("number", "facility__name_zh", "facility__name_en", *of_organisation("facility__organisation")),
        title=unit_title,
        detail=lambda row: row.facility.organisation.name,
        select=("facility__organisation",),
        prefetch=("facility__organisation__names",),
    ),
    14,
)
register(
    RecordSearch(
        "organisations.people",
        Text("人员", "People"),
        Person,
        ("sign_in_name", "name"),
        detail=lambda row: same(row.sign_in_name),
    ),
    80,
)
