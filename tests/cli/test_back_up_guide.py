"""docs/how-to/back-up.md, followed command by command on a PostgreSQL of its own.

What stands for what: paths by folders of this test; `systemctl`, `sudo` and `rsync`, which need a machine of their own,
by small scripts that do the same to those folders; the wanted moment by one just before a bad act. All else is run as
it is written.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.installation import RECORDED, Installation

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/how-to/back-up.md").read_text("utf-8")
BLOCKS = [
    "".join(line[4:] for line in block.splitlines(keepends=True))
    for block in re.findall(r"(?:^    .*\n)+", GUIDE, flags=re.MULTILINE)
]
BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)
ORDINARY = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
SUDO = '#!/bin/sh\nshift 2\nexec {ordinary} "$@"\n'
SYSTEMCTL = """#!/bin/sh
echo "$@" >> {place}/systemctl.log
for unit in "$@"; do
  [ "$unit" != postgresql ] || exec {ordinary} {bin}/pg_ctl -D {place}/pg/main -l {place}/pg/log -w "$1" >/dev/null
done
"""
RSYNC = '#!/bin/sh\nmkdir -p {place}/elsewhere; exec cp -a "$2." {place}/elsewhere\n'
TANZHI = '#!/bin/sh\nexec {python} -W ignore -m tanzhi.cli "$@"\n'
ENTRIES = "SELECT count(*) FROM evidence_entry"


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that PostgreSQL's user reaches too, with a server in it."""
    assert BIN is not None, "PostgreSQL's programs are missing; .ci/run installs them"
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    for name in ("bin", "backup", "var", "units", "pg"):
        (folder / name).mkdir()
    if ORDINARY:
        shutil.chown(folder / "pg", "postgres")
    words = {"place": folder, "bin": BIN, "ordinary": " ".join(ORDINARY), "python": sys.executable}
    for name, script in {"sudo": SUDO, "systemctl": SYSTEMCTL, "rsync": RSYNC, "tanzhi": TANZHI}.items():
        (folder / "bin" / name).write_text(script.format(**words))
        (folder / "bin" / name).chmod(0o755)
    data = folder / "pg" / "main"
    run([*ORDINARY, BIN / "initdb", "-D", data, "-U", "tanzhi", "-A", "trust", "--no-locale", "-E", "UTF8"])
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(f"unix_socket_directories = '{folder}/pg'\nlisten_addresses = ''\n")
    run([folder / "bin/systemctl", "start", "postgresql"])
    try:
        yield folder
    finally:
        subprocess.run([*ORDINARY, BIN / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder)


def run(words: list[object], **more: object) -> str:
    """What a program says; the test ends where one fails."""
    answer = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, **more)
    assert answer.returncode == 0, f"{words}: {answer.stdout}{answer.stderr}"
    return answer.stdout.strip()


def environment(place: Path) -> dict[str, str]:
    address = f"postgresql://tanzhi@{str(place / 'pg').replace('/', '%2F')}/tanzhi"
    own = {"PGHOST": f"{place}/pg", "PGUSER": "tanzhi", "PGDATABASE": "postgres", "TANZHI_DATABASE": address}
    path = {"PATH": f"{place}/bin:{BIN}:{os.environ['PATH']}", "PYTHONPATH": os.pathsep.join(sys.path)}
    return {**os.environ, **own, **path, "TANZHI_VAR": str(place / "var"), "LANG": "en_GB", "LC_ALL": "en_GB"}


def as_here(block: str, place: Path, moment: str = "") -> str:
    """The block with this test's folders; an archive named like another of the page's is another."""
    data, owner = f"{place}/pg/main", "-o postgres" if ORDINARY else ""
    for written, here in {
        "/var/lib/postgresql/15/main": data,
        "/etc/postgresql/15/main": data,
        "/etc/systemd/system/": f"{place}/units/",
        "/var/lib/tanzhi/": f"{place}/var/",
        " /backup/": f" {place}/backup/",
        "=/backup/": f"={place}/backup/",
        "-o postgres": owner,
        "2024-07-16 09:59:00+08": moment,
    }.items():
        block = block.replace(written, here)
    return block


