"""What may be chosen in forms about organisations; other packages use these too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.organisations.dated import in_force
from tanzhi.rulebook.kernel.text import Text

from .model import Organisation, Region, names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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


def regions_below_a_province(_actor: Actor) -> list[tuple[str, Text]]:
    """Where something stands: the regions of today, but for provinces."""
    return [
        (region.code, region.name) for region in Region.objects.filter(in_force(clock.today())).exclude(kind="province")
    ]


def own_of(role: str) -> Callable[[Actor], list[tuple[str, Text]]]:
    """The organisations for which a reader acts in a role."""

    def own(actor: Actor) -> list[tuple[str, Text]]:
        keys = [grant.organisation_id for grant in actor.grants if grant.role == role and grant.organisation_id]
        return [(organisation.code, organisation.name) for organisation in Organisation.objects.filter(pk__in=keys)]

    return own


def active(kind: str) -> Callable[[Actor], list[tuple[str, Text]]]:
    """The organisations of a kind that stand today."""

    def standing(_actor: Actor) -> list[tuple[str, Text]]:
        rows = Organisation.objects.filter(kind=kind, state="active").prefetch_related("names")
        return [(organisation.code, organisation.name) for organisation in rows]

    return standing


def organisations(actor: Actor) -> list[tuple[str, Text]]:
    """Active organisations that the reader sees, by code."""
    return _named(Organisation.objects.filter(state="active").visible_to(actor))


def enterprises(actor: Actor) -> list[tuple[str, Text]]:
    """Active enterprises that the reader sees, by code."""
    return _named(Organisation.objects.filter(state="active", kind="enterprise").visible_to(actor))


def _named(rows: Iterable[Organisation]) -> list[tuple[str, Text]]:
    standing = list(rows)
    names = names_of(standing, clock.today())
    return [(row.code, names.get(row.pk, Text(row.code, row.code))) for row in standing]
