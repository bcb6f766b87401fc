"""Whoever asks for the example while it is loaded beside the tests waits for it, and not for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import example


def test_an_example_that_is_loaded_is_taken_at_once(tmp_path: Path) -> None:
    example._wait_for(tmp_path / "example.loading")


def test_one_that_is_loading_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loading = tmp_path / "example.loading"
    loading.touch()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            loading.unlink()

    monkeypatch.setattr(example.time, "sleep", sleep)
    example._wait_for(loading)
    assert len(slept) == 3


def test_one_that_never_comes_fails_and_says_what_it_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = tmp_path / "example.loading"
    loading.touch()
    monkeypatch.setattr(example, "PATIENCE_SECONDS", -1)
    with pytest.raises(pytest.fail.Exception, match=r"example\.loading still stands"):
        example._wait_for(loading)
