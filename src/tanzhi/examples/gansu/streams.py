"""The streams of the example province, in the order in which they build on each other: one step each."""

from __future__ import annotations

from collections.abc import Callable

from tanzhi.rulebook.kernel import Text

from . import intensity

STREAMS: tuple[tuple[Text, Callable[[], None]], ...] = ((Text("碳强度", "carbon intensity"), intensity.load),)
