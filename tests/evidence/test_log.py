"""The log as the platform uses it: record, seal, receipt; and what a stranger finds when somebody altered it."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tanzhi.evidence import offline
from tanzhi.evidence.checking import verify
from tanzhi.evidence.faults import LogFault
from tanzhi.evidence.files import open_stored, place_of, store
from tanzhi.evidence.log import latest_head, record, timeline
from tanzhi.evidence.models import Entry, Head, Payload
from tanzhi.evidence.numbers import index_of, number_of
from tanzhi.evidence.receipts import receipt
from tanzhi.evidence.sealer import seal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"


def written(count: int) -> list[Entry]:
    with transaction.atomic():
        return [record("test.noted", f"thing:{i}", {"number": i}, {"name": f"某人{i}"}) for i in range(count)]


def sealed(count: int) -> list[Entry]:
    written(count)
    seal()
    return list(Entry.objects.order_by("leaf_index"))


def tamper(sql: str, *values: Any) -> None:
    """What somebody with the database's password can do: drop the guards and write."""
    with connection.cursor() as cursor:
        for table in ("evidence_entry", "evidence_payload", "evidence_node", "evidence_head", "evidence_storedfile"):
            for name in ("frozen", "kept"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")
        cursor.execute(sql, values)


def codes() -> set[str]:
    return {fault.code for fault in verify().faults}


def places() -> set[tuple[str, str]]:
    return {(fault.code, fault.place) for fault in verify().faults}


def test_an_untouched_log_is_intact() -> None:
    sealed(5)
    written(2)
    seal()
    report = verify()
    assert (report.intact, report.size, report.heads, report.waiting) == (True, 7, 2, 0)


def test_an_entry_waits_for_the_sealer_and_then_has_a_number() -> None:
    entry = written(1)[0]
    assert (entry.number, receipt(entry)) == ("", None)
    seal()
    entry.refresh_from_db()
    assert entry.number == "R-000000-98"
    assert timeline("thing:0") == [entry]
    assert latest_head() == Head.objects.get()


def test_sealing_nothing_changes_nothing() -> None:
    assert seal() is None
    sealed(1)
    assert seal() == Head.objects.get()


def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError), _no_transaction():
        record("test.noted", "thing:1", {})


class _no_transaction:
    def __enter__(self) -> None:
        self.was, connection.in_atomic_block = connection.in_atomic_block, False

    def __exit__(self, *_: object) -> None:
        connection.in_atomic_block = self.was


def test_an_altered_entry_is_named() -> None:
    third = sealed(5)[3]
    altered = bytes(third.canonical).replace(b'"kind":"act"', b'"kind":"cat"')
    tamper("UPDATE evidence_entry SET canonical = %s WHERE id = %s", altered, third.pk)
    fault = verify().faults[0]
    assert (fault.code, fault.place) == ("EVD-1", "entry:3")


def test_an_entry_altered_together_with_its_hash_contradicts_the_head() -> None:
    third = sealed(5)[3]
    altered = bytes(third.canonical).replace(b'"kind":"act"', b'"kind":"cat"')
    tamper("UPDATE evidence_entry SET canonical=%s, leaf_hash=%s WHERE id=%s", altered, _leaf(altered), third.pk)
    assert codes() == {"EVD-4", "EVD-15", "EVD-17"}


def _leaf(data: bytes) -> bytes:
    from hashlib import sha256

    return sha256(b"\x00" + data).digest()


def test_a_deleted_entry_is_named() -> None:
    third = sealed(5)[3]
    tamper("DELETE FROM evidence_payload WHERE entry_id = %s", third.pk)
    tamper("DELETE FROM evidence_entry WHERE id = %s", third.pk)
    fault = verify().faults[0]
    assert (fault.code, fault.place) == ("EVD-2", "entry:3")


def test_the_last_entry_deleted_is_noticed_by_the_head() -> None:
    last = sealed(5)[4]
    tamper("DELETE FROM evidence_payload WHERE entry_id = %s", last.pk)
    tamper("DELETE FROM evidence_entry WHERE id = %s", last.pk)
    assert ("EVD-2", "head:5") in {(f.code, f.place) for f in verify().faults}


def test_swapped_entries_are_named() -> None:
    entries = sealed(5)
    tamper("UPDATE evidence_entry SET leaf_index = 99 WHERE id = %s", entries[1].pk)
    tamper("UPDATE evidence_entry SET leaf_index = 1 WHERE id = %s", entries[2].pk)
    tamper("UPDATE evidence_entry SET leaf_index = 2 WHERE id = %s", entries[1].pk)
    assert {"EVD-4", "EVD-6", "EVD-17"} <= codes()
    assert any(f.place == "entry:2" for f in verify().faults)


def test_an_entry_appended_behind_the_sealers_back_is_named_and_not_sealed_over() -> None:
    entry = sealed(3)[2]
    columns = "kind, subject, at, canonical, mac"
    other = b"\x01" * 32  # the index over leaf hashes refuses a plain copy
    tamper(
        f"INSERT INTO evidence_entry ({columns}, leaf_hash, leaf_index) "
        f"SELECT {columns}, %s, 3 FROM evidence_entry WHERE id = %s",
        other,
        entry.pk,
    )
    assert {("EVD-1", "entry:3"), ("EVD-3", "entry:3"), ("EVD-15", "entry:3")} <= places()
    written(1)
    with pytest.raises(LogFault, match="EVD-36"):
        seal()