@pytest.mark.fault
@pytest.mark.skipif(os.environ.get("TANZHI_GUIDE") != "1", reason="a quarter of an hour; `make reliability` follows it")
def test_every_command_of_the_guide_does_what_the_guide_says(place: Path) -> None:
    around = environment(place)

    def sql(statement: str, database: str = "tanzhi") -> str:
        return run(["psql", "-XAt", "-d", database, "-c", statement], env=around)

    def follow(block: str, moment: str = "") -> str:
        return run(["bash", "-euc", as_here(block, place, moment)], env=around, cwd=ROOT)

    installation = Installation(place / "var", around["TANZHI_DATABASE"])
    run(["createdb", "tanzhi"], env=around)
    installation.run(["migrate"], RECORDED)
    block = iter(BLOCKS)
    assert "backed up" in follow(next(block))
    installation.run(RECORDED)  # what the archive does not have
    assert sql(ENTRIES) == "2"
    assert "restored" in follow(next(block))
    assert sql(ENTRIES) == "1"
    follow(next(block))
    assert len(list((place / "elsewhere").glob("tanzhi-*.tar.gz"))) == 1
    follow(next(block))
    assert {path.name for path in (place / "units").iterdir()} == {"tanzhi-backup.service", "tanzhi-backup.timer"}
    for _ in range(2):
        assert "the drill passed" in follow(next(block))
    assert "sound: 1 entries" in follow(next(block))
    follow(next(block))
    assert sql("SHOW archive_mode") == "on"
    follow(next(block))
    installation.run(RECORDED)
    assert sql(ENTRIES) == "2"
    moment = sql("SELECT clock_timestamp()")
    sql("SELECT pg_sleep(0.2)")
    sql("DROP TABLE evidence_payload CASCADE; DELETE FROM django_migrations")  # the bad act
    assert "sound: 2 entries" in follow(next(block), moment)
    assert sql("SELECT to_regclass('evidence_payload') IS NOT NULL AND NOT pg_is_in_recovery()") == "t"
    assert sql(ENTRIES) == "2"
    assert next(block, None) is None
    names = sql("SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1", "postgres")
    assert names.split() == ["postgres", "tanzhi"]  # neither a restore nor a drill left one
    log = (place / "systemctl.log").read_text()
    assert "enable --now tanzhi-backup.timer" in log
    assert "start tanzhi-serve tanzhi-worker" in log


@pytest.mark.fault
def test_a_restore_on_a_server_is_refused_while_sessions_use_it_and_says_which_right_it_lacks(place: Path) -> None:
    around = environment(place)
    run(["createdb", "tanzhi"], env=around)
    run(["psql", "-qXd", "tanzhi", "-c", "CREATE ROLE clerk LOGIN"], env=around)
    address = around["TANZHI_DATABASE"]
    archive = place / "backup" / "a.tar.gz"
    installation = Installation(place / "var", address)
    with subprocess.Popen(["psql", "-Xd", "tanzhi"], env=around, stdin=subprocess.PIPE) as session:
        until = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'tanzhi'"
        while run(["psql", "-XAtc", until], env=around) != "1":
            assert session.poll() is None
        answers = installation.run(["migrate"], ["backup", archive], ["restore", archive, "--force"])
        session.communicate()
    assert answers[1][0] == 0
    assert (answers[2][0], answers[2][1].partition(":")[0]) == (1, "CLI-RUNNING")
    installation.database = address.replace("tanzhi@", "clerk@")
    ((code, words),) = installation.run(["restore", archive, "--force"])
    assert (code, words.partition(":")[0], "ALTER ROLE clerk CREATEDB" in words) == (5, "CLI-CREATEDB", True)
