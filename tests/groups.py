"""Which tests stay together on one worker: those that share something dear.

A pytest plugin, named in `tests/conftest.py`. With xdist's `--dist loadgroup` all journeys go to one worker, so that
their province and their browser are there once, and the tests of the loaded example to one; large groups begin first.
"""

from __future__ import annotations

import pytest

MARKS = ("journey", "province")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in MARKS:
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.xdist_group(mark))
