"""No page of the menu asks more of the database when there are ten times the records: counted, not timed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.example import ROOT, environment

pytestmark = [pytest.mark.province, pytest.mark.xdist_group("example")]
FEWEST_PAGES = 50


def test_a_page_asks_as_many_queries_with_ten_times_the_records(
    tmp_path: Path, example: Callable[[Path], Path]
) -> None:
    out = tmp_path / "queries.json"
    command = [sys.executable, "-m", "tests.web.ten_times", str(out)]
    subprocess.run(command, cwd=ROOT, env=environment(example(tmp_path / "ten_times")), check=True)
    queries: dict[str, tuple[int, int]] = json.loads(out.read_text("utf-8"))
    assert len(queries) >= FEWEST_PAGES
    assert {page: counts for page, counts in queries.items() if counts[1] > counts[0]} == {}
