"""What may be chosen in forms about organisations and people; other rooms use these too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.actions.roles import ROLES
from tanzhi.rulebook.kernel.text import Text

from .models import Organisation, Region, names_of

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor

LANGUAGES = {"zh-hans": Text("中文", "Chinese"), "en": Text("英文", "English")}
REGION_KINDS = {
    "province": Text("省级", "Province"),
    "city": Text("地市", "City"),
    "county": Text("县区", "County"),
    "area": Text("功能区", "Area inside a city"),
}
ROLES_TO_GRANT = {code: role.label for code, role in ROLES.items() if code != "public"}


def regions(_actor: Actor) -> list[tuple[str, Text]]:
    """Every region, in the order of the tree."""
    return [(region.code, region.name) for region in Region.objects.all()]


def employers(actor: Actor) -> list[tuple[str, Text]]:
    """Where somebody may be employed: all for whoever keeps the accounts, who sees no records of theirs."""
    if "security_administrator" not in actor.roles:
        return organisations(actor)
    active = list(Organisation.objects.filter(state="active"))
    names = names_of(active, clock.today())
    return [
        (organisation.code, names.get(organisation.pk, Text(organisation.code, organisation.code)))
        for organisation in active
    ]


def organisations(actor: Actor) -> list[tuple[str, Text]]:
    """Active organisations that the reader sees, by code."""
    active = list(Organisation.objects.filter(state="active").visible_to(actor))
    names = names_of(active, clock.today())
    return [
        (organisation.code, names.get(organisation.pk, Text(organisation.code, organisation.code)))
        for organisation in active
    ]
