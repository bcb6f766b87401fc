"""Canonical bytes against the rfc8785 package."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tanzhi.evidence.canonical import LARGEST, NotCanonical, canonical

ASCII = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ASCII, inner, max_size=4),
)


@given(VALUES)
def test_bytes_are_those_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, [2**53], {"键": 1}, {1: "a"}])
def test_what_has_no_agreed_bytes_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)
