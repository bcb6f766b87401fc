"""Links that work once: an invitation, a reset. Only the digest of their secret is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tanzhi.actions import clock
from tanzhi.actions.references import reference
from tanzhi.actions.refusal import Refused
from tanzhi.rulebook.kernel.text import Text

from .model import Token

if TYPE_CHECKING:
    from datetime import datetime

    from .model import Person

LINK_DAYS = {"invitation": 7, "reset": 1, "letter": 7}


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A link that works once. Its secret is shown to whoever made it, and neither stored nor printed."""

    person: Person
    kind: str
    secret: str

    def __str__(self) -> str:
        return reference(self.person)

    def shown_once(self) -> list[str]:
        return [self.secret]

    __repr__ = __str__


def issue(person: Person, kind: str, now: datetime) -> Issued:
    """A new link; earlier ones of the same kind end."""
    Token.objects.filter(person=person, kind=kind, used_at=None).update(used_at=now)
    secret = secrets.token_urlsafe(32)
    expires = now + timedelta(days=LINK_DAYS[kind])
    Token.objects.create(person=person, kind=kind, digest=digest_of(secret), expires_at=expires)
    return Issued(person, kind, secret)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def token_for(secret: str, kind: str) -> Token | None:
    """The link with this secret that still works."""
    tokens = Token.objects.select_related("person").filter(digest=digest_of(secret), kind=kind, used_at=None)
    return tokens.filter(expires_at__gt=clock.now()).first()


def use(person: Person, kind: str, secret: str, now: datetime) -> None:
    token = token_for(secret, kind)
    if token is None or token.person_id != person.pk:
        message = Text(
            "链接已失效或已用过，请向管理员索取新链接", "The link has expired or was used; ask for a new one"
        )
        raise Refused("ORG-LINK", message, 422)
    token.used_at = now
    token.save(update_fields=["used_at"])
