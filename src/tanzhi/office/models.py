"""The records of this room, for Django."""

from .applications.model import AccountApplication, ApplicationPaper
from .imports.model import Import
from .letters.model import Letter, LetterSeries
from .letters.version import LettersVersion

__all__ = ["AccountApplication", "ApplicationPaper", "Import", "Letter", "LetterSeries", "LettersVersion"]
