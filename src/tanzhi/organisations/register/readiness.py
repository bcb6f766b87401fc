"""What the register says of a province's readiness: regions, tiles, the list of the year, facilities and units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from tanzhi.actions.readiness import GROUND, NextStep, Shortfall, Standing, part
from tanzhi.actions.roles import ADMINISTRATORS
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.sectors import accounting_by, computed
from tanzhi.rulebook.kernel.text import Text, same

from .form import ENTERPRISE, UNIT, lacks_attributes
from .model import (
    Facility,
    ListDisclosure,
    Organisation,
    OrganisationAttributes,
    Region,
    Unit,
    UnitAttributes,
    names_of,
)
from .queries import key_units

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

Names = tuple[tuple[Text, str], ...]
ADMINISTRATOR = frozenset({"administrator"})
KEEPERS = frozenset({"administrator", "provincial_officer"})
OFFICERS = frozenset({"provincial_officer", "provincial_director"})
NAMED = 20  # of those that lack something, by name; the others are counted
TO_REGIONS = NextStep(
    Text("选择省份并勾选地市", "Choose the province, tick its cities"), ADMINISTRATOR, "organisations:choose_regions"
)
TO_TILES = NextStep(
    Text("填写地市的行列", "Enter the cities' rows and columns"), ADMINISTRATOR, "organisations:regions"
)
TO_LIST = NextStep(Text("列入名录，公开名录", "Enter the list, make it public"), KEEPERS, "organisations:list")
TO_REGISTER = NextStep(Text("登记设施和机组", "Register facilities and units"), KEEPERS, "organisations:list")


def registered(actor: Actor) -> QuerySet[Organisation]:
    """Organisations whose readiness a reader is told of: all for administrators, for others those of their reach."""
    active = Organisation.objects.filter(state="active")
    return active if actor.roles & ADMINISTRATORS else active.filter(pk__in=Organisation.objects.visible_to(actor))


def provinces(on: date) -> list[Region]:
    """The installation's own province where it names one, otherwise all of them."""
    rows = Region.objects.filter(in_force(on), kind="province")
    return list(rows.filter(code=settings.TANZHI_PROVINCE) if settings.TANZHI_PROVINCE else rows)


def cities(on: date) -> list[Region]:
    """What lies directly below these provinces and counts."""
    paths = {province.path for province in provinces(on)}
    rows = Region.objects.filter(in_force(on), counted=True, parent__isnull=False).select_related("parent")
    return [row for row in rows if row.parent is not None and row.parent.path in paths]


class RegisteredFirm(NamedTuple):
    """What of a registered enterprise decides whether it is ready: of a province's thousands, nothing else is read."""

    pk: int
    code: str
    kind: str
    region_id: int
    sector: str
    guideline: str


def registered_in(rows: QuerySet[Organisation]) -> list[RegisteredFirm]:
    """These enterprises, by code."""
    return [RegisteredFirm(*row) for row in rows.values_list(*RegisteredFirm._fields)]


def named(firms: Iterable[Organisation | RegisteredFirm], on: date, reader: Actor) -> Names:
    """The first of them by name, each with its page where the reader may open it."""
    rows = first(firms)
    words = links_to(rows, on, reader)
    return tuple(words[firm.pk] for firm in rows)


def first(firms: Iterable[Organisation | RegisteredFirm]) -> list[Organisation | RegisteredFirm]:
    """As many as are named, by code."""
    return sorted(firms, key=lambda firm: firm.code)[:NAMED]


def links_to(firms: Iterable[Organisation | RegisteredFirm], on: date, reader: Actor) -> dict[int, tuple[Text, str]]:
    """Enterprises by their keys: the name, and the page where the reader may open it."""
    codes = {firm.pk: firm.code for firm in firms}
    names = names_of(codes, on)
    seen = set(Organisation.objects.visible_to(reader).filter(pk__in=codes).values_list("pk", flat=True))
    return {
        key: (names.get(key, same(code)), reverse("organisations:detail", args=[key]) if key in seen else "")
        for key, code in codes.items()
    }


@part("organisations.regions", GROUND, 10, Text("省份和地市", "Province and cities"), TO_REGIONS)
def regions_standing(_actor: Actor, today: date) -> Standing:
    """The installation's province and at least one city of it."""
    home, below = provinces(today), cities(today)
    there = Text("省份 {p} 个，地市 {c} 个", "provinces: {p}, cities: {c}").format(p=len(home), c=len(below))
    if not home:
        return Standing(there, (Shortfall("RDY-PROVINCE", Text("尚未建立省份", "there is no province yet")),))
    bare = [home_ for home_ in home if not any(city.parent_id == home_.pk for city in below)]
    words = Text("{n} 个省份之下没有地市", "{n} provinces have no city")
    return Standing(there, (Shortfall("RDY-CITIES", words.format(n=len(bare))),) if bare else ())


