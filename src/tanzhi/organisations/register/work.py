"""The only writers of regions, organisations, facilities and units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.actions.refusal import refused
from tanzhi.actions.registry import Call, Place, action, anywhere, before_its_cause
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.sectors import guideline_labels, guidelines_in
from tanzhi.rulebook.kernel.text import Text

from . import credit_code, inputs
from .form import ENTERPRISE, MERGED_INTO, UNIT, refuse_misfits, stated
from .model import (
    Facility,
    FacilityOperator,
    KeyUnitStatus,
    ListDisclosure,
    Organisation,
    OrganisationAttributes,
    OrganisationEvent,
    OrganisationName,
    Region,
    Unit,
    UnitAttributes,
)
from .queries import KINDS, key_units, misfit, organisation_by_code, region_by_code, taken, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

PROVINCE = ("provincial_officer", "administrator")
KEEPERS = ("enterprise_approver", *PROVINCE)


def _where(data: inputs.NewOrganisation | inputs.DisclosureInput) -> Place:
    return Place(region_path=region_by_code(data.region).path)


@action(
    "organisations.add_region",
    label=Text("添加地区", "Add a region"),
    by={"administrator"},
    place=anywhere,
    input=inputs.NewRegion,
)
def add_region(call: Call) -> Region:
    data: inputs.NewRegion = call.data
    if data.parent == data.code:
        raise refused("ORG-REGION-ITSELF", "parent", data.parent, Text("另一地区", "another region"))
    parent = region_by_code(data.parent) if data.parent else None
    if Region.objects.filter(code=data.code).exists():
        raise taken("code", Text("地区代码", "Region code"), data.code)
    return Region.objects.create(
        code=data.code,
        path=f"{parent.path if parent else ''}{data.code}/",
        parent=parent,
        name_zh=data.zh,
        name_en=data.en or data.zh,
        since=data.since,
        **data.model_dump(include={"kind", "row", "column", "counted"}),
    )


@action(
    "organisations.register",
    label=Text("登记单位", "Register an organisation"),
    by=PROVINCE,
    place=_where,
    input=inputs.NewOrganisation,
)
def register(call: Call) -> Organisation:
    data: inputs.NewOrganisation = call.data
    if data.kind not in KINDS:
        expected = Text("、".join(KINDS), ", ".join(KINDS))
        raise misfit("kind", Text("类别", "Kind"), data.kind, expected)
    refuse_of_another_sector(data.sector, data.guideline)
    organisation = _new_organisation(data, data.kind, region_by_code(data.region), data.sector, data.guideline)
    _name(organisation, data.zh, data.en, data.since)
    _event(organisation, "entry", data.since)
    return organisation


def _new_organisation(data: Any, kind: str, region: Region, sector: str, guideline: str) -> Organisation:
    """A new organisation whose codes are its own and in order."""
    if Organisation.objects.filter(code=data.code).exists():
        raise taken("code", Text("单位代码", "Organisation code"), data.code)
    label = Text("统一社会信用代码", "Unified social credit code")
    if data.credit_code and not credit_code.is_valid(data.credit_code):
        expected = Text(
            "18 位、末位校验符正确（GB 32100-2015）",
            "18 characters whose last one checks the others (GB 32100-2015)",
        )
        raise misfit("credit_code", label, data.credit_code, expected)
    if data.credit_code and Organisation.objects.filter(credit_code=data.credit_code).exists():
        raise taken("credit_code", label, data.credit_code)
    return Organisation.objects.create(
        code=data.code,
        credit_code=data.credit_code or None,
        kind=kind,
        region=region,
        sector=sector,
        guideline=guideline,
    )


def refuse_of_another_sector(sector: str, guideline: str) -> None:
    """A guideline is chosen among those of the sector."""
    possible = guidelines_in(sector)
    if guideline and guideline not in possible:
        labels = [guideline_labels()[name] for name in possible] or [Text("不填", "none")]
        expected = Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
        raise misfit("guideline", Text("核算指南", "Accounting guideline"), guideline, expected)


def _name(organisation: Organisation, zh: str, en: str, since: date) -> None:
    OrganisationName.objects.create(organisation=organisation, zh=zh, en=en or zh, since=since)


def _event(
    organisation: Organisation, kind: str, on: date, related: Organisation | None = None, basis: str = ""
) -> None:
    OrganisationEvent.objects.create(organisation=organisation, kind=kind, on=on, related=related, basis=basis)


@action(
    "organisations.rename",
    label=Text("更名", "Rename"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.NewName,
    leaves={"active"},
)
def rename(call: Call, organisation: Organisation) -> Organisation:
    data: inputs.NewName = call.data
    last = organisation.names.order_by("since").last()
    if last is not None:
        refuse_earlier(Text("更名", "The new name"), data.since, last.since)
        last.until = data.since
        last.save(update_fields=["until"])
    _name(organisation, data.zh, data.en, data.since)
    _event(organisation, "rename", data.since, basis=data.basis)
    return organisation


def refuse_earlier(what: Text, day: date, cause: date) -> None:
    if day < cause:
        raise before_its_cause(what, day.isoformat(), cause.isoformat())


@action(
    "organisations.choose_guideline",
    label=Text("确定核算指南", "Choose the accounting guideline"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.GuidelineChoice,
    leaves={"active"},
)
def choose_guideline(call: Call, organisation: Organisation) -> Organisation:
    """By which of its sector's guidelines an enterprise accounts; what was filed by another one stays as it is."""
    data: inputs.GuidelineChoice = call.data
    refuse_of_another_sector(organisation.sector, data.guideline)
    organisation.guideline = data.guideline
    organisation.save(update_fields=["guideline"])
    return organisation


