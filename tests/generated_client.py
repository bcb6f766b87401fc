"""The client that is generated of the API's description, as an integrator generates it; once for each description."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from tanzhi.web.api import api

STORE = Path(__file__).parents[1] / ".pytest_cache" / "client"
A_DAY = 24 * 3600
GENERATOR = "openapi-python-client"


def generated() -> Path:
    """The folder in which the package `tanzhi_client` stands; a warning of the generator fails."""
    described = json.dumps(api.get_openapi_schema(path_prefix="/api/"), ensure_ascii=False)
    digest = hashlib.sha256(f"{version(GENERATOR)} {described}".encode()).hexdigest()[:16]
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = STORE / digest
        if not (folder / "whole").exists():
            for older in STORE.glob("*/"):
                if time.time() - older.stat().st_mtime > A_DAY:  # younger ones are another worker's, who reads them
                    shutil.rmtree(older)
            shutil.rmtree(folder, ignore_errors=True)  # half a client, of a run that was ended
            folder.mkdir()
            (folder / "openapi.json").write_text(described, "utf-8")
            words = ["generate", "--path", "openapi.json", "--meta", "none", "--output-path", "tanzhi_client"]
            path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # where its formatter is
            answer = subprocess.run(
                [sys.executable, "-m", "openapi_python_client", *words, "--fail-on-warning"],
                cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert answer.returncode == 0, answer.stdout + answer.stderr
            (folder / "whole").touch()
    return folder