@part("organisations.tiles", GROUND, 20, Text("方块地图", "Tile map"), TO_TILES)
def tiles_standing(_actor: Actor, today: date) -> Standing:
    """Every city has a place on the map of tiles, and none has another's."""
    below = cities(today)
    if not below:
        return Standing(Text("没有地市", "no city"), why=Text("先建立地市", "cities come first"))
    bare = [city for city in below if city.row is None or city.column is None]
    places = Counter((city.parent_id, city.row, city.column) for city in below if city not in bare)
    twice = sum(number for number in places.values() if number > 1)
    lacks = []
    if bare:
        words = Text("{n} 个地市没有行列，地图上不显示", "{n} cities have no row and column and are not on the map")
        lacks.append(
            Shortfall("RDY-TILES", words.format(n=len(bare)), tuple((c.name, c.get_absolute_url()) for c in bare))
        )
    if twice:
        words = Text("{n} 个地市的位置与其他地市相同", "{n} cities stand where another one stands")
        lacks.append(Shortfall("RDY-TILE-TWICE", words.format(n=twice)))
    there = Text("{n} 个地市有位置", "{n} cities have a place").format(n=len(below) - len(bare))
    return Standing(there, tuple(lacks))


@part("organisations.key_units", GROUND, 30, Text("重点排放单位名录", "List of key emission units"), TO_LIST)
def list_standing(actor: Actor, today: date) -> Standing:
    """Enterprises on the list, and the list of this year made public in every province."""
    firms = key_units(today).filter(pk__in=registered(actor)).count()
    home = provinces(today)
    public = set(
        ListDisclosure.objects.filter(year=today.year, on__lte=today, region__in=home).values_list(
            "region_id", flat=True
        )
    )
    there = Text("名录内 {n} 家", "{n} on the list").format(n=firms)
    if not firms:
        return Standing(there, (Shortfall("RDY-LIST", Text("名录内没有单位", "nobody is on the list")),))
    unpublished = [province for province in home if province.pk not in public]
    words = Text("{year} 年度名录尚未公开", "the list of {year} is not made public").format(year=today.year)
    return Standing(there, (Shortfall("RDY-LIST-YEAR", words),) if unpublished else ())


@part(
    "organisations.register",
    GROUND,
    40,
    Text("设施、机组及登记事项", "Facilities, units and their attributes"),
    TO_REGISTER,
)
def register_standing(actor: Actor, today: date) -> Standing:
    """Every enterprise on the list whose industry is computed has facilities, units, and what the guideline asks."""
    firms = registered_in(key_units(today).filter(pk__in=registered(actor), sector__in=computed()))
    if not firms:
        nobody = Text("名录内没有可核算的单位", "nobody on the list has emissions that are computed")
        return Standing(nobody, why=Text("先列入名录", "the list comes first"))
    # Plain values: to ask each of a province's enterprises for its records costs more than to read them.
    has_facility = set(Facility.objects.order_by().values_list("organisation_id", flat=True))
    running: dict[int, list[int]] = defaultdict(list)
    units = Unit.objects.filter(in_force(today)).order_by()
    for unit, firm_key in units.values_list("pk", "facility__organisation_id"):
        running[firm_key].append(unit)
    of_firms = _stated_on(OrganisationAttributes.objects.all(), "organisation_id", today)
    of_units = _stated_on(UnitAttributes.objects.all(), "unit_id", today)
    homeless, idle, bare, undecided = [], [], [], []
    guides = {choice: accounting_by(*choice) for choice in {(firm.sector, firm.guideline) for firm in firms}}
    for firm in firms:
        guideline = guides[firm.sector, firm.guideline]
        if guideline is None:
            undecided.append(firm)
        if firm.pk not in has_facility:
            homeless.append(firm)
        elif firm.pk not in running:
            idle.append(firm)
        elif guideline is not None and (
            lacks_attributes(guideline, ENTERPRISE, of_firms.get(firm.pk, {}), today)
            or any(lacks_attributes(guideline, UNIT, of_units.get(unit, {}), today) for unit in running[firm.pk])
        ):
            bare.append(firm)
    shortfalls = (
        ("RDY-GUIDELINE", Text("{n} 家未确定核算指南", "{n} have no accounting guideline chosen"), undecided),
        ("RDY-FACILITY", Text("{n} 家没有设施", "{n} have no facility"), homeless),
        ("RDY-UNIT", Text("{n} 家没有机组或生产线", "{n} have no unit or line"), idle),
        ("RDY-ATTRIBUTES", Text("{n} 家缺必填登记事项", "{n} lack required attributes"), bare),
    )
    # Once for all, and as many queries where nobody lacks anything.
    links = links_to({firm for _, _, who in shortfalls for firm in first(who)} or firms[:1], today, actor)
    lacks = tuple(
        Shortfall(code, words.format(n=len(who)), tuple(links[firm.pk] for firm in first(who)))
        for code, words, who in shortfalls
        if who
    )
    whole = len(set(firms).difference(homeless, idle, bare, undecided))
    return Standing(Text("{n} 家中 {k} 家齐全", "{k} of {n} complete").format(n=len(firms), k=whole), lacks)


def _stated_on(versions: QuerySet[Any], of: str, on: date) -> dict[int, dict[str, Any]]:
    """By whose they are, the attributes as they were on a day: the last ones since."""
    rows = versions.filter(since__lte=on).order_by("since", "pk")
    return dict(rows.values_list(of, "attributes"))
