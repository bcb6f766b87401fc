"""Attributes of enterprise and unit are the fields of their guideline's register form: typed, dated, chosen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.filings.months.status import with_register
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.form import (
    ENTERPRISE,
    UNIT,
    lacks_attributes,
    missing_attributes,
    refuse_misfits,
    register_fields,
)
from tanzhi.organisations.register.model import Organisation, Unit
from tanzhi.organisations.sectors import industries
from tanzhi.rulebook.kernel import FieldSpec, guidelines
from tests.factories import REGISTERED, World

YEARS = (2023, 2026)
POWER = Organisation(sector="power")
FIRMS = {name: Organisation(sector=industry.sector, guideline=name) for name, industry in industries().items()}
FIELDS = [
    pytest.param(firm, level, field, year, id=f"{name} {level} {field.name} {year}")
    for name, firm in FIRMS.items()
    for level in (ENTERPRISE, UNIT)
    for year in YEARS
    for field in register_fields(firm, level, year)
]


def wrong(field: FieldSpec) -> str:
    """A value that the field's kind cannot have."""
    return {"number": "about 350", "choice": "no such code", "date": "last May"}[field.kind]


def test_the_register_of_power_is_what_its_guideline_asks() -> None:
    names = {field.name for field in register_fields(POWER, UNIT, 2023)}
    assert {"rated_power", "main_fuel", "boiler_type", "heat_supply", "cooling", "scale_calibrated_on"} <= names
    assert not register_fields(POWER, ENTERPRISE, 2025)
    assert {field.name for field in register_fields(POWER, ENTERPRISE, 2026)} == {"altitude", "altitude_band"}


@pytest.mark.parametrize(("firm", "level", "field", "year"), [one for one in FIELDS if one.values[2].kind != "text"])
def test_every_registered_field_refuses_what_its_kind_cannot_have(
    firm: Organisation, level: str, field: FieldSpec, year: int
) -> None:
    with pytest.raises(Refused) as refusal:
        refuse_misfits(firm, level, {field.name: wrong(field)}, date(year, 7, 1))
    assert refusal.value.code == "ORG-ATTRIBUTES"
    assert [found.field for found in refusal.value.findings] == [field.name]


@pytest.mark.parametrize(("firm", "level", "field", "year"), FIELDS)
def test_every_required_field_that_is_blank_is_a_finding(
    firm: Organisation, level: str, field: FieldSpec, year: int
) -> None:
    blank = {found.field for found in missing_attributes(firm, level, {}, date(year, 7, 1))}
    assert (field.name in blank) == field.required


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ({"capacity": "350"}, "FORM-UNKNOWN"),
        ({"rated_power": "350.5"}, "FORM-DECIMALS"),
        ({"rated_power": "0"}, "FORM-MINIMUM"),
        ({"cooling": "空冷"}, "FORM-OPTION"),
        ({"scale_calibrated_on": "2023-02-30"}, "FORM-DATE"),
    ],
)
@pytest.mark.parametrize("act", ["organisations.add_unit", "organisations.change_unit"])
def test_a_unit_is_entered_and_changed_with_known_attributes_only(
    world: World, officer: Actor, act: str, attributes: dict[str, str], code: str
) -> None:
    new = act == "organisations.add_unit"
    data: dict[str, Any] = {"attributes": attributes, "since": "2023-05-01"} | ({"number": "9"} if new else {})
    with pytest.raises(Refused) as refusal:
        perform(act, officer, world.facility if new else world.unit, data)
    assert [found.code for found in refusal.value.findings] == [code]


