"""Serial numbers follow the amounts: of a serialised unit the lowest numbers leave an account first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .ledger import Command, SerialBlock, Transfer, UnitKind

if TYPE_CHECKING:
    from .legs import Leg


def follow(command: Command, legs: Sequence[Leg]) -> None:
    """Move or make the blocks behind a command's transfers; units without numbers need nothing."""
    serialised = set(
        UnitKind.objects.filter(pk__in={leg.unit for leg in legs}, serialised=True).values_list("pk", flat=True)
    )
    if not serialised:
        return
    transfers = Transfer.objects.filter(command=command).order_by("pk")
    for leg, transfer in zip(legs, transfers, strict=True):
        if leg.unit in serialised:
            _issue(transfer, leg.first) if leg.first else _move(transfer)


def _issue(transfer: Transfer, first: int) -> None:
    last = first + transfer.amount - 1
    SerialBlock.objects.create(
        unit_id=transfer.unit_id, account_id=transfer.credit_id, first=first, last=last, since=transfer
    )


def _move(transfer: Transfer) -> None:
    """Close what leaves, open it at the other side; a block that is only partly needed is split."""
    left = transfer.amount
    held = SerialBlock.objects.filter(unit=transfer.unit_id, account=transfer.debit_id, until=None).order_by("first")
    for block in held:
        if not left:
            return
        taken = min(left, block.tonnes)
        SerialBlock.objects.filter(pk=block.pk).update(until=transfer)
        _open(transfer, transfer.credit_id, block.first, block.first + taken - 1)
        if taken < block.tonnes:
            _open(transfer, transfer.debit_id, block.first + taken, block.last)
        left -= taken


def _open(transfer: Transfer, account: int, first: int, last: int) -> None:
    SerialBlock.objects.create(unit_id=transfer.unit_id, account_id=account, first=first, last=last, since=transfer)
