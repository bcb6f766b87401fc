"""The compose file and the way without containers are one: its commands are started here, and a page is asked for."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import resolve
from docs.reference_commands import commands
from docs.reference_settings import SETTINGS

from tanzhi.rulebook.kernel.yaml_files import read_yaml

ROOT = Path(__file__).parents[2]
COMPOSE = read_yaml(ROOT / "deploy/compose.yaml")
GUIDE = (ROOT / "docs/how-to/deploy.md").read_text("utf-8")
OURS = ("migrate", "web", "worker")
START = "from tanzhi.cli import main; main()"


def words(service: str) -> list[str]:
    """The command of a service, without the program's name."""
    program, *rest = COMPOSE["services"][service]["command"]
    assert program == "tanzhi"
    return [str(word) for word in rest]


def test_every_command_and_setting_of_the_compose_file_is_known() -> None:
    known = {name for name, _ in commands()}
    assert {words(service)[0] for service in OURS} <= known
    settings = {name for service in OURS for name in COMPOSE["services"][service]["environment"]}
    assert settings <= set(SETTINGS)


def test_the_guides_name_commands_that_exist() -> None:
    known = {name.split()[0] for name, _ in commands()}
    guides = [
        *ROOT.glob("docs/how-to/*.md"),
        *ROOT.glob("docs/tutorial*.md"),
        ROOT / "README.md",
        ROOT / "README.zh.md",
    ]
    told = {
        found for guide in guides for found in re.findall(r"(?:^|`|\s)tanzhi ([a-z][a-z-]*)", guide.read_text("utf-8"))
    }
    assert told <= known, told - known


def test_the_same_commands_start_natively_and_answer(tmp_path: Path, migrated: Callable[[Path], Path]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    settings = {"TANZHI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
    environment = {k: v for k, v in os.environ.items() if k not in ("TANZHI_DATABASE", "PYTHONWARNINGS")} | settings
    migrated(tmp_path)  # then the command finds nothing to do; test_serving.py begins with an empty folder
    subprocess.run([sys.executable, "-c", START, *words("migrate")], env=environment, check=True, capture_output=True)
    web = [{"0.0.0.0": "127.0.0.1", "8000": port}.get(word, word) for word in words("web")]
    running = [_start(command, environment) for command in (web, words("worker"))]
    try:
        assert _answer(f"http://127.0.0.1:{port}/livez") == b'{"status": "ok"}'
        assert [process.poll() for process in running] == [None, None]
    finally:
        for process in running:
            process.terminate()
        assert [process.wait(timeout=20) for process in running] == [0, 0]


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, "-c", START, *command], env=environment, **quiet)


def _answer(address: str) -> bytes:
    until = time.monotonic() + 150
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as found:
                return bytes(found.read())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)


UNITS = sorted((ROOT / "deploy").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=[unit.name for unit in UNITS])
def test_a_unit_can_be_enabled_and_begins_a_command_that_is_there(unit: Path, tmp_path: Path) -> None:
    text = unit.read_text("utf-8")
    lines = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    timer = unit.with_suffix(".timer")
    enabled = timer.read_text("utf-8") if timer.exists() else text
    assert "[Install]\nWantedBy=" in enabled
    program, command, *_ = lines["ExecStart"].split()
    assert program == "/opt/tanzhi/bin/tanzhi"
    assert command in {name for name, _ in commands()}
    assert (lines["User"], lines["EnvironmentFile"]) == ("tanzhi", "/etc/tanzhi.env")
    if analyze := shutil.which("systemd-analyze"):
        here = tmp_path / unit.name
        here.write_text(text.replace(program, "/bin/true"))
        verified = subprocess.run([analyze, "verify", str(here)], capture_output=True, text=True, check=False)
        assert (verified.returncode, verified.stderr) == (0, "")


def test_the_environment_file_names_settings_that_are_read() -> None:
    lines = [line for line in (ROOT / "deploy/tanzhi.env").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert {line.partition("=")[0] for line in lines} <= set(SETTINGS)


def test_every_file_that_the_guide_copies_is_there() -> None:
    named = set(re.findall(r"deploy/[\w.-]+\.(?:service|conf|env|yaml)", GUIDE))
    assert len(named) >= 5
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_what_the_compose_file_asks_for_is_answered() -> None:
    """Health checks ask addresses that there are; services depend on services; the proxy's file is the tested one."""
    services = COMPOSE["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), name
        assert all(volume.startswith(("./", "tanzhi:", "database:")) for volume in service.get("volumes", [])), name
    (asked,) = re.findall(r"http://127\.0\.0\.1:8000(/\w+)", str(services["web"]["healthcheck"]["test"]))
    assert resolve(asked).view_name == "web:live"
    assert "./nginx.conf:/etc/tanzhi/nginx.conf:ro" in services["proxy"]["volumes"]
    assert "ports" not in services["web"]  # nobody reaches the pages but through the proxy
