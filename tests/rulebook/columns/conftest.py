"""Whatever the columns compute lies in the range that they say of it: what is proven of the next step rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tanzhi.rulebook.kernel.columns import evaluator
from tanzhi.rulebook.kernel.columns.column import Column


@pytest.fixture(autouse=True, scope="session")
def within_their_range() -> Iterator[None]:
    part = evaluator._part

    def bounded_part(rule: Any, answer: Any, chunk: Any) -> Any:
        result = part(rule, answer, chunk)
        if isinstance(answer, Column):
            values = np.broadcast_to(np.asarray(answer.m, dtype=np.float64), len(result.states))
            off = np.abs(values) * (answer.rel + 1e-9) + answer.off
            beyond = (values < answer.low - off) | (values > answer.high + off)
            outside = (result.states == evaluator.KNOWN) & beyond
            assert not outside.any(), (rule.name, values[outside][:3], answer.low, answer.high)
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluator, "_part", bounded_part)
        yield
