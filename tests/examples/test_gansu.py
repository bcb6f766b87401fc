"""What is in the example on purpose is in it, and nothing of the kind beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.example import ROOT, environment

pytestmark = [pytest.mark.province, pytest.mark.xdist_group("example")]


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory, example: Callable[[Path], Path]) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("contents")
    command = [sys.executable, "-m", "tests.examples.contents", str(folder / "contents.json")]
    own = environment(example(folder / "example")) | {"TANZHI_TODAY": "2024-07-16"}
    subprocess.run(command, cwd=ROOT, env=own, check=True)
    read: dict[str, Any] = json.loads((folder / "contents.json").read_text("utf-8"))
    return read


def test_the_cross_checks_leave_five_hits_in_four_states(contents: dict[str, Any]) -> None:
    assert sorted(contents["hits"]) == [
        ["B036", "GEN-6-DIGITS", "clue"],
        ["N081", "GEN-15", "open"],
        ["P11", "PRV-USE", "answered"],
        ["P11", "PRV-USE", "answered"],
        ["S071", "GEN-3", "aside"],
    ]


def test_most_power_plants_conform_and_what_three_did_not_prove_makes_the_published_difference(
    contents: dict[str, Any],
) -> None:
    """95,421,400 t reported and 96,255,800 t verified, as the province told the press: 834,400 t more."""
    power = contents["power"]
    assert len(power) == 24
    assert (sum(int(row[2]) for row in power), sum(int(row[3]) for row in power)) == (95421400, 96255800)
    assert [row[0] for row in power if not row[1]] == contents["redetermined"] == ["P13", "P14", "P23"]
    assert [row[0] for row in power if row[2] != row[3]] == ["P13", "P14", "P23"]


def test_non_conformities_of_plants_that_conform_are_put_right(contents: dict[str, Any]) -> None:
    cases, states = zip(*contents["findings"], strict=True)
    assert set(states) == {"closed"}
    assert len(set(cases)) == 20
    assert len(cases) > 20  # some have two


def test_of_the_public_results_two_do_not_conform(contents: dict[str, Any]) -> None:
    assert len(contents["public"]) == 18
    verified = {row[0]: row[3] for row in contents["power"]}
    assert [row[0] for row in sorted(contents["public"]) if not row[1]] == ["P13", "P14"]
    assert all(verified[code] == emission for code, _, emission in contents["public"])


def test_plants_of_every_industry_are_verified_at_every_stage(contents: dict[str, Any]) -> None:
    forms, states = (set(values) for values in zip(*contents["stages"], strict=True))
    assert {form.split(".")[0] for form in forms} == {
        "aluminium", "cement", "chemical", "flat_glass", "iron_and_steel", "other_non_ferrous", "petrochemical",
        "pulp_and_paper",
    }  # fmt: skip
    stages = "arranged formed reviewed visited rectifying concluded notified final archived"
    assert states == set(stages.split())


def test_a_review_list_is_noted_in_part_with_a_hit_among_its_lines(contents: dict[str, Any]) -> None:
    assert ["cross_check", "noted"] in contents["lines"]
    assert {state for _, state in contents["lines"]} == {"open", "noted", "contested"}


def test_the_bodies_keep_their_days(contents: dict[str, Any]) -> None:
    assert [in_time == due > 0 for in_time, due in contents["deadlines"]] == [True, True]


def test_of_the_provinces_energy_a_part_is_explained_and_a_part_is_open(contents: dict[str, Any]) -> None:
    """62,900,000 t of the statistics, 56,292,259.90 t reported, 5,120,000 and 1,210,000 t explained."""
    assert contents["energy"]["bituminous"] == ["open", "277740.10"]
    assert {row[0] for row in contents["energy"].values()} == {
        "open", "explained", "equal", "not_reported", "no_statistics",
    }  # fmt: skip
