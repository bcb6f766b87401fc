"""The browser of the journeys: where it is, how it starts, and what a run without one says.

A pytest plugin, named in `tests/conftest.py`: under xdist only plugins known from the start speak in the summary.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pylopdf_fonts_zh_cn
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LEFT_OUT = pytest.StashKey[int]()
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def executable() -> str | None:
    """Debian's Chromium, or none; the shell without windows draws the same for a quarter of the time."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def required() -> bool:
    """Whether a run without a browser must fail, as in continuous integration."""
    return os.environ.get("TANZHI_REQUIRE_BROWSER") == "1"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium; without one the journey that asked fails and says what is missing."""
    from playwright.sync_api import sync_playwright

    path = executable()
    if path is None:
        pytest.fail("no browser: install the Debian package chromium-headless-shell", pytrace=False)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FONTCONFIG_FILE": str(_with_our_fonts(Path(folder)))}
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET), env=environment)
        yield browser
        browser.close()


def _with_our_fonts(folder: Path) -> Path:
    """The browser's machine has the faces that the style sheet names first, as that of a reader has some of them."""
    file = folder / "fonts.conf"
    ours = Path(pylopdf_fonts_zh_cn.__file__).parent
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{ours}</dir><cachedir>{folder}</cachedir>"
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include></fontconfig>',
        "utf-8",
    )
    return file


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser the journeys are deselected, unless the run demands one."""
    if executable() or required():
        return
    left_out = [item for item in items if item.get_closest_marker("journey")]
    items[:] = [item for item in items if item not in left_out]
    config.stash[LEFT_OUT] = len(left_out)
    if left_out:
        config.hook.pytest_deselected(items=left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of xdist tells its controller how many journeys it left out."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["journeys_left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker collects the same tests, so the last one's number is everybody's."""
    count = getattr(node, "workeroutput", {}).get("journeys_left_out", 0)
    node.config.stash[LEFT_OUT] = count


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"{count} browser journeys left out: no Chromium found; "
            "install the Debian package chromium-headless-shell (TANZHI_REQUIRE_BROWSER=1 makes this a failure)"
        )
