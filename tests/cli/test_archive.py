"""`tanzhi backup` and `restore`, run as a stranger would: in folders of their own, by the command itself."""

import os
import sqlite3
import subprocess
import sys
import tarfile

import pytest


@pytest.fixture
def run(tmp_path):
    """Runs `tanzhi` on the installation of that name, in English."""

    def command(name, *words):
        environment = {**os.environ, "TANZHI_VAR": str(tmp_path / name), "LANG": "en_GB", "LC_ALL": "en_GB"}
        environment.pop("TANZHI_DATABASE", None)
        told = subprocess.run(
            [sys.executable, "-m", "tanzhi.cli", *map(str, words)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return told.returncode, told.stdout + told.stderr

    return command


def test_a_backup_comes_back_in_an_empty_place_and_an_occupied_one_is_not_overwritten(run, tmp_path):
    archive = tmp_path / "kept.tar.gz"
    assert run("one", "migrate")[0] == 0
    (tmp_path / "one" / "files" / "ab").mkdir(parents=True)
    (tmp_path / "one" / "files" / "ab" / "abcd").write_bytes(b"a test report")
    assert run("one", "backup", archive)[0] == 0
    assert archive.stat().st_mode & 0o077 == 0  # keys are inside
    code, told = run("two", "restore", archive)
    assert (code, "0 entries of evidence intact" in told) == (0, True)
    assert (tmp_path / "two" / "files" / "ab" / "abcd").read_bytes() == b"a test report"
    secrets = [(tmp_path / name / "secret-key").read_text() for name in ("one", "two")]
    assert secrets[0] == secrets[1]
    code, told = run("two", "restore", archive)
    assert (code, told.split(":")[0]) == (1, "CLI-OCCUPIED")
    assert run("two", "restore", archive, "--force")[0] == 0


def test_without_a_migrated_database_the_command_says_what_to_do(run):
    code, told = run("new", "bulletin", "--period", "2024H1")
    assert code == 5
    assert "tanzhi migrate" in told


def test_an_altered_or_foreign_archive_is_refused_before_anything_is_replaced(run, tmp_path):
    altered = tmp_path / "altered.tar.gz"
    run("one", "migrate")
    run("one", "backup", tmp_path / "kept.tar.gz")
    with tarfile.open(tmp_path / "kept.tar.gz") as packed:
        packed.extractall(tmp_path / "open", filter="data")
    with sqlite3.connect(tmp_path / "open" / "database") as database:
        database.execute("CREATE TABLE slipped_in (x)")
    database.close()
    with tarfile.open(altered, "w:gz") as packed:
        packed.add(tmp_path / "open", "")
    assert run("three", "restore", altered)[1].startswith("CLI-DIGEST")
    (tmp_path / "foreign.tar.gz").write_bytes(b"no archive")
    assert run("three", "restore", tmp_path / "foreign.tar.gz")[1].startswith("CLI-ARCHIVE")
    assert run("three", "restore", tmp_path / "nowhere.tar.gz")[1].startswith("CLI-FILE")
    assert (
        not (tmp_path / "three" / "tanzhi.sqlite3").exists() or run("three", "bulletin", "--period", "2024H1")[0] == 5
    )
