"""A period before a law began, or after the last value is known, is blank or not determinable; no page breaks on it."""

from __future__ import annotations

import pytest
from tests.factories import World

from tanzhi.figures import Question, Unanswerable, ask
from tanzhi.figures.registry import FIGURES

PERIODS = ("2005", "2009H1", "2015H2", "2018H1", "2030H2", "2050")


@pytest.mark.parametrize("period", PERIODS)
def test_no_figure_is_refused_for_a_period_however_early_or_late(period: str, world: World) -> None:
    refused = {}
    for code in FIGURES:
        try:
            ask(code, Question(period, world.province.code))
        except Unanswerable:  # a figure of years asked for a half year: said so, by a code of its own
            continue
        except Exception as fault:
            refused[code] = repr(fault)
    assert refused == {}
