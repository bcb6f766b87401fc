"""Keys and the last head, outside the database: whoever can write every row still cannot write history."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from tanzhi.evidence import keys, pinned
from tanzhi.evidence.canonical import canonical
from tanzhi.evidence.checking import verify
from tanzhi.evidence.faults import LogFault
from tanzhi.evidence.log import moment, record
from tanzhi.evidence.models import Entry, Head, Node
from tanzhi.evidence.pinned import Pin, accept_restored_head, pin, pin_in
from tanzhi.evidence.sealer import head_message, rotate_key, seal, seal_all
from tanzhi.evidence.set_aside import KIND, digest_of, put_aside, set_aside
from tanzhi.evidence.tree import Frontier, hasher
from tests.evidence.test_log import tamper, written

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

pytestmark = [pytest.mark.django_db, pytest.mark.fault]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    return tmp_path / "keys"


def sealed(count: int) -> Head:
    """Entries under a head that is remembered as after a commit."""
    written(count)
    head = seal()
    assert head
    pinned.keep(head)
    return head


def faults() -> set[tuple[str, str]]:
    return {(fault.code, fault.place) for fault in verify().faults}


def test_all_keys_are_made_once_readable_by_their_owner_alone(own_folder: Path) -> None:
    sealed(1)
    assert sorted(file.name for file in own_folder.iterdir()) == ["0001.key", "entries.mac", "history", "last-head"]
    assert {file.stat().st_mode & 0o777 for file in own_folder.iterdir()} == {0o600}
    before = {file.name: file.read_bytes() for file in own_folder.iterdir() if file.name != "last-head"}
    sealed(1)
    assert before == {file.name: file.read_bytes() for file in own_folder.iterdir() if file.name != "last-head"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("0001.key", "EVD-30"), ("entries.mac", "EVD-31"), ("history", "EVD-32"), ("last-head", "EVD-33"), ("", "EVD-30")],
)
def test_a_lost_key_file_stops_the_sealer_and_no_other_is_made(own_folder: Path, name: str, code: str) -> None:
    sealed(1)
    written(1)
    if name:
        (own_folder / name).unlink()
    else:
        shutil.rmtree(own_folder)
    with pytest.raises(LogFault, match=code):
        seal()
    assert not (own_folder / (name or "0001.key")).exists()
    if name != "0001.key":  # verifying needs no private key
        assert (code, "keys") in faults()


def test_another_key_put_in_place_of_the_lost_one_is_refused(own_folder: Path) -> None:
    sealed(1)
    written(1)
    (own_folder / "0001.key").write_text("11" * 32)
    with pytest.raises(LogFault, match="EVD-32"):
        seal()


def forged(key: Ed25519PrivateKey, log: str) -> None:
    """The whole log rewritten by somebody who has the database and a key of his own: every hash fits."""
    tamper("DELETE FROM evidence_head")
    tamper("DELETE FROM evidence_node")
    digest, edge = hasher("sha256"), Frontier("sha256")
    for entry in Entry.objects.order_by("leaf_index"):
        data = bytes(entry.canonical).replace(b'"act"', b'"cat"')
        leaf = digest(b"\x00" + data)
        tamper("UPDATE evidence_entry SET canonical = %s, leaf_hash = %s WHERE id = %s", data, leaf, entry.pk)
        for level, index, node in edge.append(leaf):
            Node.objects.create(position=level << 56 | index, hash=node)
    head = Head(log=log, size=edge.size, previous=0, root=edge.root(), at=Entry.objects.latest("pk").at)
    head.key = keys.public_hex(key)
    head.signature = key.sign(head_message(head))
    head.save()


def test_a_log_rewritten_and_signed_with_another_key_is_named_and_not_sealed_over() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    head = sealed(3)
    forged(Ed25519PrivateKey.generate(), head.log)
    assert {("EVD-5", "head:3"), ("EVD-15", "entry:0"), ("EVD-19", "head:3")} <= faults()
    written(1)
    with pytest.raises(LogFault, match="EVD-33"):
        seal()


@pytest.mark.parametrize("column", ["kind", "subject", "at", "mac", "canonical", "leaf_hash"])
@pytest.mark.parametrize("place", ["sealed", "waiting"])
def test_every_column_of_an_entry_is_answered_for(column: str, place: str) -> None:
    sealed(2)
    if place == "waiting":
        written(1)
    entry = Entry.objects.latest("pk")
    value: Any = {"kind": "t.other", "subject": "thing:9", "at": "2020-01-01 00:00:00+00:00"}.get(column, b"\x07" * 32)
    tamper(f"UPDATE evidence_entry SET {column} = %s WHERE id = %s", value, entry.pk)
    name = f"entry:{entry.pk if place == 'waiting' else 1}"
    assert name in {place for _, place in faults()}
    if place == "waiting":
        with pytest.raises(LogFault, match="EVD-34"):
            seal()


def invented(number: int = 1) -> Entry:
    """An entry that somebody wrote to the database past the platform."""
    data = canonical({"at": "2026-01-01T00:00:00.000000+00:00", "kind": "act", "n": number})
    leaf = hasher("sha256")(b"\x00" + data)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evidence_entry (kind, subject, at, canonical, leaf_hash, mac) VALUES (%s, %s, %s, %s, %s, %s)",
            ["t.x", "x:1", "2026-01-01 00:00:00+00:00", data, leaf, b"\x00" * 32],
        )
    return Entry.objects.latest("pk")


def test_an_invented_entry_is_named_before_anybody_seals_it_and_is_never_sealed() -> None:
    sealed(1)
    entry = invented()
    assert ("EVD-15", f"entry:{entry.pk}") in faults()
    with pytest.raises(LogFault, match="EVD-34"):
        seal()
    assert Head.objects.count() == 1


def test_an_invented_entry_is_set_aside_and_sealing_goes_on_over_all_others() -> None:
    sealed(1)
    entry = invented()
    written(1)
    put_aside(entry.pk, "written by hand during the night")
    head = seal()
    assert head is not None
    assert head.size == 3  # the first, the one written after, and the entry that says what was set aside
    entry.refresh_from_db()
    assert entry.leaf_index is None
    assert faults() == set()
    assert seal_all() == head
    another = invented(2)
    with pytest.raises(LogFault, match="EVD-34"):
        seal()
    assert ("EVD-15", f"entry:{another.pk}") in faults()


@pytest.mark.parametrize("column", ["kind", "subject", "at", "mac", "canonical", "leaf_hash"])
def test_what_was_set_aside_and_is_altered_afterwards_stops_sealing_again(column: str) -> None:
    sealed(1)
    entry = invented()
    put_aside(entry.pk, "written by hand")
    seal()
    value: Any = {"kind": "t.other", "subject": "thing:9", "at": "2020-01-01 00:00:00+00:00"}.get(column, b"\x07" * 32)
    tamper(f"UPDATE evidence_entry SET {column} = %s WHERE id = %s", value, entry.pk)
    assert f"entry:{entry.pk}" in {place for _, place in faults()}
    with pytest.raises(LogFault, match="EVD-34"):
        seal()


def test_what_the_platform_wrote_is_not_set_aside_and_a_forged_word_sets_nothing_aside() -> None:
    sealed(1)
    own, foreign = written(1)[0], invented()
    for number in (own.pk, 987654321, Entry.objects.earliest("pk").pk):
        with pytest.raises(LogFault, match="EVD-37"):
            put_aside(number, "a try")
    word = {"entry": foreign.pk, "row": digest_of(foreign)}
    data = canonical({"at": "2026-01-01T00:00:00.000000+00:00", "kind": KIND, "body": word})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evidence_entry (kind, subject, at, canonical, leaf_hash, mac) VALUES (%s, %s, %s, %s, %s, %s)",
            [KIND, "", "2026-01-01 00:00:00+00:00", data, hasher("sha256")(b"\x00" + data), b"\x00" * 32],
        )
    assert set_aside() == []
    with pytest.raises(LogFault, match="EVD-34"):
        seal()


def test_an_entry_written_twice_is_not_sealed_twice() -> None:
    sealed(2)
    copied = (
        "INSERT INTO evidence_entry (kind, subject, at, canonical, leaf_hash, mac) "
        "SELECT kind, subject, at, canonical, leaf_hash, mac FROM evidence_entry WHERE leaf_index = 1"
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = 'evidence_entry'::regclass AND contype = 'u' "
                "AND pg_get_constraintdef(oid) LIKE '%%leaf_hash%%'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE evidence_entry DROP CONSTRAINT "{name}"')
        tamper(copied)
        with pytest.raises(LogFault, match="EVD-34"):
            seal()
        return
    with pytest.raises(Exception, match="UNIQUE"), transaction.atomic():
        tamper(copied)


def test_a_tail_cut_with_its_head_is_named_and_not_sealed_over() -> None:
    sealed(3)
    sealed(2)
    tamper("DELETE FROM evidence_payload WHERE entry_id IN (SELECT id FROM evidence_entry WHERE leaf_index > 2)")
    tamper("DELETE FROM evidence_entry WHERE leaf_index > 2")
    tamper("DELETE FROM evidence_head WHERE size > 3")
    tamper("DELETE FROM evidence_node WHERE position > %s", 1 << 56)
    assert faults() == {("EVD-19", "head:5")}
    written(1)
    with pytest.raises(LogFault, match="EVD-33"):
        seal()


def test_a_deleted_older_head_and_one_set_back_in_time_are_named() -> None:
    for _ in range(4):
        sealed(1)
    tamper("DELETE FROM evidence_head WHERE size = 2")
    assert faults() == {("EVD-18", "head:3")}
    tamper("UPDATE evidence_head SET at = '2020-01-01 00:00:00+00:00' WHERE size = 4")
    assert {("EVD-18", "head:4"), ("EVD-5", "head:4")} <= faults()


@pytest.mark.parametrize("change", ["UPDATE evidence_node SET hash = %s", "DELETE FROM evidence_node"])
def test_an_altered_or_lost_node_is_named_and_not_sealed_over(change: str) -> None:
    sealed(2)
    tamper(change, *([b"\x07" * 32] if "%s" in change else []))
    assert faults() == {("EVD-17", "node:1/0")}
    written(1)
    with pytest.raises(LogFault, match="EVD-35"):
        seal()


def test_an_invented_node_is_named() -> None:
    sealed(2)
    Node.objects.create(position=1 << 56 | 5, hash=b"\x00" * 32)
    assert faults() == {("EVD-17", "node:1/5")}


def test_a_head_that_somebody_kept_must_be_in_the_log() -> None:
    head = sealed(3)
    sealed(2)
    root = bytes(head.root).hex()
    assert verify(pin_in(f"3:{root}")).intact
    assert [fault.code for fault in verify(Pin(3, "00" * 32)).faults] == ["EVD-19"]
    assert [fault.code for fault in verify(Pin(9, root)).faults] == ["EVD-19"]
    assert [pin_in(words) for words in ("", "3", "³:" + root, "3:" + root[1:], "-3:" + root)] == [None] * 5


def test_an_older_backup_is_refused_until_somebody_accepts_it_with_a_note(own_folder: Path) -> None:
    sealed(3)
    (own_folder / "last-head").write_bytes(canonical({"root": "22" * 32, "size": 9}))
    written(1)
    with pytest.raises(LogFault, match="EVD-33"):
        seal()
    accept_restored_head("restored from the backup of yesterday")
    assert seal()
    note = json.loads((own_folder / "restored").read_text())
    assert (note["reason"], note["before"]) == (
        "restored from the backup of yesterday",
        f'{{"root":"{"22" * 32}","size":9}}',
    )


def test_a_new_key_is_signed_by_the_old_and_the_log_stays_the_same() -> None:
    first = sealed(2)
    newest = rotate_key()
    second = sealed(2)
    assert (second.key, second.log) == (newest.key, first.log)
    assert first.key != second.key
    assert verify().intact
    assert [era.after for era in keys.history()] == [0, 2]


def test_a_history_whose_new_key_the_old_did_not_sign_is_refused(own_folder: Path) -> None:
    sealed(2)
    rotate_key()
    lines = (own_folder / "history").read_text().splitlines()
    lines[1] = json.dumps(json.loads(lines[1]) | {"signature": "00" * 64})
    (own_folder / "history").write_text("\n".join(lines))
    written(1)
    with pytest.raises(LogFault, match="EVD-32"):
        seal()


def test_two_sealers_leave_the_longer_log_in_either_order() -> None:
    first, second = sealed(1), sealed(1)
    pinned.keep(second)
    pinned.keep(first)
    assert pin().size == 2


def test_a_clock_set_back_never_makes_an_older_head(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime

    first = sealed(1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    second = sealed(1)
    assert second.at >= first.at
    assert moment(Entry.objects.latest("pk").at).startswith("2020")
    assert verify().intact


def test_nothing_is_recorded_where_the_key_of_entries_is_gone(own_folder: Path) -> None:
    sealed(1)
    (own_folder / "entries.mac").unlink()
    with pytest.raises(LogFault, match="EVD-31"), transaction.atomic():
        record("test.noted", "thing:1", {})