@action(
    "organisations.disclose_list",
    label=Text("公开重点排放单位名录", "Make the list of key emission units public"),
    by={"provincial_officer", "provincial_director"},
    place=_where,
    input=inputs.DisclosureInput,
)
def disclose_list(call: Call) -> ListDisclosure:
    """The list of a year as it stands on the day when it is made public; a later one takes its place."""
    data: inputs.DisclosureInput = call.data
    region = region_by_code(data.region)
    codes = sorted(key_units(data.on, region).values_list("code", flat=True))
    if not codes:
        expected = Text("当日名录内至少一家单位", "at least one unit on the list that day")
        raise misfit("on", Text("公开日期", "Made public on"), data.on.isoformat(), expected)
    return make_list_public(call, region, data, codes)


def make_list_public(call: Call, region: Region, data: inputs.DisclosureInput, codes: list[str]) -> ListDisclosure:
    """The codes of everybody on the list of a year, with the document that made them public."""
    call.attach("codes", codes)
    return ListDisclosure.objects.create(region=region, year=data.year, on=data.on, basis=data.basis, codes=codes)


@action(
    "organisations.enter_list",
    label=Text("列入重点排放单位名录", "Enter the list of key emission units"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.KeyUnitListing,
    leaves={"active"},
)
def enter_list(call: Call, organisation: Organisation) -> KeyUnitStatus:
    data: inputs.KeyUnitListing = call.data
    return start_listing(organisation, data.sector, data.since, data.basis)


def start_listing(organisation: Organisation, sector: str, since: date, basis: str) -> KeyUnitStatus:
    """On the list for a sector from a day on; refused where it is, or will be."""
    open_until = KeyUnitStatus.objects.filter(organisation=organisation, sector=sector)
    if open_until.filter(in_force(since)).exists() or open_until.filter(since__gt=since).exists():
        raise misfit(
            "sector", Text("行业", "Sector"), sector, Text("尚未列入的行业", "a sector it is not yet listed for")
        )
    _event(organisation, "listed", since, basis=basis)
    return KeyUnitStatus.objects.create(organisation=organisation, sector=sector, since=since, basis=basis)


@action(
    "organisations.leave_list",
    label=Text("移出重点排放单位名录", "Leave the list of key emission units"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.Delisting,
)
def leave_list(call: Call, organisation: Organisation) -> KeyUnitStatus:
    data: inputs.Delisting = call.data
    return end_listing(organisation, data.sector, data.until, data.basis)


def end_listing(organisation: Organisation, sector: str, until: date, basis: str) -> KeyUnitStatus:
    """Off the list for a sector from a day on; refused where it is not on it, or was entered later."""
    status = KeyUnitStatus.objects.filter(organisation=organisation, sector=sector, until=None).first()
    if status is None:
        raise misfit("sector", Text("行业", "Sector"), sector, Text("已列入的行业", "a sector it is listed for"))
    refuse_earlier(Text("移出", "Leaving the list"), until, status.since)
    status.until = until
    status.save(update_fields=["until"])
    _event(organisation, "delisted", until, basis=basis)
    return status


@action(
    "organisations.merge",
    label=Text("并入另一单位", "Merge into another organisation"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.Merger,
    leaves={"active"},
    enters="merged",
)
def merge(call: Call, organisation: Organisation) -> Organisation:
    data: inputs.Merger = call.data
    into = organisation_by_code(data.into, "into")
    call.require(into.place)
    if into.pk == organisation.pk or into.state != "active":
        raise misfit("into", Text("并入单位", "Merge into"), data.into, Text("另一在册单位", "another active one"))
    for facility in organisation.facilities.all():
        _hand_over(facility, into, data.on)
    _end_listings(organisation, data.on)
    _event(organisation, "merge", data.on, into, data.basis)
    _event(into, "absorb", data.on, organisation, data.basis)
    return organisation


def _hand_over(facility: Facility, to: Organisation, on: date) -> None:
    """From `on` another organisation runs the facility."""
    present = FacilityOperator.objects.filter(facility=facility, until=None).get()
    refuse_earlier(Text("移交", "The transfer"), on, present.since)
    present.until = on
    present.save(update_fields=["until"])
    FacilityOperator.objects.create(facility=facility, organisation=to, since=on)
    facility.organisation = to
    facility.revision += 1
    facility.save(update_fields=["organisation", "revision"])


def _end_listings(organisation: Organisation, on: date) -> None:
    KeyUnitStatus.objects.filter(organisation=organisation, until=None).update(until=on)


@action(
    "organisations.split",
    label=Text("分立", "Split"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.Division,
    leaves={"active"},
)
def split(call: Call, organisation: Organisation) -> list[Organisation]:
    """New organisations take facilities over; the old one goes on with what it keeps."""
    data: inputs.Division = call.data
    parts = []
    for part in data.parts:
        new = _new_organisation(
            part, organisation.kind, organisation.region, organisation.sector, organisation.guideline
        )
        _name(new, part.zh, part.en, data.on)
        for code in part.facilities:
            facility: Facility | None = Facility.objects.filter(organisation=organisation, code=code).first()
            if facility is None:
                raise unknown("facilities", Text("设施代码", "Facility code"), code)
            _hand_over(facility, new, data.on)
        _event(organisation, "split", data.on, new, data.basis)
        _event(new, "entry", data.on, organisation, data.basis)
        parts.append(new)
    return parts


@action(
    "organisations.close",
    label=Text("关闭单位", "Close an organisation"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.Closure,
    leaves={"active"},
    enters="closed",
)
def close(call: Call, organisation: Organisation) -> Organisation:
    data: inputs.Closure = call.data
    _end_listings(organisation, data.on)
    _event(organisation, "exit", data.on, basis=data.basis)
    return organisation


@action(
    "organisations.add_facility",
    label=Text("添加设施", "Add a facility"),
    by=PROVINCE,
    subject=Organisation,
    input=inputs.NewFacility,
    leaves={"active"},
)
def add_facility(call: Call, organisation: Organisation) -> Facility:
    data: inputs.NewFacility = call.data
    if Facility.objects.filter(code=data.code).exists():
        raise taken("code", Text("设施代码", "Facility code"), data.code)
    region = region_by_code(data.region)
    facility = Facility.objects.create(
        organisation=organisation, code=data.code, name_zh=data.zh, name_en=data.en or data.zh, region=region
    )
    FacilityOperator.objects.create(facility=facility, organisation=organisation, since=data.since)
    return facility


@action(
    "organisations.add_unit",
    label=Text("添加机组或生产线", "Add a unit or line"),
    by=KEEPERS,
    subject=Facility,
    input=inputs.NewUnit,
)
def add_unit(call: Call, facility: Facility) -> Unit:
    data: inputs.NewUnit = call.data
    if facility.units.filter(number=data.number).exists():
        raise taken("number", Text("编号", "Number"), data.number)
    attributes = stated(data.attributes)
    refuse_misfits(facility.organisation, UNIT, attributes, data.since)
    _refuse_stray_merger(facility, data.number, attributes)
    unit = Unit.objects.create(facility=facility, number=data.number, attributes=attributes, since=data.since)
    UnitAttributes.objects.create(unit=unit, since=data.since, attributes=attributes)
    return unit


def _refuse_stray_merger(facility: Facility, number: str, attributes: Mapping[str, str]) -> None:
    """A unit is reported together with another one of its plant (合并填报), which is not itself reported under one."""
    under = attributes.get(MERGED_INTO, "").strip()
    other = facility.units.filter(number=under).exclude(number=number).first()
    if under and (other is None or other.attributes.get(MERGED_INTO)):
        expected = Text(
            "本设施内另一台独立填报的机组编号", "the number of another unit of the plant, reported by itself"
        )
        raise misfit("attributes", Text("合并填报于", "Reported together under"), under, expected)


@action(
    "organisations.change_unit",
    label=Text("变更机组登记事项", "Change a unit's attributes"),
    by=KEEPERS,
    subject=Unit,
    input=inputs.UnitChange,
)
def change_unit(call: Call, unit: Unit) -> Unit:
    """The named attributes change from a day on; the others stay as they were on that day."""
    data: inputs.UnitChange = call.data
    refuse_earlier(Text("变更", "The change"), data.since, unit.since)
    refuse_misfits(unit.facility.organisation, UNIT, data.attributes, data.since)
    _refuse_stray_merger(unit.facility, unit.number, data.attributes)
    merged = unit.attributes_on(data.since) | stated(data.attributes)
    UnitAttributes.objects.create(unit=unit, since=data.since, attributes=merged, basis=data.basis)
    unit.attributes = unit.attributes_on(call.today)
    unit.save(update_fields=["attributes"])
    return unit


@action(
    "organisations.change_attributes",
    label=Text("变更企业登记事项", "Change an enterprise's attributes"),
    by=KEEPERS,
    subject=Organisation,
    input=inputs.OrganisationChange,
    leaves={"active"},
)
def change_attributes(call: Call, organisation: Organisation) -> Organisation:
    """The named attributes of an enterprise (altitude among them) hold from a day on; the others stay."""
    data: inputs.OrganisationChange = call.data
    refuse_misfits(organisation, ENTERPRISE, data.attributes, data.since)
    merged = organisation.attributes_on(data.since) | stated(data.attributes)
    OrganisationAttributes.objects.create(
        organisation=organisation, since=data.since, attributes=merged, basis=data.basis
    )
    return organisation


@action(
    "organisations.end_unit",
    label=Text("停用机组", "Retire a unit"),
    by=KEEPERS,
    subject=Unit,
    input=inputs.UnitEnd,
)
def end_unit(call: Call, unit: Unit) -> Unit:
    data: inputs.UnitEnd = call.data
    refuse_earlier(Text("停用", "Retirement"), data.until, unit.since)
    unit.until = data.until
    unit.save(update_fields=["until"])
    return unit
