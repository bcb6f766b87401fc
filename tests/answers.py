"""Every action that some test performs returns what it declares that it answers (`actions.answers`)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tanzhi.actions.answers import ActionAnswer, answer_of
from tanzhi.actions.table import ACTIONS


def checked(name: str, function: Callable[..., Any], answer: ActionAnswer) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*arguments: Any) -> Any:
        result = function(*arguments)
        if not answer.fits(result):
            pytest.fail(f"{name} declares {answer} and returned {result!r}")
        return result

    return run


@pytest.fixture(scope="session", autouse=True)
def answers_fit() -> Iterator[None]:
    before = dict(ACTIONS)
    for name, entry in before.items():
        ACTIONS[name] = replace(entry, function=checked(name, entry.function, answer_of(entry)))
    yield
    ACTIONS.update(before)
