"""Lists narrowed to a region or a sector: one filter of each for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.organisations.scope import within
from tanzhi.organisations.sectors import sector_name
from tanzhi.presentation.lists.declaration import Filter
from tanzhi.rulebook.kernel.text import Text

from .model import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from tanzhi.presentation.lists.declaration import Rows

REGION = Text("地区", "Region")


def region_filter(field: str = "region", *, name: str = "region", label: Text = REGION, cities: bool = False) -> Filter:
    """A choice of a region: the rows there and in what lies below it; `field` leads from a row to its region."""
    return Filter(
        name,
        label,
        lambda: {
            region.code: region.name
            for region in (Region.objects.filter(counted=True).exclude(parent=None) if cities else Region.objects.all())
        },
        lambda rows, code: within(rows, Region.objects.filter(code=code).first(), field),
    )


def city_filter(field: str) -> Filter:
    """A choice of a city, where a list is read by cities."""
    return region_filter(field, name="city", label=Text("市州", "City"), cities=True)


def sector_filter(rows: Callable[[], Rows]) -> Filter:
    """A choice among the sectors that these rows name."""
    return Filter(
        "sector",
        Text("行业", "Sector"),
        lambda: {
            code: sector_name(code) for code in rows().order_by("sector").values_list("sector", flat=True).distinct()
        },
    )
