"""Links by mail, where an installation has mail; the administrator sees them on the page in any case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation

from tanzhi.actions.language import say
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from .people import Issued

SUBJECTS = {
    "invitation": Text("碳治平台邀请", "Invitation to Tanzhi"),
    "reset": Text("碳治平台密码重置", "Tanzhi password reset"),
}
BODY = Text(
    "{name}，您好：\n\n请打开下面的链接设置密码，链接只能使用一次：\n{address}\n",
    "Dear {name},\n\nopen this link to set your password; it works once:\n{address}\n",
)


def is_configured() -> bool:
    """Whether mail leaves this installation; the default keeps it in memory."""
    return not settings.EMAIL_BACKEND.endswith(("locmem.EmailBackend", "dummy.EmailBackend"))


def send_link(issued: Issued, address: str) -> bool:
    """Mail the link in the person's own language; tells whether it was sent."""
    person = issued.person
    if not person.email:
        return False
    with translation.override(person.language):
        words = say(BODY.format(name=person.name, address=address))
        return bool(send_mail(say(SUBJECTS[issued.kind]), words, None, [person.email], fail_silently=True))
