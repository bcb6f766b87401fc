"""Opening accounts: an organisation's own, its parts for amounts on hold, and the province's own counter-accounts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanzhi.actions.refusal import Refused
from tanzhi.organisations.register.model import Organisation, Region
from tanzhi.rulebook.kernel.text import Text

from .model import BELOW_ZERO, CLOSED, HOLDING, NUMBERS, Account
from .numbers import account_number

_HAS_ONE = Text("{who} 已有持有账户", "{who} has a holding account already")


def open_account(organisation: Organisation, at: datetime) -> Account:
    """The holding account of an organisation; it has one and no second."""
    if Account.objects.filter(organisation=organisation, kind=HOLDING).exists():
        raise Refused("REG-ACCOUNT", _HAS_ONE.format(who=organisation.name), 409)
    return _new_account(organisation.region, HOLDING, at, organisation=organisation)


def part_of(account: Account, kind: str, at: datetime) -> Account:
    """The part of an account in which amounts on hold of that kind lie."""
    part = Account.objects.filter(parent=account, kind=kind).first()
    return part or _new_account(account.region, kind, at, organisation=account.organisation, parent=account)


def own_account(region: Region, kind: str, at: datetime, purpose: str = "") -> Account:
    """The province's own account of a kind: where units come from, where they go to."""
    account = Account.objects.filter(region=region, organisation=None, kind=kind, purpose=purpose).first()
    return account or _new_account(region, kind, at, purpose=purpose)


_HAS_NONE = Text("{who} 尚未开立持有账户", "{who} has no holding account yet")


def holding_of(organisation: Organisation) -> Account:
    """The organisation's holding account, or a refusal that says it has none."""
    account: Account | None = (
        Account.objects.filter(organisation=organisation, kind=HOLDING).exclude(state=CLOSED).first()
    )
    if account is None:
        raise Refused("REG-ACCOUNT", _HAS_NONE.format(who=organisation.name), 422)
    return account


def province_of(region: Region) -> Region:
    """The topmost region above one."""
    return Region.objects.get(path=region.path.split("/", maxsplit=1)[0] + "/")


def _new_account(region: Region, kind: str, at: datetime, **more: object) -> Account:
    floor = None if kind in BELOW_ZERO else 0
    with transaction.atomic():
        province = Region.objects.select_for_update().get(path=province_of(region).path)
        prefix = account_number(province.code, NUMBERS[kind], 0)[:7]
        serial = Account.objects.filter(number__startswith=prefix).count() + 1
        number = account_number(province.code, NUMBERS[kind], serial)
        return Account.objects.create(number=number, region=region, kind=kind, floor=floor, opened_at=at, **more)
