"""Rows answer to the log: whoever alters, inserts or deletes one behind it is named, whatever table and column."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tanzhi.actions.registry import Actor, perform
from tanzhi.evidence import answered, triggers
from tanzhi.evidence.answered import EXEMPT, reason, tables
from tanzhi.evidence.log import next_number, record
from tanzhi.evidence.models import Entry, RowDigest
from tanzhi.evidence.row_check import check
from tanzhi.evidence.rows import erase_earlier
from tanzhi.evidence.taking_up import RowsAltered, migrating, take_up
from tanzhi.evidence.tracking import unrecorded
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation, OrganisationEvent, OrganisationName, Region
from tests.evidence import everywhere

SOURCE = Path(answered.__file__).parents[1]
# Findings 6.2 and 6.14: what was altered without notice, and what issue 8 says may not be exempt.
NEVER_EXEMPT = {
    "organisations": ["Grant", "Person", "Token", "Membership"],
    "bulletin": ["Edition"],
    "cases": ["Letter", "Clock"],
    "intensity": ["GdpLevel", "EnergyBalance", "Target", "Decomposition", "Share"],
    "inventory": ["Cell", "Run"],
    "verification": ["VerifiedResult", "Conclusion"],
    "exchange": ["Trade", "Statement", "Quote"],
    "filings": ["Filing", "Version", "Result"],
    "law": ["ParameterEntry"],
    "finance": ["BankLink", "Credit", "Disbursement"],
    "policy": ["Document", "Clause", "Task", "Report", "Audit"],
    "registry": [
        "AllocationRun",
        "AllocationLine",
        "Cycle",
        "Hold",
        "SerialBlock",
        "Surrender",
        "Account",
        "Command",
        "Transfer",
        "Entry",
        "Balance",
    ],
    "actions": ["Performed", "Proposal"],
    "web": ["ApiToken", "ServiceConsent"],
    "otp_totp": ["TOTPDevice"],
    "otp_static": ["StaticToken"],
}


def named() -> dict[str, set[str]]:
    """What the check names, by code."""
    found = defaultdict(set)
    for fault in check():
        found[fault.code].add(fault.place)
    return dict(found)


def behind_the_log(statement: str, *values: Any) -> None:
    """What somebody with the database's password can do."""
    everywhere.without_triggers(re.search(r"(?:UPDATE|INTO|FROM) (\w+)", statement)[1])
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    triggers.install()


def present_triggers() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        return triggers._present(connection.vendor, cursor)


def move(plant: Organisation, name: str) -> None:
    perform("organisations.rename", Actor.platform(), plant, {"zh": name, "en": name, "since": "2024-05-01"})


def test_every_column_of_every_model_is_answered_for_or_exempt_with_a_reason() -> None:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        table = tables().get(model._meta.db_table)
        for field in model._meta.concrete_fields:
            has_reason = len(reason(model, field).split()) > 3
            assert has_reason != (table is not None and field.column in table.columns), f"{model._meta.label}.{field}"


def test_an_exemption_names_what_is_there() -> None:
    names = {model._meta.app_label for model in apps.get_models()}
    for model in apps.get_models(include_auto_created=True):
        names |= {model._meta.label, *(f"{model._meta.label}.{f.name}" for f in model._meta.concrete_fields)}
    assert EXEMPT.keys() <= names


def test_what_figures_rights_and_books_rest_on_is_never_exempt() -> None:
    never = {f"{room}.{model}" for room, models in NEVER_EXEMPT.items() for model in models}
    exempt = {name.rpartition(".")[0] for name in EXEMPT if name.count(".") == 2} | EXEMPT.keys()
    # columns of the signing in itself, and of how far sending has come
    may = {"otp_totp.TOTPDevice", "organisations.Person", "web.ServiceAccount", "web.WebHook"}
    assert not (never - may) & exempt
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("tanzhi.")}
    ours = {name for name in exempt if name.count(".") < 2 and name.partition(".")[0] in rooms}
    seen_and_counted = {"presentation.SavedView", "presentation.Seen", "organisations.Tally", "actions.WorkerBeat"}
    derived = {"presentation.SearchTerm", "web.ActEvent", "web.Delivery"}  # of records, of entries
    assert ours - may - derived - {"cases.Vacation"} == {
        "evidence",
        "evidence.Upload",
        "actions.Job",
        *seen_and_counted,
    }
    assert {name for name in EXEMPT if name.startswith("organisations.Person.")} == {"organisations.Person.last_login"}
    assert {"digest", "state", "scopes", "ends_on", "organisation_id"} <= set(tables()["web_serviceaccount"].columns)
    assert {"url", "state", "generation", "account_id"} <= set(tables()["web_webhook"].columns)
    assert {"state", "scopes", "until"} <= set(tables()["web_serviceconsent"].columns)
    assert {"kind", "actor", "arguments", "created_at", "cancel_asked"} <= set(tables()["actions_job"].columns)
    assert {"user_id", "key", "confirmed"} <= set(tables()["otp_totp_totpdevice"].columns)
    assert {apps.get_model(name)._meta.db_table for name in never} <= tables().keys()


