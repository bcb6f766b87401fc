"""The records of this stream, for Django."""

from .cases.model import Conclusion, Conflict, Member, Redetermination, Verification, VerifiedResult
from .clues.model import Clue

__all__ = ["Clue", "Conclusion", "Conflict", "Member", "Redetermination", "Verification", "VerifiedResult"]