def test_a_forged_head_has_no_valid_signature() -> None:
    sealed(3)
    tamper("UPDATE evidence_head SET root = %s", b"\x00" * 32)
    assert {"EVD-4", "EVD-5"} <= codes()


@pytest.mark.parametrize("part", ["particulars", "personal"])
def test_a_part_changed_emptied_or_deleted_without_an_act_is_named(part: str) -> None:
    first, second, third = sealed(3)
    where = f"WHERE part = '{part}' AND entry_id = %s"
    tamper(f"UPDATE evidence_payload SET content = %s {where}", b'{"name":"x"}', first.pk)
    tamper(f"UPDATE evidence_payload SET content = NULL, salt = NULL {where}", second.pk)
    tamper(f"DELETE FROM evidence_payload {where}", third.pk)
    assert places() == {("EVD-7", "entry:0"), ("EVD-16", "entry:1"), ("EVD-16", "entry:2")}


def test_a_part_erased_by_an_act_is_silent() -> None:
    first = sealed(2)[0]
    digest = json.loads(bytes(first.canonical))["personal"]
    Payload.objects.filter(entry=first, part="personal").update(content=None, salt=None)
    with transaction.atomic():
        record("evidence.erase", f"evidence.entry:{first.pk}", {"erased": [digest]})
    assert verify().intact
    seal()
    assert verify().intact


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE evidence_entry SET canonical = leaf_hash",
        "UPDATE evidence_entry SET mac = leaf_hash",
        "UPDATE evidence_entry SET subject = ''",
        "UPDATE evidence_payload SET content = salt",
        "UPDATE evidence_payload SET content = NULL",
        "UPDATE evidence_payload SET part = 'x'",
        "UPDATE evidence_node SET hash = NULL",
        "UPDATE evidence_head SET previous = 7",
        "DELETE FROM evidence_entry",
        "DELETE FROM evidence_payload",
        "DELETE FROM evidence_node",
        "DELETE FROM evidence_head",
    ],
)
def test_the_database_itself_refuses(sql: str) -> None:
    sealed(2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_file_is_kept_by_its_digest_and_a_changed_one_is_named() -> None:
    first, again = (store(io.BytesIO("煤质报告".encode())) for _ in range(2))
    assert first == again
    with open_stored(first.sha256) as file:
        assert file.read().decode() == "煤质报告"
    place_of(first.sha256).write_bytes(b"x")
    assert codes() == {"EVD-9"}
    place_of(first.sha256).unlink()
    assert codes() == {"EVD-8"}


def test_receipt_numbers_carry_check_digits() -> None:
    assert number_of(482) == "R-000482-10"  # 98 - 48200 mod 97 = 98 - 88
    assert index_of(" r-000482-10 ") == 482
    assert index_of("R-000483-10") is None
    assert index_of("482") is None


# --- offline, on a machine without Tanzhi --------------------------------------------------------------


def offline_verdict(tmp_path: Path, content: str, *more: str) -> tuple[int, str]:
    place = tmp_path / "receipt.json"
    place.write_text(content, encoding="utf-8")
    script = Path(offline.__path__[0]) / "verify_receipt.py"
    command = [sys.executable, "-I", "-S", "-X", "utf8", str(script), str(place), *more]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout


def test_a_receipt_verifies_offline_with_the_standard_library_alone(tmp_path: Path) -> None:
    given = [receipt(entry) for entry in sealed(7)]
    for one in given:
        assert one
        assert offline_verdict(tmp_path, json.dumps(one), "--key", one["key"])[0] == 0
    assert len(json.dumps(given[6])) < 2048


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("leaf", '{"kind":"forged"}'),
        ("index", 2),
        ("signature", "00" * 64),
        ("receipt", "R-000001-00"),
        ("key", "11" * 32),
    ],
)
def test_an_altered_receipt_is_found_out_offline(tmp_path: Path, field: str, value: Any) -> None:
    one = receipt(sealed(5)[1])
    assert one
    code, said = offline_verdict(tmp_path, json.dumps(one | {field: value}))
    assert code == 1
    assert "✗" in said


def test_what_is_no_receipt_is_said_to_be_unreadable(tmp_path: Path) -> None:
    assert offline_verdict(tmp_path, "{}")[0] == 2
    assert offline_verdict(tmp_path, "no json")[0] == 2


def test_another_key_or_file_is_found_out_offline(tmp_path: Path) -> None:
    one = receipt(sealed(2)[0])
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"workbook")
    assert offline_verdict(tmp_path, json.dumps(one), "--key", "22" * 32)[0] == 1
    assert offline_verdict(tmp_path, json.dumps(one), "--file", str(file))[0] == 1


def test_a_file_named_by_an_entry_must_be_on_record() -> None:
    stored = store(io.BytesIO("煤质报告".encode()))
    with transaction.atomic():
        record("filings.attach", "filings.filing:1", {"file": stored.sha256})
    seal()
    assert verify().intact
    tamper("DELETE FROM evidence_storedfile WHERE id = %s", stored.pk)
    assert places() == {("EVD-8", f"file:{stored.sha256}")}
