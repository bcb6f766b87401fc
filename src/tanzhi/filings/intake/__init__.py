"""Turns a workbook or a plant's own ledger into one record, with an answer for every cell."""

from .answer import Answer, Expected
from .mapping import Mapped, read_mapped
from .template import template
from .workbook import read_workbook

__all__ = ["Answer", "Expected", "Mapped", "read_mapped", "read_workbook", "template"]
