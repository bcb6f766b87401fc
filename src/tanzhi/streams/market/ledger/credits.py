"""CCER enter the ledger: an issued batch of a project, by the year it arose in, with its serial numbers."""

from __future__ import annotations

from dataclasses import dataclass

from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text

from .accounts import holding_of, own_account, province_of
from .legs import Leg
from .model import SOURCE, Account, Command, SerialBlock
from .posting import Who, post
from .units import CreditOrigin, credit_unit


@dataclass(frozen=True, slots=True)
class Batch:
    """An issued batch: whose, of which project and year, how many tonnes, the first serial number if it has one."""

    owner: Organisation
    project: CreditOrigin
    year: int
    tonnes: int
    first: int | None = None


_NOTHING = Text("签发量须为正整数吨，现为 {found}", "a batch is a whole number of tonnes, not {found}")


def issue_credits(call: Call, key: str, batch: Batch) -> Command:
    """Post a batch into its owner's holding account; the same key again posts nothing.

    Without a first number the batch is numbered after the highest of its kind. For actions of two people only: the
    caller's action decides who may.
    """
    if batch.tonnes < 1:
        raise Refused("REG-AMOUNT", _NOTHING.format(found=batch.tonnes), 422)
    unit = credit_unit(batch.project, batch.year)
    first = batch.first
    if not first:
        last = SerialBlock.objects.filter(unit=unit).order_by("-last").values_list("last", flat=True).first()
        first = (last or 0) + 1
    account = holding_of(batch.owner)
    source = own_account(province_of(batch.owner.region), SOURCE, call.now)
    leg = Leg("issue", unit.pk, source.pk, account.pk, batch.tonnes, first=first)
    payload = {"account": account.number, "unit": unit.code, "tonnes": batch.tonnes, "first": batch.first or 0}
    return post(Who.of(call), key, "issue", payload, [leg])


def blocks_of(account: Account) -> list[SerialBlock]:
    """The serial numbers that an account holds now."""
    return list(account.blocks.filter(until=None).select_related("unit"))
