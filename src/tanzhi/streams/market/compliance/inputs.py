"""Input models of opening balances and surrenders."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Help
from tanzhi.streams.market.allocation.inputs import CycleKey
from tanzhi.streams.market.ledger.inputs import OrganisationCode, Reason, Some


class Carried(Input):
    """One account of the national registry's statement."""

    organisation: OrganisationCode
    owed: Annotated[Some, Label("应清缴（吨）", "Owed (t)")]
    surrendered: Annotated[Some, Label("已清缴（吨）", "Surrendered (t)")]
    met_on: Annotated[date | None, Label("足额清缴日", "Met on")] = None
    holding: Annotated[Some, Label("结余持有（吨）", "Held (t)")]


class CarriedInput(Input):
    source: Annotated[str, Field(min_length=4, max_length=300), Label("依据", "Source")]
    rows: Annotated[list[Carried], Field(min_length=1), Label("账户", "Accounts")]


class ReturnInput(Input):
    """For what may be sent back with a reason."""

    reason: Reason


class SurrenderInput(Input):
    cycle: CycleKey
    allowances: Annotated[Some, Label("配额（吨）", "Allowances (t)")] = 0
    credits: Annotated[
        Some, Label("CCER（吨）", "CCER (t)"), Help("不超过应清缴量的 5%", "at most 5 % of the obligation")
    ] = 0
