"""The records of this room, for Django."""

from .imports.model import Import
from .letters.model import Letter, LetterSeries

__all__ = ["Import", "Letter", "LetterSeries"]
