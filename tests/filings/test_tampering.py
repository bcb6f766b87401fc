"""A row altered, deleted, swapped or slipped in behind the platform's back: the verification names it."""

import pytest
from django.db import connection
from typer.testing import CliRunner

from tanzhi.actions.perform import perform
from tanzhi.cli import app
from tanzhi.evidence.checking import verify
from tanzhi.evidence.sealer import seal_all
from tanzhi.filings.models import Result, Version
from tests.filings.test_filing import MONTH, answered, saved

TABLES = ("filings_version", "filings_result")


@pytest.fixture
def deposits(clerk, approver, plant, settings, tmp_path):
    """Two months, deposited and sealed."""
    settings.MEDIA_ROOT = tmp_path / "files"
    found = []
    for month, diesel in (("2023-06", "86.20"), ("2023-07", "70.00")):
        data = {"form_code": "power.month", "organisation_id": plant.pk, "period": month}
        filing = perform("filings.open", clerk, data=data).result
        row = {**MONTH, "month": month, "fuels": [{"fuel": "diesel", "fuel_consumption": diesel}]}
        saved(clerk, filing, {"units": [{"unit": "1", "months": [row]}]})
        perform("filings.check", clerk, answered(clerk, filing))
        perform("filings.deposit", approver, filing)
        found.append(filing)
    seal_all()
    return found


def tamper(sql, *values):
    """What somebody with the database's password can do: drop the guards and write."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in ("frozen", "kept"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")
        cursor.execute(sql, values)


def found():
    return {(fault.code, fault.place) for fault in verify().faults}


def test_untouched_deposits_stand(deposits):
    assert found() == set()


def test_an_altered_value_is_named_with_its_filing_and_version(deposits):
    version = deposits[0].deposited_version
    altered = version.values.replace("86.20", "16.20")
    tamper('UPDATE filings_version SET "values" = %s WHERE id = %s', altered, version.pk)
    assert found() == {("EVD-11", f"filings.filing:{deposits[0].pk} v1")}


def test_two_versions_that_were_swapped_are_both_named(deposits):
    first, second = (filing.deposited_version for filing in deposits)
    tamper('UPDATE filings_version SET "values" = %s WHERE id = %s', second.values, first.pk)
    tamper('UPDATE filings_version SET "values" = %s WHERE id = %s', first.values, second.pk)
    assert found() == {("EVD-11", f"filings.filing:{filing.pk} v1") for filing in deposits}


def test_a_deleted_version_is_named(deposits):
    version = deposits[1].deposited_version
    tamper("DELETE FROM filings_result WHERE version_id = %s", version.pk)
    tamper("DELETE FROM filings_version WHERE id = %s", version.pk)
    assert ("EVD-10", f"filings.filing:{deposits[1].pk} v1") in found()


def test_a_version_slipped_in_as_deposited_is_named(deposits):
    old = deposits[0].deposited_version
    Version.objects.create(
        filing=deposits[0], number=2, values=old.values, digest=old.digest, person_id=1, person_name="x", at=old.at,
        deposited=True,
    )  # fmt: skip
    assert found() == {("EVD-13", f"filings.filing:{deposits[0].pk} v2")}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE filings_result SET value = '1.00' WHERE id = %s",
        "UPDATE filings_result SET quantity = 'other' WHERE id = %s",
        "DELETE FROM filings_result WHERE id = %s",
    ],
)
def test_an_altered_or_deleted_result_is_named(deposits, sql):
    result = Result.objects.get(filing=deposits[0], quantity="combustion_emission")
    tamper(sql, result.pk)
    assert found() == {("EVD-12", f"filings.filing:{deposits[0].pk} v1")}


def test_a_result_slipped_in_is_named(deposits):
    known = Result.objects.filter(filing=deposits[0]).first()
    Result.objects.create(
        filing=known.filing, version=known.version, organisation=known.organisation, period=known.period,
        level=known.level, where="units[9]", quantity="unit_emission", value="0", unit="tCO2", state="known",
        release=known.release,
    )  # fmt: skip
    assert found() == {("EVD-12", f"filings.filing:{deposits[0].pk} v1")}


def test_the_command_line_names_it(deposits):
    version = deposits[0].deposited_version
    tamper('UPDATE filings_version SET "values" = %s WHERE id = %s', "{}", version.pk)
    told = CliRunner().invoke(app, ["evidence", "verify", "--lang", "en"])
    assert told.exit_code == 1
    assert "EVD-11" in told.output
    assert "PLANT 2023-06" in told.output
