"""`python -m tests.upgrade`: the archive that this release leaves to the tests of later ones."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent
PLACE = ("--period", "2025H1", "--region", "950000", "--format", "json")
FILLED = """
import sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from tanzhi.examples.second.load import load
from tests.reliability.seed import seed
load(lambda *progress: None)
seed(Path(sys.argv[1]))
"""


def main() -> None:
    archive = FOLDER / f"{version('tanzhi')}.tar.gz"
    with tempfile.TemporaryDirectory() as place:
        environment = os.environ | {"TANZHI_VAR": place, "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
        tanzhi = [sys.executable, "-m", "tanzhi.cli"]
        for words in (
            [*tanzhi, "migrate"],
            [sys.executable, "-c", FILLED, place],
            [*tanzhi, "check"],
            [*tanzhi, "backup", str(archive)],
            [*tanzhi, "bulletin", *PLACE, "--out", str(archive.with_name(archive.name.replace(".tar.gz", ".json")))],
        ):
            subprocess.run(words, env=environment, check=True)


if __name__ == "__main__":
    main()
