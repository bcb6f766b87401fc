"""Rejected values: the prescribed replacement, everything above recomputed, the filing as it was filed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.actions.registry import Actor, Refused, perform
from tanzhi.figures.lineage import explain
from tanzhi.figures.questions import Unanswerable
from tanzhi.filings.intake.records import row_at
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.checks import conservative
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tanzhi.streams.verification.cases import queries
from tanzhi.streams.verification.cases.methods import methods
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.overlay import filed_root, overlaid, root_of
from tests.streams.verification.conftest import COAL, Redetermine

TOTAL, UNIT_TOTAL = "enterprise_emission", "unit_emission"
FUEL = f"{COAL}.fuel_consumption"


def code(act: Any) -> str:
    with pytest.raises(Refused) as found:
        act()
    return found.value.code


def filed(case: Verification, field: str = "fuel_consumption") -> Decimal:
    row = row_at(power, case.version.record, COAL)
    assert row is not None
    return Decimal(row[field])


def total(case: Verification) -> Decimal:
    return Decimal(root_of(case).value(TOTAL).number or 0)


# The worked examples of the guide, E13 of the sheet: a belt scale of class 0.5, and an electricity meter of class 0.5.
@pytest.mark.parametrize(
    ("method", "value", "told", "expected"),
    [
        ("uncalibrated", "150000", {"required": "0.005"}, "150750.00"),
        ("worse_meter", "150000", {"actual": "0.008", "required": "0.005"}, "150450.00"),
        ("uncalibrated_production", "1750000", {"required": "0.005"}, "1741250.00"),
        ("worse_production_meter", "1750000", {"actual": "0.008", "required": "0.005"}, "1744750.00"),
        ("late_calibration", "150000", {"required": "0.005", "uncovered": "40000"}, "150200.00"),
        ("late_production_calibration", "1750000", {"required": "0.005", "uncovered": "200000"}, "1749000.00"),
        ("default_carbon", "57.5", {}, ""),
        ("evidence", "57.5", {"value": "56.1"}, "56.10"),
    ],
)
def test_a_value_is_replaced_as_the_guide_prescribes(
    method: str, value: str, told: dict[str, str], expected: str
) -> None:
    numbers = {name: Decimal(number) for name, number in told.items()}
    assert methods(power.name)[method].value(Decimal(value), numbers, 2) == expected


@given(
    filed=st.decimals("0", "9999999", places=2),
    actual=st.decimals("0", "0.1", places=4),
    required=st.decimals("0", "0.1", places=4),
)
def test_activity_never_falls_and_production_never_rises(filed: Decimal, actual: Decimal, required: Decimal) -> None:
    told = {"actual": actual, "required": required}
    for name in ("worse_meter", "uncalibrated"):
        assert Decimal(methods(power.name)[name].value(filed, told, 2)) >= filed
    for name in ("worse_production_meter", "uncalibrated_production"):
        assert Decimal(methods(power.name)[name].value(filed, told, 2)) <= filed


def test_every_method_is_for_fields_of_a_guideline_and_cites_its_law() -> None:
    for row in read_yaml(power.industry.methods):
        assert set(row["fields"]) <= power.rules.keys() | set(power.levels) | _names()
        assert row["law"]


def _names() -> set[str]:
    from tanzhi.rulebook.kernel import form

    return {field.name for table in form(power, "month", 2023).tables for field in table.fields}


def test_an_uncalibrated_scale_raises_the_month_and_all_above_it(found: Verification, redetermine: Redetermine) -> None:
    before, was = total(found), filed(found)
    redetermine("uncalibrated", FUEL, required="0.5")
    row = found.redeterminations.get()
    assert Decimal(row.value) == (was * Decimal("1.005")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert total(found) > before
    unit = next(node for node in root_of(found).walk() if node.path == "units[1]")
    assert unit.value(UNIT_TOTAL).number == total(found)


def test_the_filing_stays_as_it_was_filed(found: Verification, redetermine: Redetermine) -> None:
    before = found.version.values
    redetermine("uncalibrated", FUEL, required="0.5")
    found.version.refresh_from_db()
    assert found.version.values == before
    assert Decimal(filed_root(found).value(TOTAL).number or 0) < total(found)


def test_a_rejected_carbon_test_gives_way_to_the_default(found: Verification, redetermine: Redetermine) -> None:
    redetermine("default_carbon", f"{COAL}.carbon_air_dried")
    assert {row.field for row in found.redeterminations.all()} == {"carbon_air_dried", "moisture_air_dried"}
    fuel = next(node for node in root_of(found).walk() if node.path == COAL)
    heat = Decimal(filed(found, "net_calorific_value"))
    expected = (heat * Decimal("0.03085")).quantize(Decimal("0.0001"), "ROUND_HALF_UP")
    assert fuel.value("carbon_content").number == expected


def test_a_rejected_heat_test_gives_way_to_the_default_too(found: Verification, redetermine: Redetermine) -> None:
    redetermine("default_carbon", f"{COAL}.carbon_air_dried")
    redetermine("default_heat", f"{COAL}.net_calorific_value")
    fuel = next(node for node in root_of(found).walk() if node.path == COAL)
    assert fuel.value("heat_content").number == Decimal("26.700")


def test_production_falls_and_leaves_the_emission(found: Verification, redetermine: Redetermine) -> None:
    before = total(found)
    redetermine("uncalibrated_production", "units[1].months[2023-06].generation", required="0.5")
    assert total(found) == before
    assert Decimal(found.redeterminations.get().value) < Decimal(found.redeterminations.get().filed)


def test_another_source_may_prove_less(found: Verification, redetermine: Redetermine) -> None:
    before = total(found)
    redetermine("evidence", FUEL, value=str(filed(found) - 100))
    assert total(found) < before


def test_what_does_not_fit_is_refused_by_code(found: Verification, redetermine: Redetermine, verifier: Actor) -> None:
    assert code(lambda: redetermine("guesswork", FUEL)) == "ACT-INPUT"
    assert code(lambda: redetermine("", FUEL)) == "VER-METHOD"
    assert code(lambda: redetermine("uncalibrated", FUEL)) == "VER-NEEDS"
    assert code(lambda: redetermine("uncalibrated", f"{COAL}.carbon_air_dried", required="0.5")) == "VER-METHOD"
    assert (
        code(lambda: redetermine("uncalibrated", "units[9].months[2023-06].generation", required="0.5")) == "VER-CELL"
    )
    assert code(lambda: redetermine("uncalibrated", FUEL, required="0.5", finding=7)) == "VER-FINDING"
    assert code(lambda: redetermine("uncalibrated", FUEL, required="50")) == "ACT-INPUT"
    late = {"required": "0.5", "uncovered": "99999999"}
    assert code(lambda: redetermine("late_calibration", FUEL, **late)) == "VER-PART"
    assert code(lambda: redetermine("default_heat", f"{COAL}.net_calorific_value")) == "VER-SAME"
    assert not found.redeterminations.exists()
    redetermine("uncalibrated", FUEL, required="0.5")
    assert code(lambda: redetermine("uncalibrated", FUEL, required="0.5")) == "VER-TWICE"


def test_a_value_that_would_lower_the_emission_is_refused(
    found: Verification, redetermine: Redetermine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        conservative, "activity_without_calibration", lambda filed, required_accuracy: filed * (1 - required_accuracy)
    )
    assert code(lambda: redetermine("uncalibrated", FUEL, required="0.5")) == "VER-LOWER"


def test_a_withdrawn_value_lets_the_filed_one_stand_again(
    found: Verification, redetermine: Redetermine, verifier: Actor
) -> None:
    before = total(found)
    redetermine("default_carbon", f"{COAL}.carbon_air_dried")
    told = {"number": found.redeterminations.first().pk, "reason": "检测报告已补正"}
    perform("verification.withdraw_value", verifier, found, told)
    assert total(found) == before
    assert code(lambda: perform("verification.withdraw_value", verifier, found, told)) == "VER-CELL"


def test_only_the_group_redetermines(
    found: Verification, clerk: Actor, officer: Actor, verifier: Actor, stranger: Actor
) -> None:
    told = {"cells": [FUEL], "method": "uncalibrated", "required": "0.5", "finding": 1, "basis": "现场核实"}
    for who, expected in ((clerk, "ACT-ROLE"), (officer, "ACT-ROLE"), (stranger, "ACT-ROLE")):
        assert code(lambda who=who: perform("verification.redetermine", who, found, told)) == expected  # type: ignore[misc]


def test_an_overlay_changes_a_copy_and_knows_no_row_that_is_not_there(found: Verification) -> None:
    record = found.version.record
    changed = overlaid(power, record, ((COAL, "fuel_consumption", "1"),))
    assert row_at(power, changed, COAL) != row_at(power, record, COAL)
    with pytest.raises(LookupError):
        overlaid(power, record, (("units[9]", "generation", "1"),))


# --- what others ask, and the walk ---------------------------------------------------------------------


def test_other_rooms_get_the_verified_emission_once_the_result_was_told(
    concluded: Verification, request: pytest.FixtureRequest
) -> None:
    assert queries.verified(concluded.organisation, 2023) is None
    notified = request.getfixturevalue("notified")
    told = queries.verified(notified.organisation, 2023)
    assert told is not None
    assert told.emission == total(notified)
    assert told.emission > told.reported
    assert queries.verified_emission(notified.organisation, 2023, "1") == told.emission_of("1") == told.emission
    assert queries.verified_emission(notified.organisation, 2022) is None
    assert queries.verified_in(notified.organisation.region, 2023, "power") == [told]
    record = queries.verified_record(notified)
    assert (record["enterprise"], record["units"][0]["rated_power"]) == (notified.organisation.code, "350")


def test_a_verified_figure_is_walked_down_to_the_redetermined_cell_and_its_evidence(
    notified: Verification, officer: Actor
) -> None:
    told = queries.verified(notified.organisation, 2023)
    assert told is not None
    top = explain(told.ref(), officer)
    assert top.value == told.emission
    cell = explain(told.ref("fuel_consumption", COAL), officer)
    facts = {fact.label.en: fact.words.zh for fact in cell.facts}
    assert facts["Filed as"] == notified.redeterminations.get().filed
    assert "未校准" in facts["Redetermined"]
    assert [part.label.zh for part in cell.parts] == ["存证记录"]
    other = explain(told.ref("fuel_consumption", COAL.replace("06", "08")), officer)
    assert "Redetermined" not in {fact.label.en for fact in other.facts}


def test_strangers_and_the_public_are_told_no_details(notified: Verification, stranger: Actor) -> None:
    told = queries.verified(notified.organisation, 2023)
    assert told is not None
    for viewer in (stranger, None):
        with pytest.raises(Unanswerable):
            explain(told.ref(), viewer)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_of_a_case_show_before_and_after_in_both_languages(
    client: Client, notified: Verification, clerk_person: Any, clerk: Actor, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(clerk_person)
    page = client.get(notified.get_absolute_url()).content.decode()
    assert {"zh-hans": "核查前后排放量", "en": "Emission before and after"}[language] in page
    assert "1号机组" in page or "Unit 1" in page
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"{notified.get_absolute_url()}statement.{kind}").content.startswith(start)
    assert client.get(f"{notified.get_absolute_url()}statement.exe").status_code == 404
