"""Serial numbers follow the amounts: of a serialised unit the lowest numbers leave an account first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from .model import Command, SerialBlock, Transfer, UnitKind

if TYPE_CHECKING:
    from .legs import Leg


BATCH = 300  # rows of a statement


def follow(command: Command, legs: Sequence[Leg]) -> None:
    """Move or make the blocks behind a command's transfers; units without numbers need nothing."""
    serialised = set(
        UnitKind.objects.filter(pk__in={leg.unit for leg in legs}, serialised=True).values_list("pk", flat=True)
    )
    if not serialised:
        return
    transfers = list(Transfer.objects.filter(command=command).order_by("pk"))
    books = _Books(serialised, {transfer.debit_id for transfer in transfers if transfer.unit_id in serialised})
    for leg, transfer in zip(legs, transfers, strict=True):
        if leg.unit in serialised and leg.first:
            books.open(transfer, transfer.credit_id, leg.first, leg.first + transfer.amount - 1)
        elif leg.unit in serialised:
            books.move(transfer)
    books.write()


@dataclass(slots=True)
class _Books:
    """The open blocks of the accounts that a command takes from; all of its moves, then written as sets."""

    units: set[int]
    debited: set[int]
    open_blocks: dict[tuple[int, int], list[tuple[int, int, SerialBlock]]] = field(init=False)
    opened: list[SerialBlock] = field(default_factory=list)
    closed: list[SerialBlock] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open_blocks = defaultdict(list)
        for block in SerialBlock.objects.filter(unit__in=self.units, account__in=self.debited, until=None):
            heappush(self.open_blocks[block.account_id, block.unit_id], (block.first, block.pk, block))

    def open(self, transfer: Transfer, account: int, first: int, last: int) -> None:
        block = SerialBlock(unit_id=transfer.unit_id, account_id=account, first=first, last=last, since=transfer)
        self.opened.append(block)
        heappush(self.open_blocks[account, transfer.unit_id], (first, -len(self.opened), block))

    def move(self, transfer: Transfer) -> None:
        """Close what leaves, open it at the other side; a block that is only partly needed is split."""
        left, blocks = transfer.amount, self.open_blocks[transfer.debit_id, transfer.unit_id]
        while left and blocks:
            block = heappop(blocks)[2]
            taken = min(left, block.tonnes)
            block.until = transfer
            if block.pk:
                self.closed.append(block)
            self.open(transfer, transfer.credit_id, block.first, block.first + taken - 1)
            if taken < block.tonnes:
                self.open(transfer, transfer.debit_id, block.first + taken, block.last)
            left -= taken

    def write(self) -> None:
        """What was closed, before what takes its numbers; what was made and closed at once, before what stays open."""
        SerialBlock.objects.bulk_update(self.closed, ["until"], batch_size=BATCH)
        blocks = sorted(self.opened, key=lambda block: block.until_id is None)
        SerialBlock.objects.bulk_create(blocks, batch_size=BATCH)
