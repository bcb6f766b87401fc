"""The records of this stream, for Django."""

from .cases.model import Conclusion, Conflict, Member, Redetermination, Verification, VerifiedResult
from .clues.model import Clue
from .cross_checks.model import CheckHit
from .key_list.model import KeyUnitList, KeyUnitListRow
from .review.model import ReviewLine, ReviewNote, VisitSignature
from .supervision.model import BodyEvaluation

__all__ = [
    "BodyEvaluation", "CheckHit", "Clue", "Conclusion", "Conflict", "KeyUnitList", "KeyUnitListRow", "Member",
    "Redetermination", "ReviewLine", "ReviewNote", "Verification", "VerifiedResult", "VisitSignature",
]  # fmt: skip
