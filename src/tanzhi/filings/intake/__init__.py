"""Turns a workbook or a plant's own ledger into one record, with an answer for every cell."""

from .answer import Expected, ReadResult
from .mapping import Mapped, read_mapped
from .template import template
from .workbook import read_workbook

__all__ = ["Expected", "Mapped", "ReadResult", "read_mapped", "read_workbook", "template"]
