"""An empty installation with the folder of a made-up industry in it, served on a day that the journey moves on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.journeys.conftest import ROOT, free_port, running, wait_for
from tests.recipes.blocks import written

LINK = re.compile(r"/organisations/invitation/[\w-]+/")
COMMAND = "from tanzhi.cli import main; main()"


class Installation:
    """A database without a row, and the program as its recipe of an industry says to extend it."""

    def __init__(self, folder: Path) -> None:
        self.var = folder / "var"
        source = Path(shutil.copytree(ROOT / "src" / "tanzhi", folder / "src" / "tanzhi"))
        written("industry", source / "rulebook" / "accounting")
        self.port = free_port()
        self.day: dict[str, str] = {}
        self.address = f"http://127.0.0.1:{self.port}"
        unwanted = ("TANZHI_DATABASE", "PYTHONWARNINGS", "TANZHI_TIME_CODES")
        self.environment = {name: value for name, value in os.environ.items() if name not in unwanted} | {
            "PYTHONPATH": f"{source.parent}{os.pathsep}{ROOT}",
            "TANZHI_VAR": str(self.var),
            "TANZHI_PROVINCE": "",
            "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings",
        }

    def command(self, *words: str) -> str:
        """What a command of Tanzhi prints, on the day on which the server stands: it grants roles from then on."""
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            cwd=ROOT, env=self.environment | self.day, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def open_on(self, day: str) -> Iterator[None]:
        """Worker and server, while the day stands still."""
        self.day = {"TANZHI_TODAY": day}
        environment = self.environment | self.day
        with ExitStack() as stack:
            for words in (["worker"], ["serve", "--port", str(self.port)]):
                stack.enter_context(running(words, environment, self.var))
            wait_for(f"{self.address}/livez", self.var)
            yield
