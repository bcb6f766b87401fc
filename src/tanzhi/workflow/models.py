"""The records of this room, for Django."""

from .clocks.model import Clock
from .dossier.model import Attachment, Comment
from .findings.model import CaseFinding
from .handlers.model import CaseHandler
from .notices.model import CalendarAddress, Notice

__all__ = ["Attachment", "CalendarAddress", "CaseFinding", "CaseHandler", "Clock", "Comment", "Notice"]
