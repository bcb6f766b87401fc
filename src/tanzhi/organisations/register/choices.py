"""What may be chosen in forms about organisations; other packages use these too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.rulebook.kernel.text import Text

from .model import Organisation, Region, names_of

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

REGION_KINDS = {
    "province": Text("省级", "Province"),
    "city": Text("地市", "City"),
    "county": Text("县区", "County"),
    "area": Text("功能区", "Area inside a city"),
}


def regions(_actor: Actor) -> list[tuple[str, Text]]:
    """Every region, in the order of the tree."""
    return [(region.code, region.name) for region in Region.objects.all()]


def organisations(actor: Actor) -> list[tuple[str, Text]]:
    """Active organisations that the reader sees, by code."""
    active = list(Organisation.objects.filter(state="active").visible_to(actor))
    names = names_of(active, clock.today())
    return [
        (organisation.code, names.get(organisation.pk, Text(organisation.code, organisation.code)))
        for organisation in active
    ]
