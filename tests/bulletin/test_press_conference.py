"""The bulletin of the whole example says what was told at the press conference, every figure has a ground, and a second
province beside it publishes its own without either's records in the other's figures.

The examples are loaded once, in an installation of their own, however many workers run these tests.
"""

from __future__ import annotations

import fcntl
import json
import subprocess
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tanzhi.bulletin.rows import plan
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tests.example import environment, shared_folder

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs/bulletin.schema.json"
TOLD = read_yaml(Path(__file__).with_name("press_conference.yaml"))
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
    ("M yuan", "CNY"): "1e6",
    ("bn yuan", "CNY"): "1e9",
    ("bn yuan", "yuan"): "1e9",
    ("bn yuan", "fen"): "1e11",
    ("bn yuan", "10^4 yuan"): "1e5",
}
NOT_COUNTS = {unit for _, unit in MAGNITUDES}

SHOWN = [row.number for row in plan().rows if row.lines]

pytestmark = pytest.mark.province


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, example: Callable[[Path], Path]) -> dict[str, Any]:
    """What a copy of the loaded example says; the first worker that asks computes it, the others wait and read."""
    shared = shared_folder(tmp_path_factory)
    out = shared / "press_conference.json"
    with (shared / "press_conference.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            var = example(shared / "press_conference")
            command = [sys.executable, "-m", "tests.bulletin.loaded", str(out), str(TOLD["period"])]
            subprocess.run(command, cwd=ROOT, env=environment(var), check=True)
    return json.loads(out.read_text("utf-8"))


def row_of(loaded: dict[str, Any], number: int) -> dict[str, Any]:
    return next(row for row in loaded["rows"] if row["row"] == number)


def says(figure: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a figure's value is the one that was told, in the digits in which it was told."""
    if figure["value"] is None or ("day" in wanted) != (figure["unit"] == "date"):
        return False
    if "day" in wanted:
        return figure["value"] == wanted["day"].isoformat()
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


def counted(wanted: list[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """What a row must say, and by how many of its figures: two cities and two parks are two figures."""
    return [(one, wanted.count(one)) for one in wanted]


def test_every_row_of_the_press_conference_has_figures():
    assert sorted(TOLD["rows"]) == SHOWN == list(range(1, 39))


@pytest.mark.parametrize("number", SHOWN)
def test_a_row_says_what_the_press_was_told(loaded, number):
    row = row_of(loaded, number)
    values = [(figure["figure"], figure["value"], figure["unit"]) for figure in row["figures"]]
    for wanted, times in counted(TOLD["rows"][number]):
        found = [figure for figure in row["figures"] if says(figure, wanted)]
        assert len(found) >= times, f"row {number}: {len(found)} of {times} say {wanted}; its figures: {values}"


@pytest.mark.parametrize("number", SHOWN)
def test_every_figure_is_known_and_leads_down_to_a_receipt_or_an_official_source(loaded, number):
    for figure in row_of(loaded, number)["figures"]:
        assert figure["state"] == "known", figure
        assert figure["value"] == "0" or len(loaded["walks"][figure["ref"]]) > 1, f"{figure['ref']} ends nowhere"


def test_every_sentence_is_written_out_in_both_languages(loaded):
    sentences = [figure["sentence"] for row in loaded["rows"] for figure in row["figures"]]
    assert all(one["zh"] and one["en"] and "{" not in one["zh"] + one["en"] for one in sentences)


def test_nobody_s_things_to_do_evaluate_a_record(loaded):
    assert loaded["to_do"]["listed"] > 100
    assert loaded["to_do"]["evaluated"] == 0


def test_the_bulletin_rests_on_a_sealed_head(loaded):
    assert loaded["basis"]["size"] > 1000
    assert len(loaded["basis"]["root"]) == 64


def figures_of(bulletin: dict[str, Any]) -> dict[tuple[str, str], str | None]:
    rows = [figure for row in bulletin["rows"] for figure in row["figures"]]
    return {(one["figure"], json.dumps(one["filters"])): one["value"] for one in rows}


def test_the_first_province_s_figures_hold_none_of_the_second_s_records(loaded):
    assert figures_of(loaded["after"]) == figures_of(loaded)


# By hand from province.yaml: CO2 of 2005 is 3868.1, of 2023 8875.8 (10^4 t; factors 2.66, 1.73, 1.56), GDP grew
# 4.52403-fold over four price bases: 8875.8 ÷ 3868.1 ÷ 4.52403 − 1 = −49.3 %. The rest are counts of its rows.
OWN = {
    "intensity.change": "-49.3",
    "intensity.national_change": "-51.6",
    "intensity.target": "-65",
    "intensity.city_targets": "3",
    "policy.provincial_documents": "1",
    "verification.key_units": "3",
    "verification.reporting_enterprises": "2",
    "verification.reporting_units": "3",
    "activities.low_carbon_day": "2025-06-13",
    "ccer.library": "1",
    "ccer.preparing": "1",
}
POWER = json.dumps({"sector": "power"})
# What its own months decide: a few million tonnes, and shares that are no records of anybody else.
MEASURED = {"verification.reported_emission", "market.deposit_punctuality"}


def test_the_second_province_s_figures_are_its_own_and_nothing_else(loaded):
    found = figures_of(loaded["second"])
    own = {code: value for (code, _), value in found.items() if code not in MEASURED}
    assert {code: value for code, value in own.items() if value not in (None, "0", "0.00")} == OWN
    assert 4_000_000 < int(found["verification.reported_emission", POWER]) < 5_000_000


def test_the_second_province_s_figures_lead_down_to_its_own_receipts(loaded):
    assert all(len(walk) > 1 for walk in loaded["second"]["walks"].values())


@pytest.mark.parametrize(
    ("region", "period", "place"), [("620000", "2024H1", "Gansu"), ("950000", "2025H1", "Yunling")]
)
def test_each_province_publishes_its_own_bulletin(loaded, region, period, place):
    kept = loaded["published"][region]
    assert kept["digest"] == kept["sha256"]
    assert (kept["content"]["period"], kept["content"]["place"]["en"]) == (period, place)
    assert kept["content"]["basis"]["size"] > 0
    jsonschema.validate(kept["content"], json.loads(SCHEMA.read_text("utf-8")))
