"""A clue as it is received, and handed to the city."""

from __future__ import annotations

import pytest

from tanzhi.actions.registry import Actor, perform
from tanzhi.streams.verification.clues.model import Clue
from tests.factories import World
from tests.streams.verification.conftest import day

ROW = {"number": "GJ-1", "organisation": "PLANT", "parameter": "元素碳", "text": "检测报告编号不连续", "risk": "high"}


@pytest.fixture
def clue(world: World, officer: Actor) -> Clue:
    with day(5, 6):
        made: Clue = perform("verification.receive_clue", officer, data=ROW).result
    return made


@pytest.fixture
def dispatched(clue: Clue, officer: Actor) -> Clue:
    with day(5, 7):
        perform("verification.dispatch_clue", officer, clue, {"requirement": "请核对原件"})
    clue.refresh_from_db()
    return clue
