"""Organisations, the list of key emission units, facilities and units out of sheets; each row is an act of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from django.apps import apps
from django.db import models
from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.office.imports.work import Importer, refuse_otherwise, remove, stands
from tanzhi.organisations.register.choices import organisations
from tanzhi.organisations.register.form import ENTERPRISE, UNIT, register_fields, register_form
from tanzhi.organisations.register.inputs import (
    Basis,
    CreditCode,
    KeyUnitListing,
    NewFacility,
    NewOrganisation,
    Since,
)
from tanzhi.organisations.register.model import (
    Facility,
    KeyUnitStatus,
    Organisation,
    OrganisationAttributes,
    Unit,
)
from tanzhi.organisations.register.queries import organisation_by_code, unknown
from tanzhi.organisations.register.work import PROVINCE
from tanzhi.organisations.sectors import industries
from tanzhi.presentation.forms.fields import Choices
from tanzhi.presentation.intake.cells import read_record
from tanzhi.rulebook.kernel.forms import FieldSpec
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

LIST = "organisations.list"
ROLES = frozenset(PROVINCE)
Owner = Annotated[
    str, Field(min_length=1, max_length=40), Label("单位代码", "Organisation code"), Choices(organisations)
]
# Words under which the same stands in lists of provinces, and in our own exports.
NAMES = ("名称", "单位名称", "企业名称", "name", "名称 Name")
CODES = ("代码", "单位代码", "企业代码", "code")
REGIONS = ("所在地区", "所属地区", "所在地市", "地市", "市州", "region", "地区 Region")
GUIDELINE_HEADS = ("核算指南", "核算行业", "行业子类", "guideline")
SECTOR_HEADS = ("所属行业", "行业类别", "sector")
CREDIT_CODES = ("信用代码", "统一社会信用代码（18位）")
SINCE = ("登记日期", "列入日期", "投产日期", "投运日期", "since")
FACILITY_NAMES = ("设施名称", "电厂名称", "厂名")
BODY = Text("单位", "organisations")
SECTOR = next(iter(industries().values())).sector  # of the example: one that the rulebook computes
ACCOUNTS = frozenset({"registry.Account"})
"""An account may stand for an organisation, whatever its list or its units."""
_CHANGED = Text("{who}的登记事项此后已变更，不能撤销", "the attributes of {who} were changed since: it stays")
_USED = Text("{who}在平台上已有其他记录（{by}），不能撤销", "{who} has other records here ({by}): it stays")


class OrganisationRow(NewOrganisation):
    """An organisation; its English name may be left out."""

    credit_code: CreditCode = None
    since: Since


class KeyUnitRow(KeyUnitListing):
    organisation: Owner


class FacilityRow(NewFacility):
    organisation: Owner


def facilities(actor: Actor) -> list[tuple[str, Text]]:
    """The facilities that the reader sees, by code."""
    rows = Facility.objects.filter(organisation__in=Organisation.objects.visible_to(actor)).order_by("code")
    return [(facility.code, facility.name) for facility in rows]


class UnitRow(Input):
    """A unit with what its industry's register asks of it."""

    facility: Annotated[
        str, Field(min_length=1, max_length=40), Label("设施代码", "Facility code"), Choices(facilities)
    ]
    number: Annotated[str, Field(min_length=1, max_length=40), Label("机组编号", "Unit number")]
    since: Since
    attributes: Annotated[dict[str, str], Label("登记事项", "Attributes")] = Field(default_factory=dict)


class AttributesRow(Input):
    """What the register says of an enterprise from a day on: its altitude, its band."""

    organisation: Owner
    since: Since
    basis: Basis = ""
    attributes: Annotated[dict[str, str], Label("登记事项", "Attributes")] = Field(default_factory=dict)


def add_organisation(call: Call, row: OrganisationRow) -> Organisation:
    registered: Organisation = perform("organisations.register", call.actor, data=row.model_dump()).result
    return registered


def organisation_stands(_call: Call, row: OrganisationRow) -> bool:
    """The register has it as the row does; with other content the row is refused at each cell."""
    there = Organisation.objects.filter(code=row.code).select_related("region").first()
    if there is None:
        return False
    name = there.name
    stored = {"zh": name.zh, "kind": there.kind, "region": there.region.code, "sector": there.sector}
    stored |= {"guideline": there.guideline} if row.guideline else {}
    stored |= {"credit_code": there.credit_code} if row.credit_code else {}
    return stands(row, stored | ({"en": name.en} if row.en else {}))


