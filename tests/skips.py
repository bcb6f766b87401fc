"""In continuous integration a proof that is left out is a failure, unless `.ci/skips` names it with its reason.

A pytest plugin, named in `tests/conftest.py`. `TANZHI_NO_SKIPS=1` turns it on.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ALLOWED = Path(__file__).parents[1] / ".ci" / "skips"
LEFT_OUT = pytest.StashKey[dict[str, str]]()


def allowed(text: str) -> dict[str, str]:
    """Test by test (a name may end in `*`) why it may be left out; a line without a reason counts for nothing."""
    lines = [line.partition("#") for line in text.splitlines()]
    return {name.strip(): reason.strip() for name, _, reason in lines if name.strip() and reason.strip()}


def excused(test: str, excuses: dict[str, str]) -> bool:
    return any(test == name or (name.endswith("*") and test.startswith(name[:-1])) for name in excuses)


class Skips:
    """Notes what was skipped; on the controller of xdist it hears of every worker's tests."""

    def __init__(self, config: pytest.Config) -> None:
        self.left_out: dict[str, str] = {}
        self.excuses = allowed(ALLOWED.read_text("utf-8"))
        config.stash[LEFT_OUT] = self.left_out

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        test = report.nodeid.partition("@")[0]  # xdist adds the group
        if report.skipped and not hasattr(report, "wasxfail") and not excused(test, self.excuses):
            self.left_out[test] = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.left_out and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for test, reason in self.left_out.items():
            terminalreporter.write_line(f"SKIPPED WITHOUT AN EXCUSE IN .ci/skips: {test}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("TANZHI_NO_SKIPS") == "1" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Skips(config), "skips")
