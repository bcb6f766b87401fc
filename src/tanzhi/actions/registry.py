"""What other rooms use of this one: register an action, perform it, decide on it."""

from .actor import Actor, ActorRole, Place, ScopeFields, scope
from .four_eyes import decide, may_decide, withdraw
from .perform import Outcome, perform
from .refusal import Refused, before_its_cause
from .table import ACTIONS, Action, Call, Input, PermissionCell, action, anywhere, matrix
from .validation import Label

__all__ = [
    "ACTIONS",
    "Action",
    "Actor",
    "ActorRole",
    "Call",
    "Input",
    "Label",
    "Outcome",
    "PermissionCell",
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
