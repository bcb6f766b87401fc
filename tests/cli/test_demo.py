"""`tanzhi demo`: a taken port is told first, a second run finds the example, nothing is left behind when it ends."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from types import ModuleType, SimpleNamespace

import pytest
from typer.testing import CliRunner

from tanzhi.cli.demonstration import ProgressLine
from tanzhi.cli.main import app
from tanzhi.rulebook.kernel import Text


@pytest.fixture
def tiny(monkeypatch):
    """An example that loads nothing, and says whether it was there already."""
    loaded = SimpleNamespace(sign_ins=[], again=False)
    module = ModuleType("tanzhi.examples.tiny")
    module.TODAY, module.PROVINCE, module.load = date(2024, 7, 16), "", lambda progress: loaded
    monkeypatch.setitem(sys.modules, "tanzhi.examples.tiny", module)
    monkeypatch.setattr("tanzhi.cli.demonstration._print_bulletin", lambda language: None)
    monkeypatch.setenv("TANZHI_TODAY", "")
    monkeypatch.setenv("TANZHI_PROVINCE", "")
    return loaded


@pytest.mark.parametrize(("language", "words"), [("zh", "已被占用"), ("en", "is in use")])
def test_a_port_in_use_is_told_with_what_to_do(language, words):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = CliRunner().invoke(app, ["demo", "--port", str(port), "--lang", language])
    assert told.exit_code == 5
    assert "CLI-PORT" in told.output
    assert words in told.output
    assert f"PORT={port + 1}" in told.output


@pytest.mark.django_db
@pytest.mark.parametrize("again", [False, True])
def test_a_second_run_says_that_it_found_the_example(tiny, again):
    tiny.again = again
    told = CliRunner().invoke(app, ["demo", "--no-serve", "--example", "tiny", "--lang", "en"])
    assert told.exit_code == 0, told.output
    assert ("was not loaded again" in told.output) is again
    assert logging.getLogger("tanzhi").level == logging.NOTSET, "afterwards the log says everything again"


def test_the_progress_says_how_long_the_rest_takes(monkeypatch, capsys):
    """Ten of forty steps in fifty seconds: thirty more take three times as long, 150 s = 2 min 30 s."""
    monkeypatch.setattr("tanzhi.cli.demonstration.time", SimpleNamespace(monotonic=lambda: 1050.0))
    line = ProgressLine(began=1000.0)
    line(10, 40, Text("核查", "verification"))
    words = capsys.readouterr().err
    assert "10/40 核查 / verification · 约剩 2 分 30 秒 / about 2 min 30 s left" in words


@pytest.mark.parametrize("done", [0, 40])
def test_the_first_step_and_the_last_say_no_time(done, capsys):
    ProgressLine(began=0.0)(done, 40, Text("核查", "verification"))
    words = capsys.readouterr().err
    assert f"{done}/40 核查 / verification" in words
    assert "剩" not in words


def test_what_the_demonstration_started_ends_with_it(tmp_path, migrated):
    """Ended by a signal, as a service manager does it, the server is gone too."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "TANZHI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
    environment.pop("TANZHI_DATABASE", None)
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    migrated(tmp_path)
    serving = f"from tanzhi.cli.demonstration import _serve; _serve({port}, 'en')"
    process = subprocess.Popen([sys.executable, "-c", serving], **quiet)
    try:
        assert _answers(port, within_seconds=40)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        assert not _answers(port, within_seconds=0)
    finally:
        process.kill()


def _answers(port, within_seconds):
    until = time.monotonic() + within_seconds
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=5).close()
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.3)
        else:
            return True
