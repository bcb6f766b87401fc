"""A signature drawn on a device during the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.table import Input, action
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Attached, Choices
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.cases.group import refuse_outsiders
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.work import GROUP, GUIDE
from tanzhi.workflow.dossier.files import keep_files

from .model import CAPACITIES, VisitSignature
from .photos import refuse_no_photo
from .work import LOOKED_AT

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

IMAGE_ONLY = Text("手绘签名图像，不是电子签名", "An image of a drawn signature, no electronic signature")


class SignVisitInput(Input):
    name: Annotated[str, Field(min_length=1, max_length=100), Label("姓名", "Name")]
    capacity: Annotated[str, Label("身份", "Capacity"), Choices(CAPACITIES)]
    image: Annotated[str, Label("手绘签名图像", "Drawn signature"), Attached(accept="image/*")]


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
    title = f"{IMAGE_ONLY.zh}：{call.data.name}"
    (image,) = keep_files(call, case, [call.data.image], case.reference, title)
    refuse_no_photo([call.data.image])
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
