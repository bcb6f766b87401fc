"""What a refusal must be: its code, both languages, and nothing saved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tanzhi.actions.models import Performed
from tanzhi.actions.registry import Refused


@contextmanager
def refused(code: str, field: str = "") -> Iterator[None]:
    """The block is refused by this code, at this field where one is named, and leaves nothing behind."""
    before = Performed.objects.count()
    with pytest.raises(Refused) as told:
        yield
    found = told.value
    codes = {found.code} | {one.code for one in found.findings}
    assert code in codes, f"{found.code}: {found.message.zh}"
    assert found.message.zh != found.message.en
    if field:
        assert field in {one.field for one in found.findings}
    assert Performed.objects.count() == before
