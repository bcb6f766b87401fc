"""Where nothing may be left out, a skipped test fails the run unless it is named with a reason."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import skips

ROOT = Path(__file__).parents[1]
SUITE = """
import pytest

def test_goes(): pass

@pytest.mark.skip(reason="no time")
def test_stays_out(): pass

@pytest.mark.parametrize("one", [])
def test_of_nothing(one): pass
"""


@pytest.mark.parametrize(
    ("demanded", "workers", "code"), [("0", "0", 0), ("1", "0", 1), ("1", "1", 1)], ids=["free", "alone", "xdist"]
)
def test_a_skipped_test_fails_the_run_that_forbids_it_and_is_named(
    tmp_path: Path, demanded: str, workers: str, code: int
) -> None:
    (tmp_path / "test_some.py").write_text(SUITE, "utf-8")
    command = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(tmp_path), "-p", "tests.skips"]
    command += ["-p", "no:cacheprovider", "-p", "xdist", "-n", workers, str(tmp_path)]
    environment = os.environ | {"TANZHI_NO_SKIPS": demanded, "PYTHONPATH": str(ROOT)}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    environment.pop("PYTEST_XDIST_WORKER", None)
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == code, answer.stdout + answer.stderr
    named = "SKIPPED WITHOUT AN EXCUSE IN .ci/skips: test_some.py::test_"
    assert answer.stdout.count(named) == 2 * code
    assert "1 passed, 2 skipped" in answer.stdout


def test_an_excuse_needs_a_reason_and_may_name_many() -> None:
    excuses = skips.allowed(
        "tests/a.py::test_one # elsewhere\ntests/b.py::* # proven there\ntests/c.py::test_bare\n# x\n"
    )
    assert set(excuses) == {"tests/a.py::test_one", "tests/b.py::*"}
    assert skips.excused("tests/b.py::test_any[1]", excuses)
    assert not skips.excused("tests/a.py::test_one_more", excuses)
    assert not skips.excused("tests/c.py::test_bare", excuses)