def organisation_rows(actor: Actor) -> Iterator[dict[str, Any]]:
    """Organisations that stand, as the template has them."""
    rows = Organisation.objects.visible_to(actor).filter(state="active").select_related("region")
    for row in rows.prefetch_related("names").order_by("code"):
        names = sorted(row.names.all(), key=lambda name: name.since)
        name, since = row.name, names[0].since if names else clock.today()
        fields = {"code": row.code, "zh": name.zh, "en": name.en, "kind": row.kind, "sector": row.sector}
        fields |= {"guideline": row.guideline}
        yield fields | {"region": row.region.code, "credit_code": row.credit_code, "since": since}


def dependents(organisation: Organisation, besides: frozenset[str] = frozenset()) -> list[str]:
    """What there is of an organisation outside the register: filings, accounts, cases; by the names of their tables."""
    labels = []
    for model in apps.get_models():
        if model._meta.app_label in ("organisations", "actions", "evidence") or model._meta.label in besides:
            continue
        names = [
            field.name
            for field in model._meta.concrete_fields
            if field.related_model is Organisation
            or (field.name == "organisation_id" and isinstance(field, models.BigIntegerField))
        ]
        if model._meta.label != "cases.Import" and any(
            model._base_manager.filter(**{name: organisation.pk}).exists() for name in names
        ):
            labels.append(model._meta.label)
    return labels


def refuse_used(organisation: Organisation, besides: frozenset[str] = frozenset()) -> None:
    if by := dependents(organisation, besides):
        raise Refused("IMP-BUILT", _USED.format(who=organisation.name, by=", ".join(by)), 409)


def undo_organisation(_call: Call, organisation: Organisation) -> None:
    refuse_used(organisation)
    remove(*organisation.names.all(), *organisation.events.all(), organisation)


ORGANISATIONS = Importer(
    "organisations.organisations",
    title=BODY,
    row=OrganisationRow,
    by=ROLES,
    add=add_organisation,
    undo=undo_organisation,
    fills=LIST,
    heads={
        "code": CODES, "zh": NAMES, "region": REGIONS, "sector": SECTOR_HEADS, "guideline": GUIDELINE_HEADS,
        "credit_code": CREDIT_CODES, "since": SINCE, "kind": ("单位类别", "kind"),
    },
    example={
        "code": "P01", "zh": "示例发电有限公司", "en": "Example Power Co.", "kind": "enterprise", "sector": SECTOR,
        "since": "2024-01-01",
    },
    present=organisation_stands,
    rows=organisation_rows,
    altered_by={
        f"organisations.{act}"
        for act in ("rename", "change_attributes", "choose_guideline", "merge", "split", "close", "assign")
    },
)  # fmt: skip


def add_listing(call: Call, row: KeyUnitRow) -> KeyUnitStatus:
    organisation = organisation_by_code(row.organisation)
    data = row.model_dump(exclude={"organisation"})
    status: KeyUnitStatus = perform("organisations.enter_list", call.actor, organisation, data).result
    return status


def listing_stands(_call: Call, row: KeyUnitRow) -> bool:
    """It is on the list for that sector; another day or basis is told."""
    status = KeyUnitStatus.objects.filter(
        organisation__code=row.organisation, sector=row.sector, until__isnull=True
    ).first()
    return status is not None and stands(row, {"since": status.since, "basis": status.basis})


def listing_rows(actor: Actor) -> Iterator[dict[str, Any]]:
    rows = KeyUnitStatus.objects.filter(until=None, organisation__in=Organisation.objects.visible_to(actor))
    for row in rows.select_related("organisation").order_by("organisation__code", "since"):
        yield {"organisation": row.organisation.code, "sector": row.sector, "since": row.since, "basis": row.basis}


def undo_listing(_call: Call, status: KeyUnitStatus) -> None:
    """Off the list again, while no year was decided for the enterprise and nothing was filed."""
    organisation = status.organisation
    if organisation.memberships.exists():
        used = _USED.format(who=organisation.name, by="organisations.Membership")
        raise Refused("IMP-BUILT", used, 409)
    refuse_used(organisation, ACCOUNTS)
    event = organisation.events.filter(kind="listed", on=status.since, basis=status.basis).last()
    remove(*([event] if event else []), status)


