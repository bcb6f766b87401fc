"""The records of this stream, for Django."""

from .cases.model import Conclusion, Conflict, Member, Redetermination, Verification, VerifiedResult
from .clues.model import Clue
from .cross_checks.model import CheckHit
from .disclosure.model import DisclosedEmission, EmissionDisclosure
from .energy_books.model import EnergyStatement, EnergyStatistic
from .energy_comparison.model import EnergyExplanation
from .key_list.model import KeyUnitList, KeyUnitListRow
from .own_disclosure.model import OwnDisclosure
from .penalties.model import Penalty, PenaltyPayment, PenaltyReview
from .review.model import ReviewLine, ReviewNote, VisitSignature
from .supervision.model import BodyEvaluation

__all__ = [
    "BodyEvaluation", "CheckHit", "Clue", "Conclusion", "Conflict", "DisclosedEmission", "EmissionDisclosure",
    "EnergyExplanation", "EnergyStatement", "EnergyStatistic", "KeyUnitList", "KeyUnitListRow", "Member",
    "OwnDisclosure", "Penalty", "PenaltyPayment", "PenaltyReview", "Redetermination", "ReviewLine", "ReviewNote",
    "Verification", "VerifiedResult", "VisitSignature",
]  # fmt: skip
