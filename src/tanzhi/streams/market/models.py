"""The records of this app, for Django; those of trading are an app of their own."""

from .allocation.model import AllocationLine, AllocationRun, Borrowing, Cycle, LoweredShare
from .compliance.model import CarriedIn, Surrender
from .ledger.model import Account, Balance, Command, Entry, Hold, Incoming, SerialBlock, Transfer, UnitKind
from .reconciliation.model import DifferenceExplanation, Reconciliation, StatementLine
from .representatives.model import Representative

__all__ = [
    "Account",
    "AllocationLine",
    "AllocationRun",
    "Balance",
    "Borrowing",
    "CarriedIn",
    "Command",
    "Cycle",
    "DifferenceExplanation",
    "Entry",
    "Hold",
    "Incoming",
    "LoweredShare",
    "Reconciliation",
    "Representative",
    "SerialBlock",
    "StatementLine",
    "Surrender",
    "Transfer",
    "UnitKind",
]
