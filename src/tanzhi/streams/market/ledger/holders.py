"""Acts that an account's holder does: what a later feature has to say before one, it says here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

    from .model import Account

BEFORE_HOLDERS_ACT: list[Callable[[Call, Account], None]] = []
"""What refuses somebody who may not act on the account for its holder."""


def refuse_other_holders(call: Call, account: Account) -> None:
    """Before units leave an account, are bound in it or reach it by its holder's act."""
    for refuse in BEFORE_HOLDERS_ACT:
        refuse(call, account)
