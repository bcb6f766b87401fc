"""An installation in a folder of its own, on which several commands run in one process, as a person types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

OLDEST = "/usr/bin/python3"  # of the system: on Debian 12 that is 3.11.2
PROGRAM = """
import json, pathlib, shutil, sys
from typer.testing import CliRunner
from tanzhi.cli import app
from tanzhi.cli.ground import set_up
set_up()
from django.db import connections
answers = []
for step in json.loads(sys.stdin.read()):
    connections.close_all()
    if isinstance(step, str):
        exec(step)
        continue
    answer = CliRunner().invoke(app, step)
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    answers.append((answer.exit_code, answer.output))
print(json.dumps(answers))
"""
RECORDED = """
from django.db import transaction
from tanzhi.evidence.log import record
from tanzhi.evidence.sealer import seal_all
with transaction.atomic():
    record("test.kind", "test:1", {"a": 1})
seal_all()
"""


def oldest_python() -> str:
    """The system's interpreter where it can run what is installed here, otherwise this one."""
    words = [OLDEST, "-c", "import sys; print(sys.version_info[:2] == (3, 11), sys.version_info < (3, 11, 4))"]
    try:
        answer = subprocess.run(words, capture_output=True, text=True, check=False).stdout.split()
    except FileNotFoundError:
        answer = []
    return OLDEST if answer == [str(sys.version_info[:2] == (3, 11)), "True"] else sys.executable


class Installation:
    """`database`: its address; empty: the SQLite file in the folder."""

    def __init__(self, var: Path, database: str = "", python: str = sys.executable) -> None:
        self.var, self.database, self.python = var, database, python

    def run(self, *steps: list[object] | str) -> list[tuple[int, str]]:
        """Exit code and words of each command; a step that is text is a piece of program between two commands."""
        environment = {**os.environ, "TANZHI_VAR": str(self.var), "LANG": "en_GB", "LC_ALL": "en_GB"}
        environment |= {"DJANGO_SETTINGS_MODULE": "tanzhi.web.settings", "TANZHI_DATABASE": self.database}
        environment["PYTHONPATH"] = os.pathsep.join([*sys.path, sysconfig.get_path("purelib")])
        if not self.database:
            del environment["TANZHI_DATABASE"]
        typed = [step if isinstance(step, str) else [str(word) for word in step] for step in steps]
        answer = subprocess.run(
            [self.python, "-W", "ignore", "-c", PROGRAM],
            input=json.dumps(typed),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        return [(code, words) for code, words in json.loads(answer.stdout.splitlines()[-1])]

    def content(self) -> dict[str, bytes]:
        """Every file that belongs to it, by name; no working files of lock or database, nor the last backup's day."""
        passing = {"in-use.lock", "last-backup.json", "tanzhi.sqlite3-wal", "tanzhi.sqlite3-shm"}
        files = sorted(path for path in self.var.rglob("*") if path.is_file() and path.name not in passing)
        return {path.relative_to(self.var).as_posix(): path.read_bytes() for path in files}