def test_the_altitude_of_an_enterprise_is_dated_and_reaches_the_rulebook(
    plant: Organisation, unit: Unit, approver: Actor, clerk: Actor
) -> None:
    for since, altitude in (("2026-01-01", "1520"), ("2026-07-01", "1530")):
        data = {"attributes": {"altitude": altitude, "altitude_band": "2"}, "since": since}
        perform("organisations.change_attributes", approver, plant, data)
    asked = {"form_code": "power.month", "organisation_id": plant.pk}
    known = {}
    for period in ("2025-12", "2026-06", "2026-07"):
        filing = perform("filings.open", clerk, data=asked | {"period": period}).result
        known[period] = with_register(filing, {}).get("altitude")
    assert known == {"2025-12": None, "2026-06": "1520", "2026-07": "1530"}


def test_what_is_a_choice_of_next_years_form_is_none_of_this_years(plant: Organisation, approver: Actor) -> None:
    data = {"attributes": {"altitude": "1520"}, "since": "2025-12-31"}
    with pytest.raises(Refused) as refusal:
        perform("organisations.change_attributes", approver, plant, data)
    assert [found.code for found in refusal.value.findings] == ["FORM-UNKNOWN"]


def test_the_form_asks_choices_as_choices_and_the_page_says_what_is_missing(
    world: World, approver: Actor, client: Client
) -> None:
    Person.objects.filter(pk=approver.person_id).update(state="active", is_active=True)
    client.force_login(Person.objects.get(pk=approver.person_id), backend="django.contrib.auth.backends.ModelBackend")
    bare = perform("organisations.add_unit", approver, world.facility, {"number": "2", "since": "2023-01-01"}).result
    page = client.get(f"/organisations/units/{bare.pk}/").content.decode()
    required = [field.name for field in register_fields(POWER, UNIT, 2026) if field.required]
    assert required
    assert page.count("FORM-REQUIRED") == len(required)
    form = client.get(f"/presentation/act/organisations.change_unit/{bare.pk}/").content.decode()
    assert '<option value="circulating_bed"' in form
    posted = {f"attributes.{name}": value for name, value in REGISTERED.items()} | {"since": "2023-01-01"}
    assert client.post(f"/presentation/act/organisations.change_unit/{bare.pk}/", posted).status_code == 302
    assert Unit.objects.get(pk=bare.pk).attributes == REGISTERED
    assert "FORM-REQUIRED" not in client.get(f"/organisations/units/{bare.pk}/").content.decode()


@pytest.mark.parametrize("under", ["9", "1"])
def test_a_unit_is_reported_together_with_another_one_of_its_plant_only(
    world: World, officer: Actor, under: str
) -> None:
    data = {"attributes": {"merged_into": under}, "since": "2023-05-01"}
    with pytest.raises(Refused) as refusal:
        perform("organisations.change_unit", officer, world.unit, data)
    assert refusal.value.code == "ACT-INPUT"


def test_units_are_not_merged_in_a_chain(world: World, officer: Actor) -> None:
    for number, under in (("2", "1"), ("3", "1")):
        data = {"number": number, "attributes": REGISTERED | {"merged_into": under}, "since": "2023-05-01"}
        perform("organisations.add_unit", officer, world.facility, data)
    data = {"number": "4", "attributes": REGISTERED | {"merged_into": "2"}, "since": "2023-05-01"}
    with pytest.raises(Refused):
        perform("organisations.add_unit", officer, world.facility, data)


@pytest.mark.parametrize("level", [ENTERPRISE, UNIT])
@pytest.mark.parametrize("year", [2024, 2026])
def test_many_records_are_asked_whether_they_lack_anything_as_one_is_asked_what(level: str, year: int) -> None:
    on = date(year, 7, 1)
    for name, firm in FIRMS.items():
        guideline = guidelines()[name]
        fields = [field.name for field in register_fields(firm, level, year)]
        whole = dict.fromkeys(fields, "1")
        records = [
            {},
            whole,
            whole | {"else": ""},
            *(whole | {field: blank} for field in fields for blank in (None, " ")),
        ]
        records += [{key: value for key, value in whole.items() if key != field} for field in fields]
        for record in records:
            missing = bool(missing_attributes(firm, level, record, on))
            assert lacks_attributes(guideline, level, record, on) == missing, (name, record)
