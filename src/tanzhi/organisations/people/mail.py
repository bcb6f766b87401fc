"""Links by mail, where an installation has mail; whoever invites without mail sees the invitation once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation

from tanzhi.actions.language import say
from tanzhi.rulebook.kernel.text import Text

if TYPE_CHECKING:
    from .links import Issued
    from .model import Person

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


def reaches_by_mail(person: Person) -> bool:
    """Whether a link can go to this person's own mail: mail leaves, and the installation knows its own address."""
    return bool(person.email and settings.TANZHI_ADDRESS and is_configured())


def link(issued: Issued, base: str = "") -> str:
    """The full address of a link that works once; without a base, of the installation's own address."""
    return (base or settings.TANZHI_ADDRESS) + reverse(f"organisations:{issued.kind}", args=[issued.secret])


def send_words(address: str, language: str, subject: Text, words: Text) -> bool:
    """Mail an answer to somebody in his own language; tells whether it was sent."""
    with translation.override(language):
        return bool(send_mail(say(subject), say(words), None, [address], fail_silently=True))


def send_link(issued: Issued, base: str = "") -> bool:
    """Mail the link in the person's own language; tells whether it was sent."""
    person = issued.person
    if not person.email:
        return False
    words = BODY.format(name=person.name, address=link(issued, base))
    return send_words(person.email, person.language, SUBJECTS[issued.kind], words)
