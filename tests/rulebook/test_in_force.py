"""A definition is never edited: years, unit, reported digits, bounds and severity stand as they were settled.

A change of law is a second definition; values that were filed and published rest on the first. `in_force/` holds the
lines; `python -m tests.rulebook.settled` adds those of new definitions.
"""

from __future__ import annotations

import pytest

from tanzhi.rulebook.kernel import guidelines
from tests.rulebook.settled import definitions, settled


@pytest.mark.parametrize("guideline", guidelines())
def test_every_definition_says_what_was_settled(guideline: str) -> None:
    assert definitions(guideline) == settled(guideline), "new ones: python -m tests.rulebook.settled"
