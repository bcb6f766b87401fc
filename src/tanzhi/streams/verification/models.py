"""The records of this stream, for Django."""

from .cases.model import Conclusion, Conflict, Member, Redetermination, Verification, VerifiedResult
from .clues.model import Clue
from .review.model import ReviewLine, ReviewNote, VisitSignature

__all__ = [
    "Clue", "Conclusion", "Conflict", "Member", "Redetermination", "ReviewLine", "ReviewNote", "Verification",
    "VerifiedResult", "VisitSignature",
]  # fmt: skip
