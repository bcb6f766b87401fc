"""The only writers of this room: the table of a project, programmes, experts' opinions, and what banks record."""

from .applying import add_programme
from .banking import cancel_disbursement, disburse, grant_credit
from .reviewing import give_opinion
from .workflow import PROJECT

__all__ = ["PROJECT", "add_programme", "cancel_disbursement", "disburse", "give_opinion", "grant_credit"]
