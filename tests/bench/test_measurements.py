"""Each measurement at a size for tests: its two sides give the same results, and it answers with lines."""

import os
import platform
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from bench.__main__ import modules
from bench.example import made_up
from bench.lines import Line, line, quotients
from bench.report import keep, part
from bench.tenfold import STEP, multiply

from bench import rush
from tanzhi.actions.registry import ACTIONS
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation, OrganisationName
from tanzhi.presentation.search_index.model import SearchTerm

ROOT = Path(__file__).parents[2]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(modules()))
def test_a_measurement_compares_its_results_and_gives_lines(name: str) -> None:
    module = modules()[name]
    if lacks := getattr(module, "missing", str)():
        assert "pip install" in lacks
        return
    lines = module.measure(toy=True)
    assert lines
    assert all(found.ratio_min > 0 and found.ratio_min <= found.ratio_median for found in lines)
    assert all(found.name in part(module.TITLE, lines) for found in lines)


@pytest.mark.django_db
def test_three_times_the_records_are_what_a_reader_sees_three_times() -> None:
    actor = actor_of(made_up())
    names = Organisation.objects.visible_to(actor).count(), OrganisationName.objects.count()
    found = SearchTerm.objects.filter(label=Organisation._meta.label_lower).values("record").distinct()
    searched = found.count()
    assert multiply(3) > 0
    assert (Organisation.objects.visible_to(actor).count(), OrganisationName.objects.count()) == (
        3 * names[0],
        3 * names[1],
    )
    copies = OrganisationName.objects.filter(pk__gt=STEP).select_related("organisation")
    assert {name.organisation_id // STEP for name in copies} == {1, 2}
    assert all(name.pk // STEP == name.organisation_id // STEP for name in copies)
    assert found.count() == 3 * searched > 0


@pytest.mark.parametrize(
    ("ratios", "aim", "met"),
    [
        ([40.0, 90.0, 50.0], "≥ 40", True),
        ([39.0, 90.0, 50.0], "≥ 40", False),
        ([1.0, 2.0, 2.1], "≤ 2", False),
        ([1.0, 2.0, 1.9], "≤ 2", True),
        ([1.0], "", None),
    ],
)
def test_the_worst_repetition_is_held_against_the_aim(ratios: list[float], aim: str, met: bool | None) -> None:
    assert line("a ÷ b", ratios, aim).met is met


def test_a_new_section_takes_the_place_of_its_older_one_and_leaves_others(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    for title, ratio in (("A", 1.0), ("B", 2.0), ("A", 3.0)):
        keep([part(title, [line("x ÷ y", [ratio])])], page)
    written = page.read_text("utf-8")
    assert [row for row in written.splitlines() if row.startswith(("## ", "| x"))] == [
        "## A", "| x ÷ y | 3 / 3 / 3 |  |  |  |  |", "## B", "| x ÷ y | 2 / 2 / 2 |  |  |  |  |",
    ]  # fmt: skip
    assert platform.node() not in written or not platform.node()


@pytest.mark.parametrize("module", ["bench.rush", "tests.reliability"])
def test_what_is_measured_by_a_command_begins_without_an_installation(module: str) -> None:
    """As somebody types it: with no settings named, as its documentation says."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", module, "--help"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-2000:]
    assert done.stdout.startswith("usage: ")


def test_what_the_people_at_a_deadline_send_is_what_the_actions_take() -> None:
    """Every body beside the input that its action declares: a renamed field failed a whole measurement."""
    person = {"filing": 1, "upload": {"content": "eA==", "name": "june.xlsx"}}
    question = {"code": "PWR-LOAD-HIGH", "where": "1 / 2023-06", "text": "checked"}
    sent = [(address, body) for _, address, body, _ in rush.steps(person, [question]) if "/api/actions/" in address]
    names = [address.removeprefix("/api/actions/").partition("?")[0] for address, _ in sent]
    assert names == ["filings.upload", "filings.answer", "filings.check", "filings.deposit"]
    for name, (_, body) in zip(names, sent, strict=True):
        ACTIONS[name].input.model_validate(body)


def test_a_line_made_of_two_numbers_is_held_by_its_median() -> None:
    assert Line("a ÷ b", 1.0, 2.5, "≤ 2").met is False


def test_works_of_no_time_are_done_each_as_often() -> None:
    done: Counter[str] = Counter()
    ratios = quotients(lambda: done.update(["one"]), lambda: done.update(["other"]), runs=2, least_seconds=0.001)
    assert len(ratios) == 2
    assert done["other"] - 2 == done["one"] >= 3  # the second was done twice before, to see how long it takes
