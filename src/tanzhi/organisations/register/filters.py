"""Lists narrowed to a region: one filter for all of them."""

from __future__ import annotations

from tanzhi.organisations.scope import within
from tanzhi.presentation.lists.declaration import Filter
from tanzhi.rulebook.kernel.text import Text

from .model import Region

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
