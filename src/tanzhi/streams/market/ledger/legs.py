"""What a command moves: one amount from an account into another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leg:
    """One amount from an account into another; `first` numbers the units where they come into being."""

    kind: str
    unit: int
    debit: int
    credit: int
    amount: int
    reverses: int | None = None
    first: int | None = None
