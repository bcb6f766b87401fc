"""What the README tells a newcomer to type is what continuous integration types, in a fresh clone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_continuous_integration_runs_every_command_of_the_first_hour(readme: str) -> None:
    commands = set(re.findall(r"^    (make [a-z]+)", (ROOT / readme).read_text("utf-8"), re.MULTILINE))
    assert commands == {"make demo", "make test"}
    assert {command for command in commands if f" {command.replace('make', 'make -s')} " not in RUN} == set()


def test_it_does_so_in_a_clone_with_a_new_environment_and_old_pips() -> None:
    steps = ["git clone", "-m venv .venv", "pip==$DEMO_PIP", "make -s demo", "pip==$TEST_PIP", "make -s test"]
    places = [RUN.index(step) for step in steps]
    assert places == sorted(places)
    assert re.search(r"^DEMO_PIP=22\.3 TEST_PIP=23\.0$", RUN, re.MULTILINE)


def test_neither_a_missing_browser_nor_a_skipped_test_goes_unnoticed_there() -> None:
    assert re.search(r"^export .*TANZHI_NO_SKIPS=1 TANZHI_REQUIRE_BROWSER=1$", RUN, re.MULTILINE)
