"""A drawn signature: the image of one beside a case; it says that it is one and proves nobody's identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Attached
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.dossier.files import keep_files

from .photos import refuse_no_photo

if TYPE_CHECKING:
    from tanzhi.actions.state_record import CaseRecord
    from tanzhi.actions.table import Call
    from tanzhi.workflow.dossier.model import Attachment

IMAGE_ONLY = Text("手绘签名图像，不是电子签名", "An image of a drawn signature, no electronic signature")
SIGNED = Text("{words}：{whose}", "{words}: {whose}")


class SignatureInput(Input):
    name: Annotated[str, Field(min_length=1, max_length=100), Label("姓名", "Name")]
    image: Annotated[str, Label("手绘签名图像", "Drawn signature"), Attached(accept="image/*")]


def keep_signature(call: Call, case: CaseRecord, whose: Text) -> Attachment:
    """The image beside the case, under a title that says what it is and whose."""
    digests = [call.data.image]
    (image,) = keep_files(call, case, digests, case.reference, SIGNED.format(words=IMAGE_ONLY, whose=whose))
    refuse_no_photo(digests)
    return image
