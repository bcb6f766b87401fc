"""A made-up industry, as its recipe says to write it, found by the rulebook like any other."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tanzhi.rulebook import accounting
from tanzhi.rulebook.kernel import guidelines
from tests.recipes.blocks import written


@pytest.fixture
def lime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The folder stands beside the others; what the process had read of them before is read anew."""
    name = f"{accounting.__name__}.lime"
    written("industry", tmp_path)
    monkeypatch.setattr(accounting, "__path__", [*accounting.__path__, str(tmp_path)])
    guidelines.cache_clear()
    assert "lime" in guidelines()
    yield sys.modules[name]
    del sys.modules[name]
    guidelines.cache_clear()
