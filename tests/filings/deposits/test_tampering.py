"""A row altered, deleted, swapped or slipped in behind the platform's back: the verification names it."""

import pytest
from django.db import connection
from typer.testing import CliRunner

from tanzhi.actions.perform import perform
from tanzhi.cli import app
from tanzhi.evidence.checking import verify
from tanzhi.evidence.sealer import seal_all
from tanzhi.filings.months.model import Result, Version
from tests.filings.deposits.test_work import MONTH, answered, saved

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


def test_two_versions_that_were_swapped_are_both_named(deposits):
    first, second = (filing.deposited_version for filing in deposits)
    tamper('UPDATE filings_version SET "values" = %s WHERE id = %s', second.values, first.pk)
    tamper('UPDATE filings_version SET "values" = %s WHERE id = %s', first.values, second.pk)
    assert found() == {("EVD-20", f"filings.version:{one.pk}") for one in (first, second)}


def test_a_deleted_version_is_named_with_its_results(deposits):
    version = deposits[1].deposited_version
    results = list(Result.objects.filter(version=version).values_list("pk", flat=True))
    tamper("DELETE FROM filings_result WHERE version_id = %s", version.pk)
    tamper("DELETE FROM filings_version WHERE id = %s", version.pk)
    gone = {("EVD-22", f"filings.result:{pk}") for pk in results}
    assert found() == {("EVD-22", f"filings.version:{version.pk}")} | gone


def test_a_version_slipped_in_as_deposited_is_named(deposits):
    old = deposits[0].deposited_version
    columns = [f'"{field.column}"' for field in Version._meta.concrete_fields if field.name != "id"]
    copied = ", ".join(columns).replace('"number"', "2")
    into = f"INSERT INTO filings_version ({', '.join(columns)})"
    tamper(f"{into} SELECT {copied} FROM filings_version WHERE id = %s", old.pk)
    assert found() == {("EVD-21", f"filings.version:{Version.objects.latest('pk').pk}")}


def test_the_command_line_names_it(deposits):
    version = deposits[0].deposited_version
    tamper('UPDATE filings_version SET "values" = %s WHERE id = %s', "{}", version.pk)
    told = CliRunner().invoke(app, ["evidence", "verify", "--lang", "en"])
    assert told.exit_code == 1
    assert f"EVD-20 filings.version:{version.pk}" in told.output
