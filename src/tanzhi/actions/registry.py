"""What other rooms use of this one: register an action, perform it, decide on it."""

from .actor import Actor, Grant, Place, ScopeFields, scope
from .four_eyes import decide, may_decide, withdraw
from .perform import Outcome, perform
from .refusal import Refused, before_its_cause
from .table import ACTIONS, Action, Call, Cell, Input, action, anywhere, matrix
from .validation import Label

__all__ = [
    "ACTIONS",
    "Action",
    "Actor",
    "Call",
    "Cell",
    "Grant",
    "Input",
    "Label",
    "Outcome",
    "Place",
    "Refused",
    "ScopeFields",
    "action",
    "anywhere",
    "before_its_cause",
    "decide",
    "matrix",
    "may_decide",
    "perform",
    "scope",
    "withdraw",
]
