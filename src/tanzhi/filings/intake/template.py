"""The workbook that a form becomes: codes, labels, units, drop-downs, comments; the same bytes each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .layout import Prefill

if TYPE_CHECKING:
    from tanzhi.rulebook.kernel.forms import FormSpec

__all__ = ["Prefill", "template"]


def template(form: FormSpec, prefill: Prefill | None = None, language: str = "zh") -> bytes:
    """The template of a form as .xlsx; equal arguments give equal bytes."""
    from .template_sheets import workbook  # openpyxl is loaded by the first workbook, not by every start

    return workbook(form, prefill or Prefill(), language)
