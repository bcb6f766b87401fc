"""`tanzhi backup`, `restore` and the drill, run as an administrator would, in folders of their own."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.cli.installation import RECORDED, oldest_python

from tanzhi.cli import archive as packing
from tanzhi.cli.archive import _unpack
from tanzhi.cli.restoring import BELONGINGS
from tanzhi.cli.speaking import Stopped
from tanzhi.web.occupancy import LOCK, RESTORING, Occupied, occupy


def codes(answers: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Exit codes, and the first word of what was said where it is a code."""
    return [(code, words.split(":")[0] if words.startswith("CLI-") else "") for code, words in answers]


@pytest.mark.fault
def test_a_backup_is_drilled_and_restored_by_the_oldest_python_and_an_occupied_place_is_not_overwritten(
    installation, tmp_path
):
    one, two = (installation(name, oldest_python(), is_migrated=name == "one") for name in ("one", "two"))
    (one.var / "files" / "ab").mkdir(parents=True)
    (one.var / "files" / "ab" / "abcd").write_bytes(b"a test report")
    (tmp_path / "folder").mkdir()
    archive = tmp_path / "archive.tar.gz"
    lost = "import pathlib; from django.conf import settings; (settings.VAR / 'files/ab/abcd').write_text('lost')"
    answers = one.run(
        RECORDED,
        ["backup", archive],
        ["backup", archive],
        ["backup", tmp_path / "folder", "--keep", "1", "--drill"],
        "import time; time.sleep(1)",  # archives are named by the second
        ["backup", tmp_path / "folder", "--keep", "1"],
        lost,
        ["restore", archive],
        ["restore", archive, "--force"],
        ["evidence", "verify"],
    )
    nothing = (0, "")
    assert codes(answers) == [
        *(nothing, (3, "CLI-EXISTS"), nothing, nothing),
        *((1, "CLI-OCCUPIED"), nothing, nothing),
    ]
    assert "the drill passed" in answers[2][1]
    assert len(os.listdir(tmp_path / "folder")) == 1
    assert archive.stat().st_mode & 0o077 == 0  # keys are inside
    assert "restored" in answers[5][1]
    assert "1 entries of evidence intact" in answers[5][1]
    assert (one.var / "files" / "ab" / "abcd").read_bytes() == b"a test report"
    assert codes(two.run(["restore", archive], ["evidence", "verify"])) == [nothing] * 2
    assert two.content().keys() == one.content().keys()
    for name in ("files/ab/abcd", "secret-key", "keys/0001.key"):
        assert two.content()[name] == one.content()[name]


@pytest.mark.fault
def test_what_does_not_verify_or_comes_from_elsewhere_never_touches_the_present_data(installation, tmp_path):
    """Whatever is wrong with an archive, a restore by force leaves every file as it was."""
    one = installation("one")
    one.run(RECORDED, ["backup", tmp_path / "good.tar.gz"])
    members = _members(tmp_path / "good.tar.gz")
    manifest = json.loads(members["manifest.json"])
    altered = {name: content for name, content in members.items() if not name.startswith("keys/")}
    broken = b"\0" * 4096 + members["database"][4096:]
    wrong = {
        "altered": (members | {"secret-key": b"another"}, "CLI-DIGEST"),
        "more": (members | {"files/ab/slipped-in": b"x"}, "CLI-DIGEST"),
        "less": (altered, "CLI-DIGEST"),
        "engine": (members | _manifest(manifest | {"database": "other"}), "CLI-ENGINE"),
        "unsound": (members | {"database": broken} | _manifest(manifest, database=broken), "CLI-DATABASE"),
    }
    for name, (content, _) in wrong.items():
        _packed(tmp_path / f"{name}.tar.gz", content)
    forged = tmp_path / "forged.tar.gz"
    unverified = members["database"].replace(b'"a":1', b'"a":2')
    assert unverified != members["database"]
    _packed(forged, members | {"database": unverified} | _manifest(manifest, database=unverified))
    (tmp_path / "foreign.tar.gz").write_bytes(b"no archive")
    (tmp_path / "cut.tar.gz").write_bytes((tmp_path / "good.tar.gz").read_bytes()[:-3000])
    expected = {name: code for name, (_, code) in wrong.items()}
    expected |= {"foreign": "CLI-ARCHIVE", "cut": "CLI-ARCHIVE", "nowhere": "CLI-FILE", "forged": "CLI-EVIDENCE"}
    before = one.content()
    answers = one.run(*(["restore", tmp_path / f"{name}.tar.gz", "--force"] for name in expected))
    assert dict(zip(expected, (code for _, code in codes(answers)), strict=True)) == expected
    assert one.content() == before


@pytest.mark.fault
def test_a_restore_is_refused_while_anybody_uses_the_installation_and_a_cut_off_one_is_undone(installation, tmp_path):
    one = installation("one")
    before_all = one.run(RECORDED, ["backup", tmp_path / "good.tar.gz"])
    before = one.content()
    assert before_all[0][0] == 0
    server = occupy(one.var)  # as a server or worker does while it runs
    try:
        refused = one.run(
            "import tanzhi.web.occupancy as o; o.occupy.__kwdefaults__['patience'] = 0.1",
            ["restore", tmp_path / "good.tar.gz", "--force"],
            ["evidence", "verify"],
        )
    finally:
        os.close(server)
    assert codes(refused) == [(1, "CLI-RUNNING"), (0, "")]
    assert str(os.getpid()) in refused[0][1]
    assert one.content() == before
    with pytest.raises(AssertionError):  # killed in the middle of its renames
        one.run(
            "import os, signal; rename = os.rename; left = [6]\n"
            "def killing(a, b):\n"
            "    left[0] -= 1\n"
            "    left[0] or os.kill(os.getpid(), signal.SIGKILL)\n"
            "    rename(a, b)\n"
            "os.rename = killing",
            ["restore", tmp_path / "good.tar.gz", "--force"],
        )
    assert (one.var / RESTORING / "begun.json").exists()
    answer = one.run(["evidence", "verify"])[0]
    assert (answer[0], "undone" in answer[1], "intact: 1 entries" in answer[1]) == (0, True, True)
    assert one.content() == before


