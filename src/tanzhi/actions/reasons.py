"""The reason that somebody gives with an act: one declaration for all inputs, so that it is asked alike everywhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .validation import Label

Reason = Annotated[str, Field(min_length=4, max_length=2000), Label("理由", "Reason")]
"""In several lines, such as what a case is returned for."""
ShortReason = Annotated[str, Field(min_length=4, max_length=300), Label("理由", "Reason")]
"""In a line, beside a record in a list."""
