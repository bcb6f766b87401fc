"""No page of the menu asks more of the database when there are ten times the records: counted, not timed. What is kept
until the next act rests on tables alone whose every change is an act.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tanzhi.evidence.answered import tables
from tests.example import ROOT, environment

pytestmark = [pytest.mark.province, pytest.mark.xdist_group("example")]
FEWEST_PAGES = 50
HEADS = {"evidence_head"}  # up to which head a figure is explained by: said where it is explained, which asks anew


def test_a_page_asks_as_many_queries_with_ten_times_the_records(
    tmp_path: Path, example: Callable[[Path], Path]
) -> None:
    out = tmp_path / "queries.json"
    command = [sys.executable, "-m", "tests.web.ten_times", str(out)]
    subprocess.run(command, cwd=ROOT, env=environment(example(tmp_path / "ten_times")), check=True)
    found = json.loads(out.read_text("utf-8"))
    queries: dict[str, tuple[int, int]] = found["queries"]
    assert len(queries) >= FEWEST_PAGES
    assert {page: counts for page, counts in queries.items() if counts[1] > counts[0]} == {}
    assert set(found["tables"]) - tables().keys() == HEADS
    assert {"verification_penalty", "registry_cycle", "filings_filing"} <= set(found["tables"])