@pytest.mark.fault
@pytest.mark.django_db
def test_every_column_altered_and_a_row_of_every_table_inserted_or_deleted_is_named() -> None:
    with everywhere.without_constraints():
        everywhere.fill()
        with transaction.atomic():
            record("test.filled", "", {})
        assert named() == {}
        expected = everywhere.tamper()
    assert sum(map(len, expected.values())) > 1000
    assert named() == expected
    transaction.set_rollback(True)  # the made-up rows refer to nothing


def _bulk_update(plant: Organisation) -> int:
    plant.code = "X"
    return Organisation.objects.bulk_update([plant], ["code"])


def _plain(plant: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_organisation SET code = 'X' WHERE id = %s", [plant.pk])


WAYS: dict[str, Callable[[Organisation], object]] = {
    "create": lambda plant: OrganisationName.objects.create(organisation=plant, zh="甲", en="A", since="2024-01-01"),
    "bulk_create": lambda plant: OrganisationName.objects.bulk_create(
        [OrganisationName(organisation=plant, zh="甲", en="A", since="2024-01-01")]
    ),
    "save": lambda plant: Organisation(pk=plant.pk, code="X", kind="enterprise", region=plant.region).save(),
    "update": lambda plant: Organisation.objects.filter(pk=plant.pk).update(code="X"),
    "update_or_create": lambda plant: Organisation.objects.update_or_create(pk=plant.pk, defaults={"code": "X"}),
    "bulk_update": _bulk_update,
    "a plain statement": _plain,
    "delete": lambda plant: OrganisationEvent.objects.filter(organisation=plant).delete(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_row_written_in_any_way_belongs_to_an_entry(plant: Organisation, way: Callable[..., object]) -> None:
    before = RowDigest.objects.count()
    with pytest.raises(RuntimeError, match="without an entry"), transaction.atomic():
        way(plant)
    assert Organisation.objects.get(pk=plant.pk).code == "PLANT"
    with transaction.atomic():
        way(plant)
        record("test.written", "", {})
    assert RowDigest.objects.count() > before
    assert named() == {}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_in_an_installation_the_act_goes_through_and_rows_without_an_entry_are_named_until_somebody_takes_them_up(
    plant: Organisation, way: Callable[..., object], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TANZHI_REFUSE_UNCOVERED = False
    with transaction.atomic():
        move(plant, "新名")
        way(plant)  # after the act's own entry
    assert OrganisationName.objects.filter(organisation=plant, zh="新名").exists()
    assert "written without an entry in the log: organisations_organisation" in caplog.text
    places = set().union(*named().values())
    assert places
    assert named().keys() <= {"EVD-20", "EVD-21", "EVD-22"}
    move(Organisation.objects.get(pk=plant.pk), "又名")
    assert set().union(*named().values()) == places
    assert take_up("evidence.accepted", "a fault of the program") is not None
    assert named() == {}


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_too_nothing_is_written_without_an_entry() -> None:
    def add() -> Region:
        return Region.objects.create(
            code="990000", name_zh="甲", name_en="A", kind="province", path="x/", since="2020-01-01"
        )

    with pytest.raises(RuntimeError, match="organisations_region"):
        add()
    assert not Region.objects.exists()
    with unrecorded():
        row = add()
    with pytest.raises(RuntimeError, match="organisations_region"):
        Region.objects.filter(pk=row.pk).update(code="980000")
    with pytest.raises(RuntimeError, match="organisations_region"):
        row.delete()
    assert Region.objects.get().code == "990000"
    with unrecorded():
        row.delete()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_too_the_work_of_an_installation_goes_on(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TANZHI_REFUSE_UNCOVERED = False
    row = Region.objects.create(
        code="990000", name_zh="甲", name_en="A", kind="province", path="x/", since="2020-01-01"
    )
    assert caplog.messages == [f"written without an entry in the log: organisations_region {row.pk}"]
    assert named() == {"EVD-21": {f"organisations.region:{row.pk}"}}
    row.delete()
    assert len(caplog.messages) == 2
    assert named() == {}


@pytest.mark.django_db
def test_a_write_that_changes_nothing_and_an_exempt_column_need_no_entry(clerk_person: Person) -> None:
    with transaction.atomic():
        clerk_person.save()
        Person.objects.filter(pk=clerk_person.pk).update(last_login="2024-01-01T00:00:00Z")
    assert named() == {}


def test_what_was_rolled_back_to_a_savepoint_is_not_answered_for(plant: Organisation) -> None:
    with transaction.atomic():
        Organisation.objects.filter(pk=plant.pk).update(code="Y")
        inside = transaction.savepoint()
        OrganisationEvent.objects.create(organisation=plant, kind="note", on="2024-01-01")
        record("test.inner", "", {})
        transaction.savepoint_rollback(inside)
        entry = record("test.outer", "", {})
    assert {(row.table, row.row) for row in RowDigest.objects.filter(entry=entry)} == {
        ("organisations_organisation", plant.pk)
    }
    assert named() == {}


def test_a_repeated_call_leaves_neither_entry_nor_digest(plant: Organisation) -> None:
    def call() -> object:
        data = {"zh": "新名", "en": "New name", "since": "2024-05-01"}
        return perform("organisations.rename", Actor.platform(), plant, data, idempotency_key="once").entry

    first, before = call(), (Entry.objects.count(), RowDigest.objects.count())
    assert (call(), (Entry.objects.count(), RowDigest.objects.count())) == (first, before)


def test_the_trail_names_the_entry_that_answers_for_it(plant: Organisation) -> None:
    with transaction.atomic():
        number = next_number()
        assert record("test.numbered", "", {}, number=number).pk == number
    newest = RowDigest.objects.filter(table="actions_performed").last()
    assert newest is not None
    performed = apps.get_model("actions.Performed").objects.get(pk=newest.row)
    assert performed.outcome["entry"] == f"evidence.entry:{newest.entry_id}"


def test_an_act_that_writes_over_an_alteration_does_not_hide_it(plant: Organisation) -> None:
    behind_the_log("UPDATE organisations_organisation SET code = 'FALSE' WHERE id = %s", plant.pk)
    with transaction.atomic():
        Organisation.objects.filter(pk=plant.pk).update(kind="bank")
        record("test.written", "", {})
    place = f"organisations.organisation:{plant.pk}"
    assert named() == {"EVD-26": {place}}
    assert take_up("evidence.accepted", "seen on the page of the region") is not None
    assert named() == {}
    assert take_up("evidence.accepted", "nothing left") is None


SPOILED = {
    "altered": ("UPDATE evidence_rowdigest SET digest = salt WHERE id = %s", {"EVD-20", "EVD-23"}),
    "removed": ("DELETE FROM evidence_rowdigest WHERE id = %s", {"EVD-21", "EVD-23"}),
    "given to another entry": ("UPDATE evidence_rowdigest SET entry_id = entry_id - 1 WHERE id = %s", {"EVD-23"}),
    "marked": ("UPDATE evidence_rowdigest SET mark = 't' WHERE id = %s", {"EVD-23"}),
    "unsalted": ("UPDATE evidence_rowdigest SET salt = NULL WHERE id = %s", {"EVD-25"}),
    "invented": (
        'INSERT INTO evidence_rowdigest (entry_id, "table", "row", mark) '
        "SELECT entry_id, 'organisations_grant', 999, '' FROM evidence_rowdigest WHERE id = %s",
        {"EVD-23"},
    ),
    "invented with an entry": (
        'INSERT INTO evidence_rowdigest (entry_id, "table", "row", mark) '
        "SELECT 999999, 'organisations_grant', 999, '' FROM evidence_rowdigest WHERE id = %s",
        {"EVD-23"},
    ),
}


@pytest.mark.fault
@pytest.mark.parametrize(("statement", "codes"), SPOILED.values(), ids=SPOILED)
def test_a_digest_that_is_spoiled_is_named(clerk_person: Person, statement: str, codes: set[str]) -> None:
    digest = RowDigest.objects.filter(table="organisations_grant").latest("pk")
    behind_the_log(statement, digest.pk)
    assert named().keys() == codes


@pytest.mark.fault
def test_the_database_refuses_to_change_a_digest(world: object) -> None:
    for statement in ("UPDATE evidence_rowdigest SET digest = NULL", "DELETE FROM evidence_rowdigest"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.fault
def test_a_missing_trigger_and_an_unreadable_table_are_named(world: object) -> None:
    triggers.drop()
    assert named() == {"EVD-24": {f"table:{name}" for name in tables()}}
    triggers.install()
    assert triggers.missing() == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE organisations_token RENAME TO somewhere_else")
    assert {"table:organisations_token"} == named()["EVD-27"]


ALTERED_TRIGGERS = {
    "sqlite": (
        'CREATE TRIGGER "{name}" AFTER UPDATE ON organisations_grant BEGIN SELECT 1; END',
        'CREATE TRIGGER "{name}" AFTER UPDATE ON organisations_grant WHEN OLD.id > 9 BEGIN SELECT 1; END',
    ),
    "postgresql": (
        "ALTER TABLE organisations_grant DISABLE TRIGGER {name}",
        'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
        'CREATE OR REPLACE TRIGGER "{name}" AFTER UPDATE ON organisations_grant '
        'FOR EACH ROW WHEN (OLD.id > 9) EXECUTE FUNCTION "{function}"()',
    ),
}


@pytest.mark.fault
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_trigger_that_was_switched_off_or_does_something_else_is_named(world: object, number: int) -> None:
    statements = ALTERED_TRIGGERS[connection.vendor]
    function = next(name for name, table, _ in present_triggers() if table == "organisations_grant").rpartition("_")[0]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER "{function}_update"')
        cursor.execute(statements[number % len(statements)].format(name=f"{function}_update", function=function))
    assert named() == {"EVD-24": {"table:organisations_grant"}}
    triggers.install()
    assert triggers.missing() == []
    assert named() == {}


def test_erasing_personal_data_takes_the_salts_of_what_was_there(clerk_person: Person) -> None:
    with transaction.atomic():
        clerk_person.name = "—"
        clerk_person.save()
        erase_earlier(clerk_person)
        record("test.erased", "", {})
    salts = RowDigest.objects.filter(table="organisations_person", row=clerk_person.pk).order_by("pk")
    assert [one.salt is not None for one in salts][-1:] == [True]
    assert not any(one.salt for one in list(salts)[:-1])
    assert len(salts) > 1
    assert named() == {}


def test_a_migration_is_refused_over_altered_rows_and_answers_for_what_it_wrote(plant: Organisation) -> None:
    grown = "UPDATE organisations_organisation SET code = code || '-1'"
    with migrating(["test.0001"]):
        behind_the_log(grown)
    assert named() == {}
    entry = Entry.objects.filter(kind="evidence.migrated").get()
    assert RowDigest.objects.filter(entry=entry).count() == Organisation.objects.count()

    behind_the_log(grown)
    with pytest.raises(RowsAltered) as refused, migrating(["test.0002"]):
        pytest.fail("the migration ran")
    assert len(refused.value.faults) == Organisation.objects.count()
    assert take_up("evidence.accepted", "a test") is not None

    broken_off = migrating(["test.0002"])
    broken_off.__enter__()
    behind_the_log(grown)
    assert named() != {}
    with migrating([]):  # the next run finds no migration left, and takes up what the broken one wrote
        pass
    assert named() == {}


def test_checking_asks_a_fixed_number_of_questions_whatever_the_number_of_rows(
    plant: Organisation, django_assert_num_queries: Any
) -> None:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        list(check())
    for number in range(5):
        move(plant, f"名{number}")
    with django_assert_num_queries(len(few)):
        list(check())


def test_an_act_asks_a_fixed_number_of_questions_for_its_digests_whatever_the_number_of_rows(
    plant: Organisation, django_assert_num_queries: Any
) -> None:
    from django.test.utils import CaptureQueriesContext

    def write(count: int) -> None:
        for number in range(count):
            OrganisationEvent.objects.create(organisation=plant, kind="note", on="2024-01-01", basis=f"{number}")

    with transaction.atomic():
        write(2)
        with CaptureQueriesContext(connection) as few:
            record("test.few", "", {})
        write(50)
        with django_assert_num_queries(len(few)):
            record("test.many", "", {})


def test_no_code_of_the_product_writes_without_an_entry() -> None:
    users = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "unrecorded()" in path.read_text("utf-8")
    ]
    assert users == ["evidence/tracking.py"]