KEY_UNITS = Importer(
    "organisations.key_units",
    title=Text("重点排放单位名录", "list of key emission units"),
    row=KeyUnitRow,
    by=ROLES,
    add=add_listing,
    undo=undo_listing,
    fills=LIST,
    heads={"organisation": (*CODES, *CREDIT_CODES, *NAMES), "sector": SECTOR_HEADS, "since": SINCE},
    example={"organisation": "P01", "sector": SECTOR, "since": "2024-01-01", "basis": "环办气候函〔2024〕示例号"},
    present=listing_stands,
    rows=listing_rows,
)


def add_facility(call: Call, row: FacilityRow) -> Facility:
    organisation = organisation_by_code(row.organisation)
    data = row.model_dump(exclude={"organisation"})
    facility: Facility = perform("organisations.add_facility", call.actor, organisation, data).result
    return facility


def facility_stands(_call: Call, row: FacilityRow) -> bool:
    facility = Facility.objects.filter(code=row.code).select_related("organisation", "region").first()
    if facility is None:
        return False
    stored = {"organisation": facility.organisation.code, "zh": facility.name_zh, "region": facility.region.code}
    return stands(row, stored | ({"en": facility.name_en} if row.en else {}))


def facility_rows(actor: Actor) -> Iterator[dict[str, Any]]:
    rows = Facility.objects.filter(organisation__in=Organisation.objects.visible_to(actor))
    for row in rows.select_related("organisation", "region").prefetch_related("operators").order_by("code"):
        since = min((operator.since for operator in row.operators.all()), default=clock.today())
        yield {
            "organisation": row.organisation.code, "code": row.code, "zh": row.name_zh, "en": row.name_en,
            "region": row.region.code, "since": since,
        }  # fmt: skip


def undo_facility(_call: Call, facility: Facility) -> None:
    remove(*facility.operators.all(), facility)


FACILITIES = Importer(
    "organisations.facilities",
    title=Text("设施", "facilities"),
    row=FacilityRow,
    by=ROLES,
    add=add_facility,
    undo=undo_facility,
    columns={"code": Text("设施代码", "Facility code"), "zh": Text("设施名称", "Facility name (Chinese)")},
    fills=LIST,
    heads={"organisation": ("企业代码", "organisation"), "zh": FACILITY_NAMES, "region": REGIONS, "since": SINCE},
    example={
        "organisation": "P01", "code": "P01-F", "zh": "一厂", "en": "Plant 1", "since": "2024-01-01",
    },
    present=facility_stands,
    rows=facility_rows,
)  # fmt: skip


def registered_fields(level: str) -> Mapping[str, FieldSpec]:
    """What the registers of all industries ask at a level this year and the next; one name is one column."""
    fields: dict[str, FieldSpec] = {}
    year = clock.today().year
    for name, industry in sorted(industries().items()):
        of = Organisation(sector=industry.sector, guideline=name)
        for field in (*register_fields(of, level, year), *register_fields(of, level, year + 1)):
            fields.setdefault(f"attributes.{field.name}", field)
    return fields


def attributes_read(of: Organisation, level: str, row: AttributesRow | UnitRow) -> dict[str, Any]:
    """What stands under a choice becomes its code, as in every form; refused at each cell that cannot be read."""
    attributes, findings = read_record(register_form(of, level, row.since.year), row.attributes)
    if findings:
        message = Text("有 {n} 项登记事项无法读取", "{n} attributes cannot be read").format(n=len(findings))
        raise Refused("ORG-ATTRIBUTES", message, 422, findings)
    return attributes


def add_attributes(call: Call, row: AttributesRow) -> OrganisationAttributes:
    organisation = organisation_by_code(row.organisation)
    attributes = attributes_read(organisation, ENTERPRISE, row)
    data = {"attributes": attributes, "since": row.since, "basis": row.basis}
    perform("organisations.change_attributes", call.actor, organisation, data)
    stated: OrganisationAttributes = organisation.attribute_versions.latest("pk")
    return stated


