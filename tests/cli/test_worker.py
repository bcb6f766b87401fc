"""`tanzhi worker`: seals what waits while it runs, and ends cleanly when it is told to."""

import os
import signal
import sqlite3
import subprocess
import sys
import time


def test_the_worker_seals_and_ends_cleanly_on_sigterm(tmp_path, migrated):
    environment = {**os.environ, "TANZHI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
    environment.pop("TANZHI_DATABASE", None)
    command = [sys.executable, "-m", "tanzhi.cli"]
    migrated(tmp_path)
    written = (
        "import django; django.setup()\n"
        "from django.db import transaction; from tanzhi.evidence.log import record\n"
        "with transaction.atomic(): record('test.kind', 'test:1', {'a': 1})"
    )
    subprocess.run([sys.executable, "-c", written], env=environment, check=True)
    worker = subprocess.Popen(
        [*command, "worker"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert _sealed(tmp_path / "tanzhi.sqlite3", within_seconds=120)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
    finally:
        worker.kill()


def _sealed(database, within_seconds):
    for _ in range(within_seconds * 5):
        connection = sqlite3.connect(database)
        found = connection.execute("SELECT count(*) FROM evidence_head").fetchone()
        connection.close()
        if found[0]:
            return True
        time.sleep(0.2)
    return False
