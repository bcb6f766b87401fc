"""What is dear is there once in a run: its tests go to one worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import groups

pytest_plugins = ("pytester",)
MODULE = """
import os, pathlib, pytest
@pytest.mark.{mark}
@pytest.mark.parametrize("n", {numbers})
def test_dear(n):
    with pathlib.Path({file!r}).open("a") as file: file.write(os.environ["PYTEST_XDIST_WORKER"] + f" {{n}}\\n")
"""


@pytest.mark.parametrize(("mark", "workers"), [("journey", 1), ('xdist_group("dear")', 1), ("slow", 2)])
def test_marked_tests_run_on_one_worker_and_others_on_both(
    mark: str, workers: int, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = _run(mark, "range(6)", pytester, monkeypatch)
    assert len({worker for worker, _ in ran}) == workers


def test_the_journeys_of_a_language_run_on_one_worker(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = _run("journey", "['zh', 'en', 'zh-1', 'en-1', 'zh-2', 'en-2']", pytester, monkeypatch)
    of_english = {worker for worker, language in ran if language.startswith("en")}
    of_chinese = {worker for worker, language in ran if language.startswith("zh")}
    assert (len(of_english), len(of_chinese)) == (1, 1)


def _run(mark: str, numbers: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Which worker ran which of six tests with a mark."""
    file = pytester.path / "workers"
    (pytester.path / "test_dear.py").write_text(MODULE.format(mark=mark, file=str(file), numbers=numbers))
    source = (
        Path(groups.__file__).read_text("utf-8").replace("Path(__file__).parents[1]", f"Path({str(pytester.path)!r})")
    )
    (pytester.path / "conftest.py").write_text(source)
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    done = pytester.runpytest_subprocess("-n", "2", "--dist", "loadgroup", "-p", "no:django", "-W", "ignore")
    done.assert_outcomes(passed=6)
    worker_and_number = (line.split() for line in file.read_text().splitlines())
    return [(worker, number) for worker, number in worker_and_number]


def test_every_module_with_a_dear_mark_is_recognised() -> None:
    dear = Path(__file__).parent.glob("journeys/test_*.py")
    assert {groups.group_of(str(path.relative_to(groups.ROOT))) for path in dear} == {"journey", "beginning"}
