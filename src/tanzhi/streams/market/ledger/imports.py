"""Holding accounts out of a sheet: one for each organisation named; an account is never deleted, but closed by two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tanzhi.actions.perform import perform
from tanzhi.actions.table import Call
from tanzhi.office.imports.work import Importer
from tanzhi.rulebook.kernel.text import Text

from .inputs import AccountInput
from .model import HOLDING, Account
from .work import OFFICER, RULES

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def add(call: Call, row: AccountInput) -> Account:
    opened: Account = perform("registry.open_account", call.actor, data=row).result
    return opened


def stands(_call: Call, row: AccountInput) -> bool:
    return Account.objects.filter(organisation__code=row.organisation, kind=HOLDING).exists()


def rows(actor: Actor) -> Iterator[dict[str, Any]]:
    accounts = Account.objects.visible_to(actor).filter(kind=HOLDING, organisation__isnull=False)
    for account in accounts.select_related("organisation").order_by("number"):
        yield {"organisation": account.organisation.code}


IMPORT = Importer(
    "registry.accounts",
    title=Text("持有账户", "holding accounts"),
    row=AccountInput,
    by=OFFICER,
    add=add,
    fills="registry.accounts",
    heads={"organisation": ("单位代码", "企业代码", "单位名称", "企业名称", "持有人", "统一社会信用代码")},
    example={"organisation": "P01"},
    present=stands,
    rows=rows,
    law=RULES,
)
