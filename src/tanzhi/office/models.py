"""The records of this room, for Django."""

from .imports.model import Import
from .letters.model import Letter, LetterSeries
from .letters.version import LettersVersion

__all__ = ["Import", "Letter", "LetterSeries", "LettersVersion"]
