"""The only writers of this room: each kind of work is a table of moves, and every move is an action."""

from .auditing import AUDIT
from .consulting import CONSULTATION, VISIT
from .dispatching import REPORT, ROUND
from .documents import DOCUMENT
from .gathering import EVENT, RECOMMENDATION
from .piloting import PILOT
from .tasking import TASK

__all__ = [
    "AUDIT",
    "CONSULTATION",
    "DOCUMENT",
    "EVENT",
    "PILOT",
    "RECOMMENDATION",
    "REPORT",
    "ROUND",
    "TASK",
    "VISIT",
]
