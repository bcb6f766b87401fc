"""A signature drawn on a device during the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from tanzhi.actions.table import action
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Choices
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.verification.cases.group import refuse_outsiders
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.work import GROUP, GUIDE
from tanzhi.streams.verification.signatures import SignatureInput, keep_signature

from .model import CAPACITIES, VisitSignature
from .work import LOOKED_AT

if TYPE_CHECKING:
    from tanzhi.actions.table import Call


class SignVisitInput(SignatureInput):
    capacity: Annotated[str, Label("身份", "Capacity"), Choices(CAPACITIES)]


@action(
    "verification.sign_visit",
    label=Text("附手绘签名图像", "Add a drawn signature"),
    by=GROUP,
    subject=Verification,
    leaves=LOOKED_AT,
    input=SignVisitInput,
    law=GUIDE,
)
def sign_visit(call: Call, case: Verification) -> VisitSignature:
    """Keep the image of a drawn signature beside the case; it says that it is one and proves nobody's identity."""
    refuse_outsiders(call, case)
    image = keep_signature(call, case, same(call.data.name))
    signature: VisitSignature = VisitSignature.objects.create(
        case=case,
        name=call.data.name,
        capacity=call.data.capacity,
        image=image,
        person_id=call.actor.person_id or 0,
        person_name=call.actor.name,
        at=call.now,
    )
    return signature
