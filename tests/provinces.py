"""Tests that load a whole example province take minutes: they run with the whole suite, or where they are asked for.

A pytest plugin, named in `tests/conftest.py`. Asked for: `-m province`, or the test file by its name.
"""

from __future__ import annotations

import pytest

MARK = "province"
FILES = ("test_press_conference", "test_reach", "test_ten_times")


def wanted(config: pytest.Config) -> bool:
    """Whether this run is the whole suite, or names the tests."""
    whole = list(config.args) == list(config.getini("testpaths"))
    return whole or MARK in (config.option.markexpr or "") or any(name in one for one in config.args for name in FILES)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if wanted(config):
        return
    left_out = [item for item in items if item.get_closest_marker(MARK)]
    items[:] = [item for item in items if item not in left_out]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
