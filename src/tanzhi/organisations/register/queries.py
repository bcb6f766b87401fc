"""What other rooms ask about organisations on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.organisations.dated import in_force
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .membership import (
    EXCLUDED,
    LEFT,
    MARKETS,
    MEMBER,
    POWER_MARKET,
    MembershipDecision,
    decisions,
    key_units,
    listed,
    market_label,
    member_years,
    members,
    membership,
    memberships,
    reason_label,
    reporters,
    reporting,
    reporting_keys,
)
from .model import Facility, FacilityOperator, KeyUnitStatus, ListDisclosure, Organisation, Region, Unit, names_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

__all__ = [
    "EXCLUDED",
    "KINDS",
    "LEFT",
    "MARKETS",
    "MEMBER",
    "POWER_MARKET",
    "MembershipDecision",
    "areas_inside",
    "decisions",
    "disclosed_list",
    "facilities_of",
    "is_key_unit",
    "key_units",
    "listed",
    "market_label",
    "member_years",
    "members",
    "membership",
    "memberships",
    "misfit",
    "operator_on",
    "organisation_by_code",
    "reason_label",
    "region_by_code",
    "regions_within",
    "reporters",
    "reporting",
    "reporting_keys",
    "taken",
    "units_of",
    "unknown",
    "with_names",
]

KINDS: dict[str, Text] = {
    "enterprise": Text("企业", "Enterprise"),
    "authority": Text("主管部门", "Authority"),
    "verifier": Text("核查机构", "Verifier"),
    "project_owner": Text("项目业主", "Project owner"),
    "bank": Text("金融机构", "Bank"),
    "institute": Text("科研院所", "Research institute"),
    "auditor": Text("审计机关", "Audit office"),
}


def disclosed_list(year: int, region: Region, on: date) -> ListDisclosure | None:
    """The list of a year as it was last made public by a day."""
    return ListDisclosure.objects.filter(region=region, year=year, on__lte=on).first()


def is_key_unit(organisation: Organisation, on: date, sector: str = "") -> bool:
    """Whether an organisation stood on the list on a day."""
    listed = KeyUnitStatus.objects.filter(in_force(on), organisation=organisation)
    return (listed.filter(sector=sector) if sector else listed).exists()


def facilities_of(organisation: Organisation, on: date) -> QuerySet[Facility]:
    """Facilities that an organisation ran on a day, whoever runs them today."""
    run = FacilityOperator.objects.filter(in_force(on), organisation=organisation)
    return Facility.objects.filter(pk__in=run.values("facility_id"))


def units_of(organisation: Organisation, on: date) -> QuerySet[Unit]:
    """Units that an organisation ran on a day."""
    return Unit.objects.filter(in_force(on), facility__in=facilities_of(organisation, on))


def with_names(rows: list[Any], part: str = "organisation") -> None:
    """Each of a page's rows is `called` what its organisation is called today, with one query for all."""
    names = names_of([getattr(row, part) for row in rows], clock.today())
    for row in rows:
        row.called = names.get(getattr(row, f"{part}_id"), same(getattr(row, part).code))


def operator_on(facility: Facility, on: date) -> Organisation | None:
    """Who ran a facility on a day."""
    row = FacilityOperator.objects.filter(in_force(on), facility=facility).select_related("organisation").first()
    return row.organisation if row else None


def regions_within(region: Region, on: date, counted: bool = True) -> QuerySet[Region]:
    """Regions directly below one that count towards its total (or all of them)."""
    below = Region.objects.filter(in_force(on), parent=region)
    return below.filter(counted=True) if counted else below


def areas_inside(regions: list[Region], on: date) -> list[Region]:
    """Areas inside these regions that report by themselves and are never added to a total."""
    return list(Region.objects.filter(in_force(on), parent__in=regions, counted=False))


def region_by_code(code: str) -> Region:
    """The region with this code, or a refusal that names the field."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise unknown("region", Text("地区代码", "Region code"), code)
    return region


def organisation_by_code(code: str, field: str = "organisation") -> Organisation:
    """The organisation with this code or credit code, or a refusal that names the field."""
    rows = Organisation.objects.select_related("region").filter(Q(code=code) | Q(credit_code=code))
    organisation: Organisation | None = rows.first()
    if organisation is None:
        raise unknown(field, Text("单位代码", "Organisation code"), code)
    return organisation


def unknown(field: str, label: Text, actual: str) -> Refused:
    """A refusal for a code that nothing has."""
    return misfit(field, label, actual, Text("平台上已有的代码", "a code known to the platform"))


def taken(field: str, label: Text, actual: str) -> Refused:
    """A refusal for a code that something else has."""
    return misfit(field, label, actual, Text("尚未使用的代码", "a code not used yet"))


def misfit(field: str, label: Text, actual: str, expected: Text) -> Refused:
    """A refusal of one input field: what was found, what is expected."""
    message = Text("{label}：填的是 {found}，应为{expected}", "{label}: found {found}, expected {expected}")
    words = message.format(label=label, found=actual, expected=expected)
    finding = Finding("ACT-INPUT", ERROR, "organisations", field, same(actual or "—"), expected, words)
    return Refused("ACT-INPUT", words, 422, [finding])
