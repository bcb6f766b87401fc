"""The bulletin of the whole example province says what was told at the press conference, and every figure has a ground.

The example is loaded once, in an installation of its own, however many workers run these tests.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhi.bulletin.rows import plan

ROOT = Path(__file__).parents[2]
TOLD = yaml.safe_load(Path(__file__).with_name("press_conference.yaml").read_text("utf-8"))
# How much of the smallest unit there is in the unit that was told; a figure's own unit says which it uses.
MAGNITUDES = {
    ("t", "t"): "1",
    ("Mt", "t"): "1e6",
    ("Mt", "tCO2"): "1e6",
    ("Mt", "tCO2e"): "1e6",
    ("t", "tCO2"): "1",
    ("Mt", "10^4 t"): "1e2",
    ("%", "%"): "1",
    ("M yuan", "yuan"): "1e6",
    ("M yuan", "fen"): "1e8",
    ("M yuan", "10^4 yuan"): "1e2",
    ("bn yuan", "yuan"): "1e9",
    ("bn yuan", "fen"): "1e11",
    ("bn yuan", "10^4 yuan"): "1e5",
}
NOT_COUNTS = {unit for _, unit in MAGNITUDES}

SHOWN = [row.number for row in plan().rows if row.lines]

pytestmark = pytest.mark.province


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the loaded example says; the first worker loads it, the others wait and read."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    out = shared / "press_conference.json"
    with (shared / "press_conference.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            _load(out, shared / "press_conference")
    return json.loads(out.read_text("utf-8"))


def _load(out: Path, var: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("TANZHI_DATABASE", "PYTHONWARNINGS")}
    environment = kept | {"TANZHI_VAR": str(var), "DJANGO_SETTINGS_MODULE": "tanzhi.web.settings"}
    command = [sys.executable, "-m", "tests.bulletin.loaded", str(out), str(TOLD["period"])]
    subprocess.run(command, cwd=ROOT, env=environment | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}, check=True)


def row_of(loaded: dict[str, Any], number: int) -> dict[str, Any]:
    return next(row for row in loaded["rows"] if row["row"] == number)


def says(figure: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Whether a figure's value is the one that was told, in the digits in which it was told."""
    if figure["value"] is None:
        return False
    if wanted["unit"] == "count":
        return figure["unit"] not in NOT_COUNTS and Decimal(figure["value"]) == Decimal(wanted["is"])
    size = MAGNITUDES.get((wanted["unit"], figure["unit"]))
    if size is None:
        return False
    value = Decimal(figure["value"]) / Decimal(size)
    if "exactly" in wanted:
        return value == Decimal(wanted["exactly"])
    told = Decimal(wanted["is"])
    return value.quantize(told, ROUND_HALF_UP) == told


@pytest.mark.parametrize("number", SHOWN)
def test_a_row_says_what_the_press_was_told(loaded, number):
    row = row_of(loaded, number)
    assert row["figures"], f"row {number} has no figure: {row['waiting']}"
    left = list(row["figures"])
    for wanted in TOLD["rows"][number]:
        found = next((figure for figure in left if says(figure, wanted)), None)
        values = [(figure["figure"], figure["value"], figure["unit"]) for figure in row["figures"]]
        assert found, f"row {number}: nothing says {wanted}; its figures: {values}"
        left.remove(found)


@pytest.mark.parametrize("number", SHOWN)
def test_every_figure_is_known_and_leads_down_to_a_receipt_or_an_official_source(loaded, number):
    for figure in row_of(loaded, number)["figures"]:
        assert figure["state"] == "known", figure
        assert len(loaded["walks"][figure["ref"]]) > 1, f"{figure['ref']} ends nowhere"


def test_every_sentence_is_written_out_in_both_languages(loaded):
    sentences = [figure["sentence"] for row in loaded["rows"] for figure in row["figures"]]
    assert all(one["zh"] and one["en"] and "{" not in one["zh"] + one["en"] for one in sentences)


def test_the_bulletin_rests_on_a_sealed_head(loaded):
    assert loaded["basis"]["size"] > 1000
    assert len(loaded["basis"]["root"]) == 64
