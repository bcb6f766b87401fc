"""Explaining parts of a difference, each with its reason and paper, and taking one back."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.queries import region_by_code
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.energy_books.work import OFFICIALS, Item, Year, own_regions

from .model import KINDS, EnergyExplanation

Amount = Annotated[
    Decimal,
    Field(max_digits=20, decimal_places=6, allow_inf_nan=False),
    Label("可解释的数量", "Amount explained"),
    Help("统计多于报送为正，少于为负", "above zero where the statistics hold more than the reports"),
]
_NIL = Text("不为零的数量", "an amount that is not nil")
_GONE = Text("该解释已撤回", "it was withdrawn already")


class EnergyExplanationInput(Input):
    """One part of a difference of a region and year."""

    region: Annotated[str, Field(max_length=12), Label("地区", "Region"), Choices(own_regions)]
    year: Year
    item: Item
    kind: Annotated[
        Literal["unlisted", "coverage", "conversion", "captive", "timing", "other"],
        Label("差异原因", "Cause"),
        Choices(KINDS),
    ]
    quantity: Amount
    reason: Annotated[Reason, Long()]
    basis: Annotated[str, Field(min_length=2, max_length=300), Label("凭据（文件、表号）", "Paper (title, number)")]


@action(
    "verification.explain_energy",
    label=Text("解释差异", "Explain a difference"),
    by=OFFICIALS,
    place=lambda data: Place(region_path=region_by_code(data.region).path),
    input=EnergyExplanationInput,
)
def explain_energy(call: Call) -> EnergyExplanation:
    """A part that is explained is taken off the difference on the page; neither book changes."""
    data: EnergyExplanationInput = call.data
    if not data.quantity:
        raise refused("ENG-NIL", "quantity", data.quantity, _NIL)
    fields = data.model_dump(exclude={"region", "quantity"})
    explanation: EnergyExplanation = EnergyExplanation.objects.create(
        region=region_by_code(data.region), quantity=plain(data.quantity), person_name=call.actor.name, at=call.now,
        **fields,
    )  # fmt: skip
    return explanation


class WithdrawEnergyInput(Input):
    reason: Annotated[Reason, Long()]


@action(
    "verification.withdraw_energy_explanation",
    label=Text("撤回解释", "Withdraw an explanation"),
    by=OFFICIALS,
    subject=EnergyExplanation,
    input=WithdrawEnergyInput,
)
def withdraw_energy_explanation(call: Call, explanation: EnergyExplanation) -> EnergyExplanation:
    """It stays and counts no longer; the log says why."""
    if explanation.withdrawn_at is not None:
        raise Refused("ENG-WITHDRAWN", _GONE, 409)
    explanation.withdrawn_at = call.now
    explanation.save(update_fields=["withdrawn_at"])
    return explanation