def test_use_and_use_alone_exclude_each_other(tmp_path):
    shared = [occupy(tmp_path), occupy(tmp_path)]
    with pytest.raises(Occupied):
        occupy(tmp_path, alone=True, patience=0)
    for handle in shared:
        os.close(handle)
    alone = occupy(tmp_path, alone=True, patience=0)
    for kind in (True, False):
        with pytest.raises(Occupied):
            occupy(tmp_path, alone=kind, patience=0)
    os.close(alone)
    os.close(occupy(tmp_path, patience=0))
    assert (tmp_path / LOCK).stat().st_mode & 0o077 == 0


def _members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as packed:
        return {member.name: packed.extractfile(member).read() for member in packed}


def _manifest(manifest: dict[str, object], **content: bytes) -> dict[str, bytes]:
    digests = manifest["sha256"] | {name: hashlib.sha256(words).hexdigest() for name, words in content.items()}
    return {"manifest.json": json.dumps(manifest | {"sha256": digests}).encode()}


def _packed(archive: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(archive, "w:gz") as packed:
        for name, content in members.items():
            described = tarfile.TarInfo(name)
            described.size = len(content)
            packed.addfile(described, io.BytesIO(content))


LEADING_OUT = ["/tmp/out", "../out", "files/../../out", "files/..", "files", "keys", "other", "", ".", "files\\..\\out"]
KINDS = {
    "link": tarfile.SYMTYPE,
    "hard link": tarfile.LNKTYPE,
    "device": tarfile.CHRTYPE,
    "block device": tarfile.BLKTYPE,
    "pipe": tarfile.FIFOTYPE,
}


def _hostile(archive: Path, name: str, kind: bytes) -> None:
    """An archive whose manifest is right, and that holds such a member beside."""
    content = {"database": b"d"}
    manifest = {"sha256": {key: hashlib.sha256(value).hexdigest() for key, value in content.items()}}
    _packed(archive, content | {"manifest.json": json.dumps(manifest).encode()})
    with tarfile.open(archive) as packed:
        members = [(member, packed.extractfile(member).read()) for member in packed]
    with tarfile.open(archive, "w:gz") as packed:
        slipped = tarfile.TarInfo(name)
        slipped.type, slipped.linkname = kind, "../../out"
        for member, words in [(slipped, b""), *members]:
            packed.addfile(member, io.BytesIO(words))


@pytest.mark.parametrize("name", LEADING_OUT)
def test_a_member_that_leads_out_is_refused(name, tmp_path):
    _hostile(tmp_path / "a.tar.gz", name, tarfile.REGTYPE)
    with pytest.raises(Stopped) as refused:
        _unpack(tmp_path / "a.tar.gz", tmp_path / "in" / "var")
    assert refused.value.code == "CLI-ARCHIVE"
    assert sorted(os.listdir(tmp_path)) in (["a.tar.gz"], ["a.tar.gz", "in"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_that_is_no_plain_file_is_refused(kind, tmp_path):
    for top in BELONGINGS:
        _hostile(tmp_path / "a.tar.gz", f"{top}/x", KINDS[kind])
        with pytest.raises(Stopped) as refused:
            _unpack(tmp_path / "a.tar.gz", tmp_path / "var")
        assert refused.value.code == "CLI-ARCHIVE"
        assert not os.path.lexists(tmp_path / "var" / top)


def test_a_name_that_stands_twice_is_refused(tmp_path):
    """So that nothing overwrites, through a link or otherwise, what was checked before."""
    content = {"database": b"d", "manifest.json": b"{}"}
    _packed(tmp_path / "a.tar.gz", content)
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed:
        for name in ("database", "database", "manifest.json"):
            packed.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
    with pytest.raises(Stopped) as refused:
        _unpack(tmp_path / "a.tar.gz", tmp_path / "var")
    assert refused.value.code == "CLI-ARCHIVE"


def test_without_a_migrated_database_the_command_says_what_to_do(installation):
    ((code, words),) = installation("new", is_migrated=False).run(["bulletin", "--period", "2024H1"])
    assert code == 5
    assert "tanzhi migrate" in words


def test_of_what_is_signed_while_the_database_is_copied_the_archive_has_the_key_and_not_the_head(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """A head that the copy may lack would stop the restored log; a key that it may need must be there."""
    settings.VAR = tmp_path / "var"
    keys = settings.VAR / "keys"
    keys.mkdir(parents=True)
    (keys / "last-head").write_text("before")
    (keys / ".last-head.77").write_text("half written")

    def copy_to(place: Path) -> None:
        place.write_bytes(b"a database")
        (keys / "last-head").write_text("signed meanwhile")
        (keys / "0002.key").write_text("made meanwhile")

    monkeypatch.setattr(packing, "present_database", lambda: SimpleNamespace(copy_to=copy_to, vendor="sqlite"))
    packing._back_up(tmp_path / "a.tar.gz")
    members = _members(tmp_path / "a.tar.gz")
    digests = json.loads(members.pop("manifest.json"))["sha256"]
    assert {name: hashlib.sha256(content).hexdigest() for name, content in members.items()} == digests
    of_keys = {name: content for name, content in members.items() if name.startswith("keys/")}
    assert of_keys == {"keys/last-head": b"before", "keys/0002.key": b"made meanwhile"}
