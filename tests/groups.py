"""Which tests stay together on one worker: those that share something dear.

A pytest plugin, named in `tests/conftest.py`. With xdist's `--dist loadgroup` the journeys of a language go to one
worker, so that their province and their browser are there once, and the tests of the loaded example to one, unless a
module names a group of its own by `pytest.mark.xdist_group("…")`; large groups begin first.
xdist would mark a test's id for that in a way that pytest 9.2 no longer reads, so the scheduler asks the test's module.
"""

from __future__ import annotations

import gc
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling

MARKS = ("journey", "province")
ENGLISH = re.compile(r"[\[-]en[\]-]")  # in the id of a journey that is made in both languages
ROOT = Path(__file__).parents[1]


@cache
def group_of(module: str) -> str:
    """What keeps a module's tests together: its own group or a mark; empty where each may run anywhere."""
    text = (ROOT / module).read_text("utf-8")
    if own := re.search(r'\bmark\.xdist_group\("(\w+)"\)', text):
        return own[1]
    return next((mark for mark in MARKS if re.search(rf"\bmark\.{mark}\b", text)), "")


class TogetherByMark(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no types for its subclasses
    """A group is run by one worker, one test after the other; every other test is a group of its own."""

    def _split_scope(self, nodeid: str) -> str:
        group = group_of(nodeid.partition("::")[0])
        english = group == "journey" and ENGLISH.search(nodeid)
        return f"{group} en" if english else group or nodeid


def pytest_collection_finish() -> None:
    """What is collected stays until the end: looking through it for garbage cost a third of the collection, and seconds
    each time that something is measured after clearing up.
    """
    gc.freeze()
    gc.enable()


gc.disable()  # from the first import of the first conftest on


@pytest.hookimpl(optionalhook=True)  # without xdist there is nothing to schedule
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadGroupScheduling | None:
    return TogetherByMark(config, log) if config.getoption("dist") == "loadgroup" else None