def attributes_stand(_call: Call, row: AttributesRow) -> bool:
    """The register says it of that day; what the row leaves blank is not compared."""
    organisation = organisation_by_code(row.organisation)
    stored = organisation.attribute_versions.filter(since=row.since).last()
    if stored is None:
        return False
    form = register_form(organisation, ENTERPRISE, row.since.year)
    labels = {field.name: field.label for table in form.tables for field in table.fields}
    stated, _ = read_record(form, row.attributes)
    refuse_otherwise(
        {name: (labels[name], value, stored.attributes.get(name)) for name, value in stated.items() if name in labels}
    )
    return True


def attribute_rows(actor: Actor) -> Iterator[dict[str, Any]]:
    rows = OrganisationAttributes.objects.filter(organisation__in=Organisation.objects.visible_to(actor))
    for row in rows.select_related("organisation").order_by("organisation__code", "since", "pk"):
        stated = {f"attributes.{name}": value for name, value in row.attributes.items()}
        yield {"organisation": row.organisation.code, "since": row.since, "basis": row.basis, **stated}


def undo_attributes(_call: Call, stated: OrganisationAttributes) -> None:
    """What was filed is computed by them: while the enterprise has any filing they stay, and are changed by another."""
    refuse_used(stated.organisation, ACCOUNTS)
    if stated.organisation.attribute_versions.filter(pk__gt=stated.pk).exists():
        raise Refused("IMP-BUILT", _CHANGED.format(who=stated.organisation.name), 409)
    remove(stated)


ATTRIBUTES = Importer(
    "organisations.attributes",
    title=Text("企业登记事项", "attributes of enterprises"),
    row=AttributesRow,
    by=ROLES,
    add=add_attributes,
    undo=undo_attributes,
    fills=LIST,
    heads={"organisation": (*CODES, *CREDIT_CODES, *NAMES), "since": ("起始日期", "自何日起", *SINCE)},
    further=lambda: registered_fields(ENTERPRISE),
    example={"organisation": "P01", "since": "2026-01-01", "basis": "测绘成果"},
    present=attributes_stand,
    rows=attribute_rows,
)


def add_unit(call: Call, row: UnitRow) -> Unit:
    """What the industry does not ask is refused."""
    facility = Facility.objects.filter(code=row.facility).select_related("organisation").first()
    if facility is None:
        raise unknown("facility", Text("设施代码", "Facility code"), row.facility)
    data = {
        "number": row.number, "since": row.since, "attributes": attributes_read(facility.organisation, UNIT, row),
    }  # fmt: skip
    unit: Unit = perform("organisations.add_unit", call.actor, facility, data).result
    return unit


def unit_stands(_call: Call, row: UnitRow) -> bool:
    """A unit with the attributes of its first day; what the row leaves blank is not compared."""
    unit = Unit.objects.filter(facility__code=row.facility, number=row.number).select_related("facility").first()
    if unit is None:
        return False
    form = register_form(unit.facility.organisation, UNIT, row.since.year)
    labels = {field.name: field.label for table in form.tables for field in table.fields}
    stated, _ = read_record(form, row.attributes)
    stored = unit.attributes_on(unit.since)
    refuse_otherwise(
        {name: (labels[name], value, stored.get(name)) for name, value in stated.items() if name in labels}
    )
    return stands(row, {"since": unit.since})


def unit_rows(actor: Actor) -> Iterator[dict[str, Any]]:
    rows = Unit.objects.visible_to(actor).filter(until=None).select_related("facility")
    for row in rows.prefetch_related("versions").order_by("facility__code", "number"):
        stated = {f"attributes.{name}": value for name, value in row.attributes_on(row.since).items()}
        yield {"facility": row.facility.code, "number": row.number, "since": row.since, **stated}


def undo_unit(_call: Call, unit: Unit) -> None:
    """Filings name a unit by its number: while the enterprise has any, its units stay."""
    refuse_used(unit.facility.organisation, ACCOUNTS)
    remove(*unit.versions.all(), unit)


UNITS = Importer(
    "organisations.units",
    title=Text("机组与生产线", "units and lines"),
    row=UnitRow,
    by=ROLES,
    add=add_unit,
    undo=undo_unit,
    fills=LIST,
    heads={"number": ("编号", "机组", "机组号", "生产线编号", "number"), "since": SINCE, "facility": FACILITY_NAMES},
    further=lambda: registered_fields(UNIT),
    example={"facility": "P01-F", "number": "1", "since": "2024-01-01", "attributes.rated_power": "350"},
    present=unit_stands,
    rows=unit_rows,
    altered_by={"organisations.change_unit", "organisations.end_unit"},
)
