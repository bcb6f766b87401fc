"""A signature drawn on a device at the city's check of a clue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from tanzhi.actions.table import action
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Choices
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.signatures import SignatureInput, keep_signature

from .cells import CHAIN
from .model import CAPACITIES, SIGNED_IN, Clue
from .work import CITY

if TYPE_CHECKING:
    from tanzhi.actions.table import Call


class SignClueCheckInput(SignatureInput):
    capacity: Annotated[str, Label("身份", "Capacity"), Choices(CAPACITIES)]


@action(
    "verification.sign_clue_check",
    label=Text("附手绘签名图像", "Add a drawn signature"),
    by=CITY,
    subject=Clue,
    leaves=SIGNED_IN,
    input=SignClueCheckInput,
    law=CHAIN,
)
def sign_clue_check(call: Call, clue: Clue) -> Clue:
    """Keep the image of a signature that was drawn at the check beside the clue."""
    whose = Text("{name}（{capacity}）", "{name} ({capacity})")
    capacity = CAPACITIES.get(call.data.capacity, call.data.capacity)
    keep_signature(call, clue, whose.format(name=call.data.name, capacity=capacity))
    return clue
